//! What is wrong with a flow, twice: for people, with a place in the source and the cure, and in the words
//! Kestra's API would answer.

use std::fmt;

use super::path::Path;
use super::place::Place;
use crate::yaml::{Node, Span, SyntaxError, kestra_words};

/// Nobody reads longer messages.
const MOST_CHARACTERS: usize = 2000;

/// How bad a problem is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Kestra accepts the flow.
    Warning,
    /// Kestra refuses the flow.
    Error,
}

impl Severity {
    /// The word for it: `error`, `warning`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

/// How Kestra reports a problem.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wording {
    /// The text cannot be read: `YAML parsing error: … (at line 3)`.
    Source(String),
    /// The text does not fit the model; Kestra stops at the first of these.
    Model {
        /// The Java path Kestra answers.
        path: String,
        /// What it says.
        message: String,
    },
    /// A value breaks constraints, each with a message of its own.
    Constraints(Vec<String>),
    /// The flow as a whole breaks a rule; Kestra joins these into one message.
    Flow(String),
}

/// What Kestra calls an element of a list that breaks a constraint by itself.
pub(super) const ELEMENT: &str = "<list element>";

/// Rules about whole objects, whose problems have the paths of the objects.
const OF_OBJECTS: [&str; 8] = [
    "switch",
    "dag",
    "working-directory",
    "cron",
    "webhook",
    "window",
    "flow-trigger",
    "precondition-filter",
];

/// One thing wrong with a flow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// How bad it is.
    pub severity: Severity,
    /// The name of the rule that found it; `syntax` and `map` when there is no flow to check.
    pub code: &'static str,
    /// Where it stands in the source; for something missing, what misses it.
    pub span: Span,
    /// What it is about.
    pub path: Path,
    /// What is wrong and what to do, without path and position.
    pub message: String,
    /// Kestra's words, when Kestra reports it when a flow is saved.
    pub kestra: Option<Wording>,
}

impl Problem {
    /// Whether the whole object at the path is wrong, not a property at the end of the path.
    pub(super) fn is_about_object(&self) -> bool {
        OF_OBJECTS.contains(&self.code)
    }

    /// An error about the value at `place`.
    pub(crate) fn at(code: &'static str, place: &Place<'_>, message: impl Into<String>) -> Self {
        Self::new(code, place.path.clone(), place.node.span, message.into())
    }

    /// An error about the property `name` that the value at `place` has not.
    pub(crate) fn missing(
        code: &'static str,
        place: &Place<'_>,
        name: &str,
        message: impl Into<String>,
    ) -> Self {
        Self::new(code, place.path.property(name), place.node.span, message.into())
    }

    pub(crate) fn new(code: &'static str, path: Path, span: Span, message: String) -> Self {
        Self { severity: Severity::Error, code, span, path, message: shortened(message), kestra: None }
    }

    /// A text that is no YAML.
    pub(super) fn syntax(error: &SyntaxError) -> Self {
        let span = Span { start: error.position, end: error.position };
        Self::new("syntax", Path::default(), span, error.kind.to_string())
            .worded(Wording::Source(error.kestra()))
    }

    /// A document that is a list or a scalar.
    pub(super) fn no_map(root: &Node) -> Self {
        let message = "a flow is a map that starts with `id:` and `namespace:`".to_owned();
        let words = "Cannot construct instance of `io.kestra.core.models.flows.GenericFlow`";
        Self::new("map", Path::default(), root.span, message).worded(Wording::Source(kestra_words(
            words,
            root.span.start,
            None,
        )))
    }

    /// What makes it the same problem when it is found on another line: the words may name what that line knows.
    pub(super) fn without_words(&self) -> (&'static str, Span, Severity) {
        (self.code, self.span, self.severity)
    }

    /// The problem with Kestra's words for it.
    #[must_use]
    pub(super) fn worded(self, kestra: Wording) -> Self {
        Self { kestra: Some(kestra), ..self }
    }

    /// The problem with a constraint message of Kestra.
    #[must_use]
    pub(super) fn constraint(self, message: impl Into<String>) -> Self {
        self.worded(Wording::Constraints(vec![message.into()]))
    }

    /// The problem as a rule of the whole flow in Kestra's words.
    #[must_use]
    pub(super) fn of_flow(self, message: impl Into<String>) -> Self {
        self.worded(Wording::Flow(message.into()))
    }

    /// The problem as a warning; Kestra then says nothing that refuses the flow.
    #[must_use]
    pub(crate) fn warning(self) -> Self {
        Self { severity: Severity::Warning, kestra: None, ..self }
    }
}

/// The message, or its start: what it quotes from a flow may be as long as the flow.
fn shortened(mut message: String) -> String {
    if let Some((end, _)) = message.char_indices().nth(MOST_CHARACTERS) {
        message.truncate(end);
        message.push('…');
    }
    message
}

impl fmt::Display for Problem {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.path.last().is_some() {
            write!(out, "{}: ", self.path)?;
        }
        write!(out, "{} ({})", self.message, self.span.start)
    }
}

/// Problems that keep a text from being a flow; never empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problems(Vec<Problem>);

impl Problems {
    /// The problems in the order of the source.
    pub fn as_slice(&self) -> &[Problem] {
        &self.0
    }
}

impl From<Problem> for Problems {
    fn from(problem: Problem) -> Self {
        Self(vec![problem])
    }
}

impl IntoIterator for Problems {
    type Item = Problem;
    type IntoIter = std::vec::IntoIter<Problem>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl fmt::Display for Problems {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, problem) in self.0.iter().enumerate() {
            write!(out, "{}{problem}", if index == 0 { "" } else { "\n" })?;
        }
        Ok(())
    }
}

impl std::error::Error for Problems {}
