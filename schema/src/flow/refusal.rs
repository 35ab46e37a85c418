//! The answer Kestra gives to a flow with problems: which of them it reports, joined how, under which paths.

use std::borrow::Cow;

use super::path::Step;
use super::problem::{Problem, Wording};
use super::tasks::OF_FLOW;
use crate::line::KestraLine;
use crate::yaml::Node;

/// How far Kestra got before it refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// It could not read the text. The API puts `Illegal genericflow source: ` (create, update) or
    /// `Illegal Flow source: ` (validate) before the message.
    Source,
    /// The text does not fit its model.
    Model,
    /// Values break constraints. Each is a line of the message, with a line break behind it.
    Constraints,
}

/// What Kestra reports, without the words an endpoint puts before it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// How far Kestra got.
    pub stage: Stage,
    /// The message of the whole answer.
    pub message: String,
    /// The single violations.
    pub violations: Vec<Violation>,
}

/// One violation of a [`Refusal`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violation {
    /// What it is about in Kestra's words: `tasks[0].id`, `yaml`, empty for the whole flow.
    pub path: String,
    /// The same as an RFC 6901 pointer.
    pub pointer: String,
    /// The same as the message of the whole answer spells it, where ids take the place of positions.
    pub label: String,
    /// What is wrong.
    pub message: String,
}

/// What Kestra answers to the flow `root` with `problems`; `None` when it accepts it. `root` is `None` when
/// the source is no flow at all.
pub fn refusal(root: Option<&Node>, problems: &[Problem], line: KestraLine) -> Option<Refusal> {
    let worded = || problems.iter().filter_map(|problem| Some((problem, problem.kestra.as_ref()?)));
    for (problem, wording) in worded() {
        if let Wording::Source(message) = wording {
            return Some(single(Stage::Source, "yaml", problem, message));
        }
    }
    let first_in_text = worded()
        .filter(|(_, wording)| matches!(wording, Wording::Model { .. }))
        .min_by_key(|(problem, _)| problem.span.start);
    if let Some((problem, Wording::Model { path, message })) = first_in_text {
        return Some(single(Stage::Model, path, problem, message));
    }
    let violations = violations(root, problems, line);
    let message = violations.iter().map(|found| format!("{}: {}\n", found.label, found.message)).collect();
    (!violations.is_empty()).then_some(Refusal { stage: Stage::Constraints, message, violations })
}

fn single(stage: Stage, path: &str, problem: &Problem, message: &str) -> Refusal {
    let violation = Violation {
        path: path.to_owned(),
        pointer: problem.path.pointer(),
        label: path.to_owned(),
        message: message.to_owned(),
    };
    Refusal { stage, message: message.to_owned(), violations: vec![violation] }
}

fn violations(root: Option<&Node>, problems: &[Problem], line: KestraLine) -> Vec<Violation> {
    let mut violations: Vec<Violation> = Vec::new();
    let mut of_flow = Vec::new();
    for problem in problems {
        match &problem.kestra {
            Some(Wording::Constraints(messages)) => {
                let found = messages.iter().map(|message| violation(root, problem, message, line));
                // Rules of a server may find what the flow's own rules have found.
                let new: Vec<Violation> = found.filter(|violation| !violations.contains(violation)).collect();
                violations.extend(new);
            }
            Some(Wording::Flow(message)) => of_flow.push(message.as_str()),
            _ => {}
        }
    }
    if !of_flow.is_empty() {
        violations.push(Violation {
            path: String::new(),
            pointer: String::new(),
            label: String::new(),
            message: format!("Invalid Flow: {}", of_flow.join(", ")),
        });
    }
    violations
}

fn violation(root: Option<&Node>, problem: &Problem, message: &str, line: KestraLine) -> Violation {
    Violation {
        path: problem.path.to_string(),
        pointer: problem.path.pointer(),
        label: label(root, problem, line),
        message: message.to_owned(),
    }
}

/// 1.3 names a task's own property `<task id>.<property>`; 2.0 writes the id instead of each position.
fn label(root: Option<&Node>, problem: &Problem, line: KestraLine) -> String {
    let steps = problem.path.steps();
    let id_before = |end: usize| task_id(root?, problem, end);
    match line {
        KestraLine::V1_3 => match steps[..] {
            [Step::Property(list), Step::Index(_), .., Step::Property(name)]
                if OF_FLOW.contains(&list.as_str()) =>
            {
                id_before(steps.len() - 1)
                    .map_or_else(|| problem.path.to_string(), |id| format!("{id}.{name}"))
            }
            _ => problem.path.to_string(),
        },
        KestraLine::V2_0 => {
            let named = |(position, step): (usize, &&Step)| match step {
                Step::Index(index) => {
                    format!("[{}]", id_before(position + 1).unwrap_or(index.to_string().into()))
                }
                Step::Key(key) => format!("[{key}]"),
                Step::Property(name) if position == 0 => name.clone(),
                Step::Property(name) => format!(".{name}"),
            };
            steps.iter().enumerate().map(named).collect()
        }
    }
}

/// The id of the value at the first `end` steps of the problem's path, when it is a task, an input or the like.
fn task_id<'node>(root: &'node Node, problem: &Problem, end: usize) -> Option<Cow<'node, str>> {
    let node = root.at(&problem.path.prefix(end).pointer())?;
    node.get("type").and(node.get("id"))?.text()
}
