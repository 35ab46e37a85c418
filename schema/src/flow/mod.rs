//! A flow as it is written: its identity, its parts with their places, and the rules it must keep.

pub(crate) mod calls;
pub(crate) mod inputs;
pub(crate) mod keyed;
mod path;
mod place;
mod problem;
mod refusal;
pub(crate) mod rules;
pub(crate) mod tasks;

use std::borrow::Cow;

pub use path::{Path, Step};
pub use place::Place;
pub(crate) use place::is_expression;
pub use problem::{Problem, Problems, Severity, Wording};
pub use refusal::{Refusal, Stage, Violation, refusal};
pub use rules::{
    CATALOG_RULES, RULES, Rule, Subject, check, check_everywhere, check_source, check_source_with,
};

use crate::yaml::{self, Node, Value};

/// A source text that Kestra reads as a map. It may still break rules: see [`check`].
#[derive(Debug, Clone)]
pub struct Flow {
    root: Node,
    source: String,
}

impl Flow {
    /// Reads a flow.
    ///
    /// # Errors
    /// One problem with its place: the text is no YAML that Kestra reads, or not a map.
    pub fn parse(source: &str) -> Result<Self, Problems> {
        let root = yaml::parse(source).map_err(|error| Problems::from(Problem::syntax(&error)))?;
        match root.value {
            Value::Mapping(_) => Ok(Self { root, source: source.to_owned() }),
            _ => Err(Problems::from(Problem::no_map(&root))),
        }
    }

    /// The whole document.
    pub fn root(&self) -> &Node {
        &self.root
    }

    /// The text it was read from, which the spans are about.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// The place of the whole document, from which parts are reached.
    pub fn place(&self) -> Place<'_> {
        Place { node: &self.root, path: Path::default() }
    }

    /// The flow's id as Kestra reads it.
    pub fn id(&self) -> Option<Cow<'_, str>> {
        self.root.get("id")?.text()
    }

    /// The flow's namespace as Kestra reads it.
    pub fn namespace(&self) -> Option<Cow<'_, str>> {
        self.root.get("namespace")?.text()
    }

    /// The number of a `revision:` line. It decides nothing: Kestra counts revisions itself.
    pub fn revision(&self) -> Option<i64> {
        self.root.get("revision")?.text()?.parse().ok()
    }

    /// Every task, children after their parents: those of `tasks`, `errors`, `finally` and `afterExecution`,
    /// and those nested in flowable tasks.
    pub fn tasks(&self) -> Vec<Place<'_>> {
        tasks::all(&self.place())
    }

    /// The triggers.
    pub fn triggers(&self) -> Vec<Place<'_>> {
        self.place().items("triggers")
    }

    /// The inputs; those inside a FORM are its own `inputs`.
    pub fn inputs(&self) -> Vec<Place<'_>> {
        self.place().items("inputs")
    }

    /// The outputs.
    pub fn outputs(&self) -> Vec<Place<'_>> {
        self.place().items("outputs")
    }
}

#[cfg(test)]
mod tests;
