//! What a flow does as a picture: its tasks, triggers and handlers as nodes in nodes with edges between neighbours,
//! and the calls between many flows; drawn as SVG, or written for Mermaid and Graphviz.

mod dot;
mod layout;
mod library;
mod mermaid;
mod svg;
mod task;
mod topology;
mod trigger;
mod words;

use serde::Serialize;

use crate::flow::Flow;

/// The topology of a flow, or of a library of flows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Graph {
    /// What it shows: `company.sales / daily-orders`.
    pub title: String,
    /// The way its arrows point.
    pub direction: Direction,
    /// The nodes at the top.
    pub nodes: Vec<Node>,
    /// The edges between them.
    pub edges: Vec<Edge>,
}

/// A thing in a graph, possibly with things inside.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Node {
    /// Unique in its graph: the path of what it stands for, such as `tasks[0]`.
    pub id: String,
    /// What it is called.
    pub label: String,
    /// What it is: a type, a schedule, a condition. May be empty.
    pub detail: String,
    /// What kind of thing it is.
    pub kind: Kind,
    /// Whether it is switched off.
    pub disabled: bool,
    /// The nodes inside.
    pub nodes: Vec<Node>,
    /// The edges between the nodes inside.
    pub edges: Vec<Edge>,
}

/// An arrow between two nodes that are neighbours: both at the top, or in the same node.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Edge {
    /// The index of the node it leaves.
    pub from: usize,
    /// The index of the node it enters.
    pub to: usize,
    /// When the way is taken: `then`, `on failure`.
    pub label: Option<String>,
    /// What it means.
    pub kind: EdgeKind,
}

/// The kinds of a [`Node`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A flow.
    Flow,
    /// A flow that is called, or waited for, and not among those given.
    ForeignFlow,
    /// A trigger.
    Trigger,
    /// A task that does something.
    Task,
    /// A task that starts another flow.
    Subflow,
    /// Tasks one after the other.
    Sequential,
    /// Tasks side by side.
    Parallel,
    /// Tasks that wait for each other.
    Dag,
    /// Ways of which one is taken: If and Switch.
    Branches,
    /// Where the way is chosen.
    Decision,
    /// Tasks that run again and again.
    Loop,
    /// Tasks that may fail.
    AllowFailure,
    /// Tasks that share a directory.
    WorkingDirectory,
    /// Waits for time or a person.
    Pause,
    /// What runs after a failure.
    Errors,
    /// What runs at the end, whatever happened.
    Finally,
    /// What runs behind the end of the execution.
    AfterExecution,
    /// Tasks that belong together and have no name.
    Group,
}

/// The kinds of an [`Edge`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum EdgeKind {
    /// One runs after the other.
    Next,
    /// A trigger starts a flow, or one flow's end starts another.
    Trigger,
    /// One runs when the other failed.
    Failure,
    /// One flow calls the other.
    Call,
}

/// The way the arrows of a graph point.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// From top to bottom.
    Down,
    /// From left to right.
    Right,
}

impl Graph {
    /// The topology of a flow of either line of Kestra.
    pub fn of_flow(flow: &Flow) -> Self {
        topology::of_flow(flow)
    }

    /// Which of `flows` calls which, and which starts when another ends. Calls whose target is an expression are
    /// known at run time only and left out.
    pub fn of_library(flows: &[Flow]) -> Self {
        library::of_library(flows)
    }

    /// The graph as a Mermaid flowchart.
    pub fn mermaid(&self) -> String {
        mermaid::render(self)
    }

    /// The graph in Graphviz's language.
    pub fn dot(&self) -> String {
        dot::render(self)
    }

    /// The graph as an SVG document that needs nothing else: no fonts, no scripts, readable on light and dark.
    pub fn svg(&self) -> String {
        svg::render(self)
    }
}

impl Node {
    fn new(id: impl Into<String>, label: impl Into<String>, detail: impl Into<String>, kind: Kind) -> Self {
        Self {
            id: id.into(),
            label: label.into(),
            detail: detail.into(),
            kind,
            disabled: false,
            nodes: Vec::new(),
            edges: Vec::new(),
        }
    }

    /// The node with `nodes` inside, one after the other.
    fn chain(mut self, nodes: Vec<Node>) -> Self {
        self.edges = (1..nodes.len()).map(|to| Edge::new(to - 1, to, EdgeKind::Next)).collect();
        self.nodes = nodes;
        self
    }
}

impl Edge {
    fn new(from: usize, to: usize, kind: EdgeKind) -> Self {
        Self { from, to, label: None, kind }
    }

    fn labelled(self, label: impl Into<String>) -> Self {
        Self { label: Some(label.into()), ..self }
    }
}

#[cfg(test)]
mod tests;
