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

/// The outcome of a delete: an object that is gone already is as good as deleted.
pub(crate) fn deleted(outcome: std::result::Result<(), Error>, summary: &str) -> Result<Diagnostics> {
    match outcome {
        Err(error) if error.is_gone() => {}
        outcome => outcome.explain(summary)?,
    }
    Ok(Diagnostics::new())
}

/// An object of nobody's here is where one should be created.
pub(crate) fn already_exists(summary: &str, error: &Error, resource: &str, id: &str) -> Diagnostics {
    let advice = "It is not in this state. To manage it here, import it:";
    Diagnostics::error(summary, format!("{error}\n{advice}\n\n  terraform import {resource}.NAME {id}"))
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
