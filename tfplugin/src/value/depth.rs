//! A limit on nesting, so that no input can exhaust the stack of the thread that reads or writes it.

use super::error::{ValueError, ValueErrorKind};

/// Levels of nesting that a value or a type may have. No schema comes near it, most JSON readers stop there too, and
/// reading, checking and writing so many levels takes less than half a runtime thread's stack (2 MiB), even without
/// optimization.
const MAX_DEPTH: u16 = 128;

/// How far below the root a reader or writer is.
#[derive(Clone, Copy, Default)]
pub(super) struct Depth(u16);

impl Depth {
    pub(super) const ROOT: Self = Self(0);

    /// One level further down.
    pub(super) fn deeper(self) -> Result<Self, ValueError> {
        if self.0 < MAX_DEPTH { Ok(Self(self.0 + 1)) } else { Err(ValueErrorKind::TooDeep(MAX_DEPTH).into()) }
    }
}
