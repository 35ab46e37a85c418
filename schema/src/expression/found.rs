//! Finds the expressions of a flow: which texts Kestra renders, and when, which decides what they may refer to.

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::ops::Range;

use super::origin::Origin;
use super::{Kind, Malformed, Template, parse};
use crate::flow::{Flow, Path, Step, is_expression};
use crate::line::KestraLine;
use crate::yaml::{Node, Span, Value};

/// A text of a flow that has expressions.
#[derive(Debug)]
pub struct Expression<'flow> {
    /// The text's place in the flow.
    pub path: Path,
    /// When Kestra renders it.
    pub site: Site,
    /// What it says.
    pub template: Result<Template, Malformed>,
    text: &'flow str,
    whole: Span,
    source: &'flow str,
    origin: OnceCell<Origin>,
}

/// When Kestra renders a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Site {
    /// When a task runs; its position in [`Flow::tasks`].
    Task(usize),
    /// When an execution starts or ends.
    Flow,
    /// Wherever it is used: variables and plugin defaults.
    Shared,
    /// In the context of another execution, or of none.
    Elsewhere,
}

/// A secret or key-value pair that a flow asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// Its name.
    pub name: String,
    /// The namespace it is asked of; the flow's own when the call names none.
    pub namespace: Option<String>,
    /// Where the call stands.
    pub span: Span,
}

/// Parts of a flow that have expressions.
const PARTS: [(&str, Site); 12] = [
    ("inputs", Site::Flow),
    ("variables", Site::Shared),
    ("checks", Site::Flow),
    ("tasks", Site::Flow),
    ("errors", Site::Flow),
    ("finally", Site::Flow),
    ("afterExecution", Site::Flow),
    ("outputs", Site::Flow),
    ("triggers", Site::Elsewhere),
    ("listeners", Site::Elsewhere),
    ("pluginDefaults", Site::Shared),
    ("taskDefaults", Site::Shared),
];

/// Properties of whatever has an id and a type that Kestra does not render.
const VERBATIM: [&str; 6] = ["id", "type", "description", "displayName", "documentation", "version"];

/// Properties of tasks that Kestra renders for another execution: that of a called or a counted flow.
const ABOUT_OTHERS: [&str; 3] = ["outputs", "conditions", "expression"];

/// The texts of `flow` that have expressions, in the order of the parts of a flow.
pub fn expressions(flow: &Flow, line: KestraLine) -> Vec<Expression<'_>> {
    let tasks = flow.tasks();
    let tasks = tasks.iter().enumerate().map(|(index, task)| (std::ptr::from_ref(task.node), index));
    let mut search = Search { flow, line, tasks: tasks.collect(), found: Vec::new() };
    for (part, site) in PARTS {
        if let Some(node) = flow.root().get(part) {
            search.visit(node, &Path::default().property(part), site);
        }
    }
    search.found
}

/// The secrets that `flow` asks for by a name that is written down.
pub fn secrets(flow: &Flow) -> Vec<Mention> {
    mentions(flow, "secret")
}

/// The key-value pairs that `flow` asks for by a name that is written down.
pub fn kvs(flow: &Flow) -> Vec<Mention> {
    mentions(flow, "kv")
}

fn mentions(flow: &Flow, function: &str) -> Vec<Mention> {
    // The lines differ in how tightly operators bind, which calls do not notice.
    let expressions = expressions(flow, KestraLine::V2_0);
    expressions.iter().flat_map(|expression| expression.calls(function)).collect()
}

impl<'flow> Expression<'flow> {
    /// Where bytes of the text stand in the source.
    pub fn span(&self, range: &Range<usize>) -> Span {
        let origin = self.origin.get_or_init(|| Origin::new(self.source, self.whole, self.text));
        origin.span(self.text, range)
    }

    /// The text.
    pub fn text(&self) -> &'flow str {
        self.text
    }

    /// Calls of `function` with a literal `key`, and a literal `namespace` or none.
    fn calls(&self, function: &str) -> Vec<Mention> {
        let Ok(template) = &self.template else {
            return Vec::new();
        };
        let mention = |node: &super::Node| {
            let Kind::Call(name, arguments) = &node.kind else {
                return None;
            };
            let key = template.text_argument(arguments, 0, "key").filter(|_| name.text == function)?;
            let namespace = template.text_argument(arguments, 1, "namespace");
            let is_literal = namespace.is_some() || template.argument(arguments, 1, "namespace").is_none();
            is_literal.then(|| Mention {
                name: key.to_owned(),
                namespace: namespace.map(str::to_owned),
                span: self.span(&node.range),
            })
        };
        template.nodes().iter().filter_map(mention).collect()
    }
}

struct Search<'flow> {
    flow: &'flow Flow,
    line: KestraLine,
    /// The tasks by where they are in memory.
    tasks: BTreeMap<*const Node, usize>,
    found: Vec<Expression<'flow>>,
}

impl<'flow> Search<'flow> {
    fn visit(&mut self, node: &'flow Node, path: &Path, site: Site) {
        match &node.value {
            Value::String(text) => self.take(text, node.span, path, site),
            Value::Sequence(items) => {
                for (index, item) in items.iter().enumerate() {
                    self.visit(item, &path.then(Step::Index(index)), site);
                }
            }
            Value::Mapping(_) => self.visit_map(node, path, site),
            _ => {}
        }
    }

    fn visit_map(&mut self, node: &'flow Node, path: &Path, site: Site) {
        let task = self.tasks.get(&std::ptr::from_ref(node)).copied();
        let site = task.map_or(site, Site::Task);
        let is_object = node.get("id").is_some() && node.get("type").is_some();
        for (key, entry) in node.as_mapping().into_iter().flatten() {
            if is_object && VERBATIM.contains(&key.as_str()) {
                continue;
            }
            let is_about_others = task.is_some() && ABOUT_OTHERS.contains(&key.as_str());
            let site = if is_about_others { Site::Elsewhere } else { site };
            self.take(key, entry.key_span, path, site);
            self.visit(&entry.value, &path.then(step(key)), site);
        }
    }

    fn take(&mut self, text: &'flow str, whole: Span, path: &Path, site: Site) {
        if !is_expression(text) && !text.contains("{#") {
            return;
        }
        self.found.push(Expression {
            path: path.clone(),
            site,
            template: parse(text, self.line),
            text,
            whole,
            source: self.flow.source(),
            origin: OnceCell::new(),
        });
    }
}

/// The step to a key, which is a property when it looks like one.
fn step(key: &str) -> Step {
    let is_plain = key.chars().all(|character| character == '_' || character.is_ascii_alphanumeric());
    if is_plain { Step::Property(key.to_owned()) } else { Step::Key(key.to_owned()) }
}
