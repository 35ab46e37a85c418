//! Provider functions: what a provider author implements for each `provider::NAME::function(…)`.
//!
//! Hosts call them at any time, on processes that were never configured, and expect the same answer to the same
//! arguments: a function has no client and does no I/O.

use crate::arguments::Arguments;
use crate::model::Field;

/// A pure function of its arguments.
pub trait Function: Send + Sync + 'static {
    /// What it takes; its doc comment is the function's documentation.
    type Arguments: Arguments;

    /// What it gives.
    type Output: Field;

    /// Its name after `provider::NAME::`.
    const NAME: &'static str;

    /// Why not to use it any more; `None` while it is current.
    const DEPRECATED: Option<&'static str> = None;

    /// Computes the result; unknown only if an argument is.
    fn call(&self, arguments: Self::Arguments) -> Result<Self::Output, FunctionError>;
}

/// Why a function has no result for these arguments. Hosts show it beside the call.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{text}")]
pub struct FunctionError {
    /// What is wrong and what to do about it; never a secret.
    pub text: String,
    /// The argument at fault, if it is one.
    pub argument: Option<ArgumentRef>,
}

/// An argument of a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArgumentRef {
    /// The parameter's name.
    pub name: &'static str,
    /// Which of its arguments, counted from 0; other than 0 for a variadic parameter only.
    pub element: usize,
}

impl FunctionError {
    /// An error about the call as a whole.
    pub fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), argument: None }
    }

    /// An error about the argument of the parameter `name`.
    pub fn about(name: &'static str, text: impl Into<String>) -> Self {
        Self::about_element(name, 0, text)
    }

    /// An error about one of the arguments of a variadic parameter, counted from 0.
    pub fn about_element(name: &'static str, element: usize, text: impl Into<String>) -> Self {
        Self { text: text.into(), argument: Some(ArgumentRef { name, element }) }
    }
}
