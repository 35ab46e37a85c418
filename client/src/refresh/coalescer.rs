//! The mechanism behind [`super`]'s policy, for any kind of object. A cell holds a request's outcome for everyone who
//! waits for it; if the one who sent it goes away, the next in line sends it again.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::OnceCell;
use tokio::time::Instant;

use super::{LIFE, LONG, Listing, Names, Read, Seen, Stamp};
use crate::error::Error;

type Shared<T> = Arc<OnceCell<Result<T, Error>>>;
type List = Shared<Arc<Names>>;

/// Reads in progress and recent lists of one kind of object.
#[derive(Debug)]
pub(crate) struct Coalescer<T> {
    scopes: Mutex<BTreeMap<String, Scope<T>>>,
}

#[derive(Debug)]
struct Scope<T> {
    /// When this refresh began here, which is before its list was asked for.
    since: Instant,
    /// How many reads with a stamp there were since.
    reads: usize,
    list: Option<List>,
    reading: BTreeMap<String, Shared<Seen<T>>>,
}

impl<T> Default for Coalescer<T> {
    fn default() -> Self {
        Self { scopes: Mutex::default() }
    }
}

impl<T> Default for Scope<T> {
    fn default() -> Self {
        Self { since: Instant::now(), reads: 0, list: None, reading: BTreeMap::new() }
    }
}

/// Held by a write. What is known of the scope is dropped when the write ends, however it ends: a read made meanwhile
/// may have missed it.
#[must_use]
pub(crate) struct Writing<'c, T> {
    coalescer: &'c Coalescer<T>,
    scope: Option<String>,
}

impl<T> Drop for Writing<'_, T> {
    fn drop(&mut self) {
        self.coalescer.forget(self.scope.as_deref());
    }
}

impl<T> Coalescer<T> {
    /// Announces a write in a namespace.
    pub(crate) fn writing(&self, namespace: &str) -> Writing<'_, T> {
        Writing { coalescer: self, scope: Some(namespace.to_owned()) }
    }

    /// Announces a write whose namespace only the server knows.
    pub(crate) fn writing_anywhere(&self) -> Writing<'_, T> {
        Writing { coalescer: self, scope: None }
    }

    fn forget(&self, namespace: Option<&str>) {
        let within = |scope: &str| {
            let rest = namespace.map_or(Some(""), |namespace| scope.strip_prefix(namespace));
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        self.scopes().retain(|scope, _| !within(scope));
    }

    fn scopes(&self) -> MutexGuard<'_, BTreeMap<String, Scope<T>>> {
        self.scopes.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<T: Clone + Send + Sync> Coalescer<T> {
    /// Reads an object, together with everyone who reads it at the same time.
    pub(crate) async fn get<L>(&self, kind: &L, scope: &str, name: &str) -> Result<T, Error>
    where
        L: Listing<Object = T>,
    {
        self.fetch(kind, scope, name, None).await.map(|seen| seen.object)
    }

    /// Answers whether an object is still as the stamp says. The policy is [`super`]'s.
    pub(crate) async fn current<L>(
        &self,
        kind: &L,
        scope: &str,
        name: &str,
        known: Option<&Stamp>,
    ) -> Result<Read<T>, Error>
    where
        L: Listing<Object = T>,
    {
        let names = match self.list_for(scope, known) {
            Some(list) => self.names(kind, scope, list).await?,
            None => None,
        };
        let entry = names.as_ref().and_then(|names| names.get(&*L::listed_as(name))).and_then(Option::as_ref);
        if let (Some(known), Some(entry)) = (known, entry)
            && known.is_state_of(entry)
        {
            let listed = self.hint(scope, Some(known), names.as_deref());
            return Ok(Read::Unchanged { stamp: Stamp { listed, ..known.clone() } });
        }
        let Seen { object, stamp } = match self.fetch(kind, scope, name, entry).await {
            Ok(seen) => seen,
            Err(error) if error.is_gone() => return Ok(Read::Gone),
            Err(error) => return Err(error),
        };
        let listed = self.hint(scope, known, names.as_deref());
        let stamp = older(entry, stamp).map(|stamp| Stamp { listed, ..stamp });
        Ok(Read::Found { object, stamp })
    }

    /// The list that this read should use, which may still have to be asked for.
    fn list_for(&self, scope: &str, known: Option<&Stamp>) -> Option<List> {
        let mut scopes = self.scopes();
        let scope = scopes.entry(scope.to_owned()).or_default();
        if scope.since.elapsed() >= LIFE {
            (scope.since, scope.reads, scope.list) = (Instant::now(), 0, None);
        }
        let Some(known) = known else {
            return scope.list.as_ref().filter(|list| list.initialized()).cloned();
        };
        scope.reads += 1;
        if scope.list.is_none() && (known.listed || scope.reads > 1) {
            // The age counts from here: what was true when the refresh began may have changed since.
            scope.since = Instant::now();
            scope.list = Some(List::default());
        }
        scope.list.clone()
    }

    /// The entries of a list. None when the list failed but the object itself may still be read.
    async fn names<L>(&self, kind: &L, scope: &str, list: List) -> Result<Option<Arc<Names>>, Error>
    where
        L: Listing<Object = T>,
    {
        let outcome = list.get_or_init(|| async { kind.names(scope).await.map(Arc::new) }).await;
        match outcome {
            Ok(names) => Ok(Some(Arc::clone(names))),
            Err(
                error @ (Error::Cancelled { .. } | Error::Unauthorized { .. } | Error::Unreachable { .. }),
            ) => {
                self.drop_list(scope, &list);
                Err(error.clone())
            }
            Err(error) => {
                tracing::debug!(scope, %error, "list failed, objects are read one by one");
                Ok(None)
            }
        }
    }

    /// Makes the next read ask again, unless someone has already.
    fn drop_list(&self, scope: &str, failed: &List) {
        if let Some(scope) = self.scopes().get_mut(scope) {
            scope.list.take_if(|list| Arc::ptr_eq(list, failed));
        }
    }

    async fn fetch<L>(
        &self,
        kind: &L,
        scope: &str,
        name: &str,
        listed: Option<&Stamp>,
    ) -> Result<Seen<T>, Error>
    where
        L: Listing<Object = T>,
    {
        let reading = self.reading(scope, name);
        let outcome = reading.get_or_init(|| kind.fetch(scope, name, listed)).await.clone();
        self.done(scope, name, &reading);
        outcome
    }

    /// The reading of an object that is under way, or a new one.
    fn reading(&self, scope: &str, name: &str) -> Shared<Seen<T>> {
        let mut scopes = self.scopes();
        let scope = scopes.entry(scope.to_owned()).or_default();
        Arc::clone(scope.reading.entry(name.to_owned()).or_default())
    }

    /// Ends a reading: its answer is for those who waited, not for those who come later. After a write there may be
    /// a newer reading, which goes on.
    fn done(&self, scope: &str, name: &str, reading: &Shared<Seen<T>>) {
        if let Some(scope) = self.scopes().get_mut(scope)
            && scope.reading.get(name).is_some_and(|current| Arc::ptr_eq(current, reading))
        {
            scope.reading.remove(name);
        }
    }

    /// Whether the next refresh of the object should start with the list: if others share it or it is short. Without
    /// a list nothing was learnt, and the earlier opinion stays.
    fn hint(&self, scope: &str, known: Option<&Stamp>, names: Option<&Names>) -> bool {
        let shared = self.scopes().get(scope).is_some_and(|scope| scope.reads > 1);
        shared || names.map_or_else(|| known.is_none_or(|known| known.listed), |names| names.len() <= LONG)
    }
}

/// The stamp to keep: the list's if both are of the same state, because it was made before. A stamp that is too old
/// costs a request; one that is too new would hide a change.
fn older(entry: Option<&Stamp>, read: Option<Stamp>) -> Option<Stamp> {
    match (entry, read) {
        (Some(entry), Some(read)) if entry.number != read.number => Some(read),
        (Some(entry), _) => Some(entry.clone()),
        (None, read) => read,
    }
}

#[cfg(test)]
mod tests;
