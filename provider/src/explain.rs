//! Client errors as diagnostics: a headline for what was attempted, the client's sentence with whose fault it is and what
//! the server found, and what to do in Terraform's terms.

use client::Error;
use tfplugin::diagnostics::{Diagnostic, Diagnostics, Result};

/// Turns the error of a client call into diagnostics.
pub(crate) trait Explain<T> {
    /// `summary` says what was attempted, without variable parts: `Could not read the flow`.
    fn explain(self, summary: &str) -> Result<T>;
}

impl<T> Explain<T> for std::result::Result<T, Error> {
    fn explain(self, summary: &str) -> Result<T> {
        self.map_err(|error| explained(summary, &error))
    }
}

/// The diagnostics of one failed call.
pub(crate) fn explained(summary: &str, error: &Error) -> Diagnostics {
    Diagnostic::error(summary, detail(error)).into()
}

fn detail(error: &Error) -> String {
    match error {
        Error::Unauthorized { .. } => format!("{error}\n{HOW_TO_LOG_IN}"),
        _ => error.to_string(),
    }
}

/// The client knows no attributes and no variables.
const HOW_TO_LOG_IN: &str = "Set `username` and `password` in the provider block, or KESTRA_USERNAME and \
    KESTRA_PASSWORD; on Kestra Enterprise `api_token`, or KESTRA_API_TOKEN.";
