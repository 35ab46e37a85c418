//! How a call of the host fails: because the configuration is wrong, because the provider says so, or because the provider
//! broke a rule, in which case the words are the ones a user of Terraform would see.

use std::fmt;

use thiserror::Error;

use crate::diagnostics::Diagnostics;
use crate::value::Path;

/// Why a step did not succeed.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum HostError {
    /// The test asked for something a host refuses without asking the provider, such as a configuration without a
    /// required attribute.
    #[error("{0}")]
    Refused(Diagnostics),
    /// The provider answered with error diagnostics, its warnings among them.
    #[error("{0}")]
    Diagnostics(Diagnostics),
    /// A function of the provider has no result for its arguments.
    #[error("{text}")]
    Function {
        /// What the function says.
        text: String,
        /// The argument at fault, counted from 0, if it is one.
        argument: Option<usize>,
    },
    /// The provider broke rules of the protocol; at least one.
    #[error("{}", join(.0))]
    Violations(Vec<Violation>),
}

/// A rule that the provider broke, in Terraform's words.
///
/// Values of sensitive attributes are never among the words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    /// Terraform's headline, such as `Provider produced invalid plan`.
    pub summary: String,
    /// Terraform's explanation, with what was expected and what is.
    pub detail: String,
    /// The value at fault; the root is the whole object.
    pub path: Path,
}

impl Violation {
    pub(super) fn new(summary: impl Into<String>, detail: impl Into<String>) -> Self {
        Self { summary: summary.into(), detail: detail.into(), path: Path::root() }
    }

    pub(super) fn at(mut self, path: Path) -> Self {
        self.path = path;
        self
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.summary, self.detail)
    }
}

impl From<Violation> for HostError {
    fn from(violation: Violation) -> Self {
        Self::Violations(vec![violation])
    }
}

impl HostError {
    /// A refusal of the host itself.
    pub(super) fn refused(summary: impl Into<String>, detail: impl Into<String>) -> Self {
        Self::Refused(Diagnostics::error(summary, detail))
    }

    /// The rules that were broken; none when the step failed for another reason.
    pub fn violations(&self) -> &[Violation] {
        match self {
            Self::Violations(violations) => violations,
            Self::Refused(_) | Self::Diagnostics(_) | Self::Function { .. } => &[],
        }
    }
}

/// Fails when any rule was broken.
pub(super) fn check(violations: Vec<Violation>) -> Result<(), HostError> {
    if violations.is_empty() { Ok(()) } else { Err(HostError::Violations(violations)) }
}

fn join(violations: &[Violation]) -> String {
    violations.iter().map(Violation::to_string).collect::<Vec<_>>().join("\n")
}
