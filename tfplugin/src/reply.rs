//! A success that may come with warnings.

use crate::diagnostics::Diagnostics;

/// A value and the warnings that go with it.
#[derive(Clone, Debug)]
pub struct Reply<T> {
    /// The value.
    pub value: T,
    /// The warnings.
    pub warnings: Diagnostics,
}

impl<T> From<T> for Reply<T> {
    fn from(value: T) -> Self {
        Self { value, warnings: Diagnostics::new() }
    }
}
