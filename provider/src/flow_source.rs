//! The text of a flow, checked offline: what Kestra would refuse is refused here, with line and column.

use std::sync::Arc;

use schema::KestraLine;
use schema::contract::FlowName;
use schema::flow::{Flow, Problem, Severity};
use tfplugin::diagnostics::{Diagnostic, Diagnostics, Result};
use tfplugin::value::Path;

/// A text that is a flow with a name.
pub(crate) struct FlowSource {
    pub(crate) flow: Arc<Flow>,
    pub(crate) name: FlowName,
}

impl FlowSource {
    /// Reads a text. Its own rules are checked by [`problems`](Self::problems).
    pub(crate) fn parse(content: &str) -> Result<Self> {
        let parsed = Flow::parse(content);
        let flow =
            parsed.map_err(|problems| problems.into_iter().map(diagnostic).collect::<Diagnostics>())?;
        match FlowName::of(&flow) {
            Some(name) => Ok(Self { flow: Arc::new(flow), name }),
            None => Err(Self::problems(&flow, None)),
        }
    }

    /// What is wrong with a flow on the server's line; where that is not known, what is wrong on every line.
    pub(crate) fn problems(flow: &Flow, line: Option<KestraLine>) -> Diagnostics {
        let found = schema::flow::check_everywhere(flow, KestraLine::given_or_all(line));
        found
            .into_iter()
            .filter(|problem| !is_noise(problem))
            .map(|problem| diagnostic(unsure(problem)))
            .collect()
    }
}

/// A property that is missing may be among the plugin defaults of the server's own configuration, which nobody knows here:
/// the server, asked while planning, refuses what is missing in earnest.
fn unsure(problem: Problem) -> Problem {
    match problem.code {
        "required-property" => Problem { severity: Severity::Warning, ..problem },
        _ => problem,
    }
}

/// Warnings that would come back at every plan though nobody has to change the flow: servers have plugins that no catalog
/// knows, and what is deprecated still works. A type that looks like a typing error is none of them.
fn is_noise(problem: &Problem) -> bool {
    const CODES: [&str; 3] = ["unknown-type", "deprecated-type", "deprecated-property"];
    problem.severity == Severity::Warning && CODES.contains(&problem.code)
}

/// Terraform knows the attribute; the place in the text is in the message.
pub(crate) fn diagnostic(problem: Problem) -> Diagnostic {
    let detail = problem.to_string();
    let diagnostic = match problem.severity {
        Severity::Error => Diagnostic::error("Invalid flow", detail),
        Severity::Warning => Diagnostic::warning("Questionable flow", detail),
    };
    diagnostic.at(content())
}

/// The attribute that holds the text.
pub(crate) fn content() -> Path {
    Path::root().attribute("content")
}
