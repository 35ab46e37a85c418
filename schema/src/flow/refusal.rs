//! The answer Kestra gives to a flow with problems: which of them it reports, joined how, under which paths.

use super::path::Step;
use super::problem::{ELEMENT, Problem, Wording};
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

/// How the message of the whole answer spells the path of a problem. Where a constraint of a task or an input is broken,
/// each position in a list of that name gives way to the id: 1.3 writes `<id>`, 2.0 `tasks[<id>]`.
fn label(root: Option<&Node>, problem: &Problem, line: KestraLine) -> String {
    let bean = root.and_then(|root| bean(root, problem, line));
    let replaced = |list: &str| bean.as_ref().filter(|(name, _)| *name == list).map(|(_, id)| id);
    let steps = problem.path.steps();
    let mut label = String::new();
    for (position, step) in steps.iter().enumerate() {
        let before = position.checked_sub(1).map(|before| steps[before]);
        let id = match (before, step) {
            (Some(Step::Property(list)), Step::Index(_)) => replaced(list),
            _ => None,
        };
        match (step, id, line) {
            (Step::Index(_), Some(id), KestraLine::V1_3) => {
                // The name of the list has been written.
                label.truncate(label.rfind("tasks").max(label.rfind("inputs")).unwrap_or_default());
                label.push_str(id);
            }
            (Step::Index(_), Some(id), KestraLine::V2_0) => label.push_str(&format!("[{id}]")),
            (Step::Index(index), None, _) => label.push_str(&format!("[{index}]")),
            (Step::Key(key), ..) => label.push_str(&format!("[{key}]")),
            (Step::Property(name), ..) => {
                label.push_str(if position == 0 { "" } else { "." });
                label.push_str(if RESERVED.contains(&name.as_str()) { "_" } else { "" });
                label.push_str(name);
            }
        }
    }
    label
}

/// Names that are words of Java; Kestra's classes spell them differently.
const RESERVED: [&str; 2] = ["finally", "assert"];

/// Where tasks hold other tasks, beside the lists that flows have too.
const LISTS_OF_TASKS: [&str; 6] = ["then", "else", "defaults", "cases", "task", "onPause"];

/// The task or input that has the broken constraint: the list that its positions are in, and its id.
fn bean(root: &Node, problem: &Problem, line: KestraLine) -> Option<(&'static str, String)> {
    let steps = problem.path.steps();
    let is_element = matches!(steps.last(), Some(Step::Property(name)) if name == ELEMENT);
    let is_whole = problem.is_about_object() || matches!(steps.last(), Some(Step::Index(_)));
    let length = if is_element { steps.len().checked_sub(3)? } else { steps.len() - usize::from(!is_whole) };
    let list = steps[..length].iter().rev().find_map(|step| match step {
        Step::Property(name) => Some(name.as_str()),
        Step::Index(_) | Step::Key(_) => None,
    })?;
    let list = match list {
        "inputs" | "onResume" => "inputs",
        name if OF_FLOW.contains(&name) || LISTS_OF_TASKS.contains(&name) => "tasks",
        _ => return None,
    };
    let id = root.at(&problem.path.prefix(length).pointer())?.get("id").and_then(Node::text);
    match (id, line) {
        (Some(id), _) => Some((list, id.into_owned())),
        (None, KestraLine::V1_3) => None,
        (None, KestraLine::V2_0) => Some((list, "null".to_owned())),
    }
}
