//! What went wrong or deserves a look, in the form a host shows it: a headline, an explanation and the attribute at fault.

use std::fmt;

use crate::value::{Path, ValueError};

/// The result of everything a provider author writes: errors are [`Diagnostics`].
pub type Result<T, E = Diagnostics> = std::result::Result<T, E>;

/// How bad a [`Diagnostic`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Severity {
    /// The operation failed.
    Error,
    /// The operation went on; the user should know.
    Warning,
}

/// One message for the user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Error or warning.
    pub severity: Severity,
    /// One line without variable parts: what happened.
    pub summary: String,
    /// Whose fault it is, with the values involved, and what to do next. Never a secret.
    pub detail: String,
    /// The attribute it is about; the root path means the whole body.
    pub attribute: Path,
}

impl Diagnostic {
    /// An error about the whole body.
    pub fn error(summary: impl Into<String>, detail: impl Into<String>) -> Self {
        Self::new(Severity::Error, summary, detail)
    }

    /// A warning about the whole body.
    pub fn warning(summary: impl Into<String>, detail: impl Into<String>) -> Self {
        Self::new(Severity::Warning, summary, detail)
    }

    fn new(severity: Severity, summary: impl Into<String>, detail: impl Into<String>) -> Self {
        Self { severity, summary: summary.into(), detail: detail.into(), attribute: Path::root() }
    }

    /// The same message, about one attribute.
    #[must_use]
    pub fn at(mut self, attribute: Path) -> Self {
        self.attribute = attribute;
        self
    }
}

/// Messages in the order they arose. As the error of a [`Result`] at least one of them is an error.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Diagnostics {
    messages: Vec<Diagnostic>,
    deferral: Option<DeferredReason>,
}

/// Why something cannot be done in this run but may well be in a later one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeferredReason {
    /// The configuration of the object is not known yet.
    ResourceConfigUnknown,
    /// The configuration of the provider is not known yet.
    ProviderConfigUnknown,
    /// Something that the object needs does not exist yet.
    AbsentPrereq,
}

impl Diagnostics {
    /// No message yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// One error about the whole body.
    pub fn error(summary: impl Into<String>, detail: impl Into<String>) -> Self {
        Diagnostic::error(summary, detail).into()
    }

    /// Adds a message; one that is already there is not repeated.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        if !self.messages.contains(&diagnostic) {
            self.messages.push(diagnostic);
        }
    }

    /// The same error, which a host that can defer need not see: it puts the object off to the next run instead. Good for
    /// plans, reads, data sources and ephemeral resources; all other calls fail with the messages.
    #[must_use]
    pub fn deferrable(mut self, reason: DeferredReason) -> Self {
        self.deferral = Some(reason);
        self
    }

    /// Why the call may be put off instead of failing.
    pub fn deferral(&self) -> Option<DeferredReason> {
        self.deferral
    }

    /// Whether any message is an error.
    pub fn has_error(&self) -> bool {
        self.messages.iter().any(|d| d.severity == Severity::Error)
    }

    /// Whether there is no message at all.
    pub fn is_empty(&self) -> bool {
        self.messages.is_empty()
    }

    /// The messages in order.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.messages.iter()
    }

    /// Fails with these messages when one is an error, and otherwise hands them back as warnings.
    pub fn into_result(self) -> Result<Diagnostics> {
        if self.has_error() { Err(self) } else { Ok(self) }
    }
}

impl From<Diagnostic> for Diagnostics {
    fn from(diagnostic: Diagnostic) -> Self {
        Self { messages: vec![diagnostic], deferral: None }
    }
}

impl FromIterator<Diagnostic> for Diagnostics {
    fn from_iter<I: IntoIterator<Item = Diagnostic>>(messages: I) -> Self {
        let mut diagnostics = Self::new();
        diagnostics.extend(messages);
        diagnostics
    }
}

impl Extend<Diagnostic> for Diagnostics {
    fn extend<I: IntoIterator<Item = Diagnostic>>(&mut self, messages: I) {
        messages.into_iter().for_each(|message| self.push(message));
    }
}

impl IntoIterator for Diagnostics {
    type Item = Diagnostic;
    type IntoIter = std::vec::IntoIter<Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.messages.into_iter()
    }
}

/// A value that does not fit its schema comes from the host or from a bug here, never from the user's configuration:
/// hosts check configurations against the schema before they send them.
impl From<ValueError> for Diagnostics {
    fn from(error: ValueError) -> Self {
        let detail = format!(
            "{error}. The host checks configurations against the schema before sending them, so this is a bug in the \
             provider or in the host; please report it."
        );
        Diagnostic::error("Value does not fit the schema", detail).at(error.path.clone()).into()
    }
}

impl fmt::Display for Diagnostics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, diagnostic) in self.messages.iter().enumerate() {
            let separator = if i == 0 { "" } else { "\n" };
            write!(f, "{separator}{}: {}", diagnostic.summary, diagnostic.detail)?;
        }
        Ok(())
    }
}

impl std::error::Error for Diagnostics {}
