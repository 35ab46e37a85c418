//! What a refresh remembers about an object: when it was last seen in which revision. Kept in private state, so that an
//! object that did not change costs no request of its own.

use client::Stamp;
use tfplugin::Private;

const NAME: &str = "stamp";

/// The stamp of the last refresh, if there was one.
pub(crate) fn of(private: &Private) -> Option<Stamp> {
    private.get(NAME)
}

/// Remembers the stamp of this refresh; without one the next refresh reads the object whole.
pub(crate) fn remember(private: &mut Private, stamp: Option<&Stamp>) {
    match stamp {
        Some(stamp) => private.set(NAME, stamp),
        None => private.remove(NAME),
    }
}
