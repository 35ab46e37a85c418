//! The rules a flow must keep that need no plugin catalog: one function per rule, one table of them.

mod checks;
mod concurrency;
mod identity;
mod inputs;
mod labels;
mod outputs;
mod plugin_defaults;
mod properties;
mod references;
mod retry;
mod sla;
mod tasks;
mod text;
mod triggers;
mod value;

use super::Flow;
use super::place::Place;
use super::problem::{Problem, Severity};
use crate::line::KestraLine;

/// What a rule looks at.
#[derive(Debug)]
pub struct Subject<'flow> {
    /// The flow.
    pub flow: &'flow Flow,
    /// The line of Kestra it is written for.
    pub line: KestraLine,
    /// The whole document.
    pub root: Place<'flow>,
    /// Every task, nested ones included.
    pub tasks: Vec<Place<'flow>>,
    /// The triggers.
    pub triggers: Vec<Place<'flow>>,
    /// The inputs, those inside a FORM not included.
    pub inputs: Vec<Place<'flow>>,
}

/// One rule.
#[derive(Debug)]
pub struct Rule {
    /// Its name, which is the code of the problems it finds.
    pub code: &'static str,
    /// Finds what breaks it.
    pub find: fn(&Subject<'_>) -> Vec<Problem>,
}

/// Every rule.
pub const RULES: &[Rule] = &[
    Rule {
        code: "properties",
        find: properties::unknown,
    },
    Rule {
        code: "value",
        find: properties::shapes,
    },
    Rule {
        code: "deprecated",
        find: properties::deprecated,
    },
    Rule {
        code: "id",
        find: identity::id,
    },
    Rule {
        code: "reserved-id",
        find: identity::reserved_id,
    },
    Rule {
        code: "namespace",
        find: identity::namespace,
    },
    Rule {
        code: "revision",
        find: identity::revision,
    },
    Rule {
        code: "tasks",
        find: tasks::any,
    },
    Rule {
        code: "task-id",
        find: tasks::ids,
    },
    Rule {
        code: "task-type",
        find: tasks::types,
    },
    Rule {
        code: "duplicate-task",
        find: tasks::duplicates,
    },
    Rule {
        code: "switch",
        find: tasks::switches,
    },
    Rule {
        code: "recursive-call",
        find: tasks::recursive_calls,
    },
    Rule {
        code: "timeout",
        find: tasks::timeouts,
    },
    Rule {
        code: "trigger-id",
        find: triggers::ids,
    },
    Rule {
        code: "trigger-type",
        find: triggers::types,
    },
    Rule {
        code: "duplicate-trigger",
        find: triggers::duplicates,
    },
    Rule {
        code: "labels",
        find: labels::labels,
    },
    Rule {
        code: "system-label",
        find: labels::system,
    },
    Rule {
        code: "input-id",
        find: inputs::ids,
    },
    Rule {
        code: "input-type",
        find: inputs::types,
    },
    Rule {
        code: "input-default",
        find: inputs::defaults,
    },
    Rule {
        code: "input-item-type",
        find: inputs::item_types,
    },
    Rule {
        code: "form",
        find: inputs::forms,
    },
    Rule {
        code: "duplicate-input",
        find: inputs::duplicates,
    },
    Rule {
        code: "input-dependency",
        find: inputs::dependencies,
    },
    Rule {
        code: "outputs",
        find: outputs::outputs,
    },
    Rule {
        code: "duplicate-output",
        find: outputs::duplicates,
    },
    Rule {
        code: "dash-reference",
        find: references::dashes,
    },
    Rule {
        code: "retry",
        find: retry::retry,
    },
    Rule {
        code: "concurrency",
        find: concurrency::concurrency,
    },
    Rule {
        code: "sla",
        find: sla::sla,
    },
    Rule {
        code: "checks",
        find: checks::checks,
    },
    Rule {
        code: "plugin-defaults",
        find: plugin_defaults::plugin_defaults,
    },
];

/// Every problem of `flow` on `line`, in the order of the source, errors before warnings at the same place.
pub fn check(flow: &Flow, line: KestraLine) -> Vec<Problem> {
    let subject = Subject {
        flow,
        line,
        root: flow.place(),
        tasks: flow.tasks(),
        triggers: flow.triggers(),
        inputs: flow.inputs(),
    };
    let mut problems: Vec<Problem> = RULES.iter().flat_map(|rule| (rule.find)(&subject)).collect();
    problems.sort_by_key(|problem| (problem.span.start, problem.severity == Severity::Warning));
    problems
}
