//! Everything Kestra would say about a text, in the shape both writing and validating need.

use schema::{
    KestraLine,
    flow::{Flow, Refusal, Stage, Violation, check, refusal},
    yaml::{Node, Value},
};

use super::{
    known::{Known, lookup},
    types,
};
use crate::depth;

/// What decides about a text beside itself.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Rules {
    /// The line whose rules apply.
    pub(crate) line: KestraLine,
    /// Whether there is an engine, which has the fixtures that tests of flows use.
    pub(crate) has_fixtures: bool,
}

/// A text that was read and checked.
#[derive(Debug)]
pub(crate) struct Inspection {
    line: KestraLine,
    flow: Option<Flow>,
    refusal: Option<Refusal>,
    deprecated: Vec<String>,
}

/// Reads and checks a text.
pub(crate) fn inspect(source: &str, Rules { line, has_fixtures }: Rules) -> Inspection {
    let unread = |refusal| Inspection { line, flow: None, refusal, deprecated: Vec::new() };
    let flow = match Flow::parse(source) {
        Ok(flow) => flow,
        Err(problems) => return unread(refusal(None, problems.as_slice(), line)),
    };
    if !fits(flow.root()) {
        return unread(Some(too_deep()));
    }
    let mut problems = check(&flow, line);
    problems.extend(types::check(&flow, has_fixtures));
    let refusal = refusal(Some(flow.root()), &problems, line);
    let deprecated = problems.iter().filter(|problem| problem.code == "deprecated");
    let deprecated = deprecated.map(|problem| problem.path.to_string()).collect();
    Inspection { line, flow: Some(flow), refusal, deprecated }
}

/// Whether a document is not nested too deeply to be handled.
pub(crate) fn fits(root: &Node) -> bool {
    depth::fits(root, children)
}

fn children(node: &Node) -> Box<dyn Iterator<Item = &Node> + '_> {
    match &node.value {
        Value::Sequence(items) => Box::new(items.iter()),
        Value::Mapping(entries) => Box::new(entries.values().map(|entry| &entry.value)),
        _ => Box::new(std::iter::empty()),
    }
}

fn too_deep() -> Refusal {
    let message = format!("the sandbox takes at most {} levels of lists and maps", depth::MAX_DEPTH);
    let (path, pointer, label) = ("yaml".to_owned(), String::new(), String::new());
    let violation = Violation { path, pointer, label, message: message.clone() };
    Refusal { stage: Stage::Source, message, violations: vec![violation] }
}

impl Inspection {
    /// Why Kestra would not store the text.
    pub(crate) fn refusal(&self) -> Option<&Refusal> {
        self.refusal.as_ref()
    }

    /// The flow, when the text fits Kestra's model of one; it may still break constraints.
    pub(crate) fn model(&self) -> Option<&Flow> {
        let unfit = self.refusal.as_ref().is_some_and(|refusal| refusal.stage != Stage::Constraints);
        self.flow.as_ref().filter(|_| !unfit)
    }

    pub(crate) fn into_model(self) -> Option<Flow> {
        let fits = self.model().is_some();
        self.flow.filter(|_| fits)
    }

    /// The refusal in the words of the validation endpoint.
    pub(crate) fn constraints(&self) -> Option<String> {
        let refusal = self.refusal.as_ref()?;
        let message = match refusal.stage {
            Stage::Source => format!("Illegal Flow source: {}", refusal.message),
            Stage::Model => refusal.message.clone(),
            // A rule of the whole flow has no path, of which this endpoint leaves only the space.
            Stage::Constraints => {
                let lines = refusal.message.lines().map(|line| line.strip_prefix(':').unwrap_or(line));
                lines.map(|line| format!("{line}\n")).collect()
            }
        };
        Some(format!("Validation error: {message}"))
    }

    /// The paths of deprecated properties.
    pub(crate) fn deprecated(&self) -> &[String] {
        &self.deprecated
    }

    /// One sentence for each former name of a type.
    pub(crate) fn aliases(&self) -> Vec<String> {
        let renamed = |name: String| match lookup(&name, self.line) {
            Known::Alias(entry) => Some(format!("{name} is replaced by {}", entry.name)),
            _ => None,
        };
        self.flow.iter().flat_map(types::plugins).filter_map(|(_, name)| renamed(name)).collect()
    }

    /// The flows this one calls by a fixed name, as (namespace, id).
    pub(crate) fn subflows(&self) -> Vec<(String, String)> {
        const CALLS: [&str; 2] =
            ["io.kestra.plugin.core.flow.Subflow", "io.kestra.plugin.core.flow.ForEachItem"];
        let calls = self.flow.iter().flat_map(types::plugins).filter(|(_, name)| {
            let current = lookup(name, self.line).entry();
            current.is_some_and(|current| CALLS.contains(&current.name.as_str()))
        });
        calls
            .filter_map(|(place, _)| {
                let literal = |name| Some(place.get(name)?.literal()?.into_owned());
                Some((literal("namespace")?, literal("flowId")?))
            })
            .collect()
    }
}
