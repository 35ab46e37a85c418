//! Refreshing many objects with few requests. A refresh asks one question per object: is it still what I know? One
//! list of a namespace answers it for all of them, because lists carry what changes with every write.
//!
//! The policy, for reads that bring a [`Stamp`] of what they know:
//!
//! 1. A stamp that says so ([`Stamp::listed`]) is compared with the list of its namespace at once. Stamps say so by
//!    default, so a steady refresh costs one request per namespace.
//! 2. A stamp that does not say so belongs to an object that was alone in a long namespace, where a list costs more
//!    than the object itself. Its read is a single request, unless it is the second in the namespace: then it lists.
//!    Many objects of a long namespace, read one after the other, cost one request more than rule 1 says.
//! 3. An entry equal to the stamp means [`Read::Unchanged`]. Anything else, absence included, is settled by reading
//!    the object itself: only that answer can say that it is gone.
//! 4. A list serves for [`LIFE`], and not beyond a write of this client in its namespace. A list that fails on its own
//!    account (too long, forbidden, too slow) never fails a read; the object is read by itself.
//!
//! Reads without a stamp go straight to the object. Reads of one object, or of one list, at the same time share one
//! request.

mod coalescer;
mod stamp;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::future::Future;
use std::time::Duration;

pub(crate) use coalescer::Coalescer;
pub use stamp::Stamp;

use crate::error::Error;

/// How long a list serves. Longer than a burst of reads, shorter than the pause between two commands of a user: a
/// provider started for debugging outlives many of them.
pub const LIFE: Duration = Duration::from_secs(10);

/// A list with more entries than this is long: it takes the server longer than two single reads.
pub const LONG: usize = 100;

/// What is true of an object now.
#[derive(Clone, Debug, PartialEq)]
pub enum Read<T> {
    /// It is as the stamp said. Keep this stamp in its place.
    Unchanged { stamp: Stamp },
    /// It was read. Without a stamp (the server gave no time) the next read cannot be spared.
    Found { object: T, stamp: Option<Stamp> },
    /// It does not exist, or has expired.
    Gone,
}

/// An object with the stamp that came with it.
#[derive(Clone, Debug)]
pub(crate) struct Seen<T> {
    pub(crate) object: T,
    pub(crate) stamp: Option<Stamp>,
}

/// The entries of a list by name. An entry without a stamp decides nothing.
pub(crate) type Names = BTreeMap<String, Option<Stamp>>;

/// A kind of object that can be listed and read. A scope is what one list covers: a namespace, or a namespace and a
/// directory joined by the directory's leading `/`.
pub(crate) trait Listing: Sync {
    type Object: Clone + Send + Sync;

    /// The name under which an object is listed.
    fn listed_as(name: &str) -> Cow<'_, str> {
        Cow::Borrowed(name)
    }

    /// Lists a scope.
    fn names(&self, scope: &str) -> impl Future<Output = Result<Names, Error>> + Send;

    /// Reads one object. `listed` is its entry in a list made before, which may spare a question.
    fn fetch(
        &self,
        scope: &str,
        name: &str,
        listed: Option<&Stamp>,
    ) -> impl Future<Output = Result<Seen<Self::Object>, Error>> + Send;
}
