//! The properties a flow has at its top: which exist on which line, and what kind of value each takes.

use super::super::place::Place;
use super::super::problem::{Problem, Wording};
use super::Subject;
use super::value::{found, is_truth, unreadable};
use crate::line::KestraLine::{self, V1_3, V2_0};
use crate::yaml::Node;

/// What kind of value a property takes.
#[derive(Clone, Copy)]
enum Shape {
    Any,
    Text,
    Truth,
    List,
    Map,
    ListOrMap,
}

/// A top-level property, its kind of value, and the lines that have it.
struct Property(&'static str, Shape, &'static [KestraLine]);

const BOTH: &[KestraLine] = &[V1_3, V2_0];

/// Every property, in the order in which Kestra lists those it knows.
const PROPERTIES: &[Property] = &[
    Property("draft", Shape::Truth, &[V2_0]),
    Property("workerGroup", Shape::Map, &[V1_3]),
    Property("finally", Shape::List, BOTH),
    Property("tenantId", Shape::Text, BOTH),
    Property("retry", Shape::Map, BOTH),
    Property("inputs", Shape::List, BOTH),
    Property("errors", Shape::List, BOTH),
    Property("tasks", Shape::List, BOTH),
    Property("outputs", Shape::List, BOTH),
    Property("concurrency", Shape::Map, BOTH),
    Property("variables", Shape::Map, BOTH),
    Property("deleted", Shape::Truth, BOTH),
    Property("id", Shape::Text, BOTH),
    Property("description", Shape::Text, BOTH),
    Property("workerSelector", Shape::Map, &[V2_0]),
    Property("labels", Shape::ListOrMap, BOTH),
    Property("pluginDefaults", Shape::List, &[V1_3]),
    Property("sla", Shape::List, BOTH),
    Property("checks", Shape::List, BOTH),
    Property("policyRefs", Shape::Any, &[V2_0]),
    Property("taskDefaults", Shape::List, &[V1_3]),
    Property("namespace", Shape::Text, BOTH),
    Property("disabled", Shape::Truth, BOTH),
    Property("listeners", Shape::List, &[V1_3]),
    Property("revision", Shape::Text, BOTH),
    Property("updated", Shape::Text, BOTH),
    Property("afterExecution", Shape::List, BOTH),
    Property("triggers", Shape::List, BOTH),
    Property("quotas", Shape::List, &[V2_0]),
    Property("source", Shape::Any, BOTH),
];

/// Properties that 2.0 dropped, and what takes their place.
const REMOVED: &[(&str, &str)] = &[
    ("pluginDefaults", "set the values on each task, or by a policy named in `policyRefs` (Enterprise)"),
    ("taskDefaults", "set the values on each task, or by a policy named in `policyRefs` (Enterprise)"),
    ("listeners", "use `afterExecution`, or a flow with a Flow trigger"),
    ("workerGroup", "use `workerSelector` with `tags`"),
];

/// Properties that 1.3 still reads, and what to use instead.
const DEPRECATED: &[(&str, &str)] = &[
    ("listeners", "use `afterExecution`, or a flow with a Flow trigger"),
    ("taskDefaults", "use `pluginDefaults`"),
];

const CLASS: &str = "io.kestra.core.models.flows.FlowWithSource";

fn known(line: KestraLine) -> impl Iterator<Item = &'static Property> {
    PROPERTIES.iter().filter(move |Property(_, _, lines)| lines.contains(&line))
}

/// Every top-level property is one that the line knows.
pub(super) fn unknown(subject: &Subject<'_>) -> Vec<Problem> {
    let names: Vec<&str> = known(subject.line).map(|Property(name, ..)| *name).collect();
    let Some(entries) = subject.flow.root().as_mapping() else {
        return Vec::new();
    };
    let unknown = entries.iter().filter(|(name, _)| !names.contains(&name.as_str()));
    subject.enough(unknown.map(|(name, entry)| {
        let path = subject.root.path.property(name);
        let message = unknown_message(name, subject.line, &names);
        let problem = Problem::new("properties", path, entry.key_span, message);
        // Kestra drops what is null unread.
        if entry.value.is_null() { problem.warning() } else { problem.worded(unrecognized(name, &names)) }
    }))
}

fn unknown_message(name: &str, line: KestraLine, names: &[&str]) -> String {
    let removed = REMOVED.iter().find(|(removed, _)| line == V2_0 && *removed == name);
    let similar = names.iter().find(|known| known.eq_ignore_ascii_case(name));
    match (removed, similar) {
        (Some((_, instead)), _) => format!("Kestra 2.0 has no `{name}` any more; {instead}"),
        (None, Some(similar)) => format!("unknown property; did you mean `{similar}`?"),
        (None, None) => format!("unknown property; Kestra {line} knows {}", names.join(", ")),
    }
}

fn unrecognized(name: &str, names: &[&str]) -> Wording {
    let quoted: Vec<String> = names.iter().map(|name| format!("\"{name}\"")).collect();
    Wording::Model {
        path: format!("{CLASS}[\"{name}\"]"),
        message: format!(
            "Unrecognized field \"{name}\" (class {CLASS}), not marked as ignorable ({} known properties: {})",
            names.len(),
            quoted.join(", ")
        ),
    }
}

/// Every top-level property has the kind of value it takes.
pub(super) fn shapes(subject: &Subject<'_>) -> Vec<Problem> {
    known(subject.line)
        .filter_map(|Property(name, shape, _)| {
            let value = subject.root.get(name)?;
            (!shape.fits(value.node)).then(|| shape.problem(name, &value))
        })
        .collect()
}

impl Shape {
    fn fits(self, node: &Node) -> bool {
        let (list, map) = (node.as_sequence().is_some(), node.as_mapping().is_some());
        match self {
            Self::Any => true,
            Self::Text => !list && !map,
            Self::Truth => is_truth(node),
            Self::List => list,
            Self::Map => map,
            Self::ListOrMap => list || map,
        }
    }

    fn problem(self, name: &str, value: &Place<'_>) -> Problem {
        let (wanted, java) = match self {
            Self::Any | Self::Text => ("a text", "java.lang.String"),
            Self::Truth => ("`true` or `false`", "boolean"),
            Self::List => ("a list", "java.util.ArrayList"),
            Self::Map => ("a map", "java.util.LinkedHashMap"),
            Self::ListOrMap => ("a map, or a list of `key` and `value`", "java.util.List"),
        };
        let found = found(value.node);
        let cure = if value.node.as_str() == Some("") { "; fill it in or remove the line" } else { "" };
        let hint = match self {
            Self::Truth => ": only \"true\"/\"True\"/\"TRUE\" or \"false\"/\"False\"/\"FALSE\" recognized",
            _ => "",
        };
        let words = format!("Cannot deserialize value of type `{java}` from {found}{hint}");
        unreadable("value", value, format!("`{name}` must be {wanted}{cure}"), &words)
    }
}

/// Properties that the line reads but that have a successor.
pub(super) fn deprecated(subject: &Subject<'_>) -> Vec<Problem> {
    let entry = |(name, instead): &(&str, &str)| {
        let key_span = subject.flow.root().entry(name)?.key_span;
        let message = format!("`{name}` is deprecated; {instead}");
        Some(Problem::new("deprecated", subject.root.path.property(name), key_span, message).warning())
    };
    if subject.line == V1_3 { DEPRECATED.iter().filter_map(entry).collect() } else { Vec::new() }
}
