//! Client errors as diagnostics: a headline for what was attempted, the client's sentence with whose fault it is, and the
//! server's findings one per line.

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
    let violations = match error {
        Error::Invalid { violations, .. } => violations.as_slice(),
        _ => &[],
    };
    let lines = violations.iter().map(|violation| format!("\n- {violation}"));
    std::iter::once(error.to_string()).chain(lines).collect()
}
