//! What a text becomes: the nodes of all its expressions in one list, operands before operators, so that long
//! and deep expressions need no recursion. The nodes below one node are the ones just before it.

use std::collections::BTreeSet;
use std::ops::Range;

/// The position of a [`Node`] in its [`Template`].
pub type NodeId = usize;

/// A text with its expressions read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Template {
    pub(super) nodes: Vec<Node>,
    /// Names that the template itself binds with `for`, `set` and parameters of macros.
    pub(super) variables: BTreeSet<String>,
    /// Functions that the template itself defines.
    pub(super) macros: BTreeSet<String>,
}

/// A part of an expression.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// What it is.
    pub kind: Kind,
    /// The bytes of the text it stands for.
    pub range: Range<usize>,
    /// The first of the nodes below it, which end just before it; the node itself when there are none.
    pub first: NodeId,
}

/// The kinds of [`Node`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// A string; also what a `{% filter %}` works on.
    Text(String),
    /// `12`, `1.5`, `7L`.
    Number(String),
    /// `true`, `false`.
    Boolean(bool),
    /// `null`, `none`.
    Null,
    /// A variable and the way into it: `outputs.a['b']`.
    Path(Path),
    /// A part of a value that has no name: `f().a`, `'text'[0]`; also the result of a method.
    Part(NodeId),
    /// `f(…)`.
    Call(Name, Arguments),
    /// `value | f(…)`.
    Filter(NodeId, Name, Arguments),
    /// `value is f(…)`; `is not` is a [`Kind::Prefix`] around it.
    Test(NodeId, Name, Arguments),
    /// An operator in front of its operand.
    Prefix(&'static str, NodeId),
    /// An operator between two operands.
    Infix(&'static str, NodeId, NodeId),
    /// `a ? b : c`.
    Conditional(NodeId, NodeId, NodeId),
    /// `[a, b]`.
    List(Vec<NodeId>),
    /// `{a: b}`.
    Map(Vec<(NodeId, NodeId)>),
    /// `"a#{b}c"`.
    Joined(Vec<NodeId>),
}

/// A word and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// The word.
    pub text: String,
    /// Its bytes in the text.
    pub range: Range<usize>,
}

/// A variable and the way into it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Path {
    /// The variable.
    pub root: Name,
    /// The steps behind it.
    pub segments: Vec<Segment>,
}

/// One step of a [`Path`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Segment {
    /// The key, when it is written down: `.a`, `['a']`. `None` for `[0]` and `[x]`.
    pub key: Option<String>,
    /// Its bytes in the text, without dot and brackets.
    pub range: Range<usize>,
}

/// What is between the parentheses behind a name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Arguments {
    /// Those without a name.
    pub positional: Vec<NodeId>,
    /// Those with one.
    pub named: Vec<(Name, NodeId)>,
}

/// A use of a variable that Kestra provides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reference<'template> {
    /// The variable and the way into it.
    pub path: &'template Path,
    /// Whether the template copes with its absence: `??`, `default`, `is defined`.
    pub guarded: bool,
}

impl Template {
    /// All nodes, operands before operators.
    pub fn nodes(&self) -> &[Node] {
        &self.nodes
    }

    /// Whether the template defines the function `name`.
    pub fn defines(&self, name: &str) -> bool {
        self.macros.contains(name)
    }

    /// The string an argument is, by its position or name, when it is written down.
    pub fn text_argument(&self, arguments: &Arguments, position: usize, name: &str) -> Option<&str> {
        match &self.nodes[self.argument(arguments, position, name)?].kind {
            Kind::Text(text) => Some(text),
            _ => None,
        }
    }

    /// An argument by its position or name.
    pub fn argument(&self, arguments: &Arguments, position: usize, name: &str) -> Option<NodeId> {
        let named = || arguments.named.iter().find(|(known, _)| known.text == name).map(|(_, node)| *node);
        arguments.positional.get(position).copied().or_else(named)
    }

    /// The uses of variables that the template does not bind itself.
    pub fn references(&self) -> Vec<Reference<'_>> {
        let guarded = self.guarded();
        let paths = self.nodes.iter().zip(&guarded).filter_map(|(node, guarded)| match &node.kind {
            Kind::Path(path) if !self.variables.contains(&path.root.text) => Some((path, *guarded)),
            _ => None,
        });
        let paths: Vec<(&Path, bool)> = paths.collect();
        // Who asks for a thing once, or for all there are, is taken to know what is there everywhere.
        let known: BTreeSet<(&str, Option<&str>)> = paths
            .iter()
            .filter(|(path, guarded)| *guarded || path.segments.is_empty())
            .map(|(path, _)| (path.root.text.as_str(), path.first()))
            .collect();
        let is_known = |path: &Path| {
            known.contains(&(&path.root.text, path.first())) || known.contains(&(&path.root.text, None))
        };
        paths.iter().map(|(path, guarded)| Reference { path, guarded: *guarded || is_known(path) }).collect()
    }

    /// For each node whether something above it copes with a value that is not there.
    fn guarded(&self) -> Vec<bool> {
        let mut changes = vec![0_isize; self.nodes.len() + 1];
        let guards = self.nodes.iter().filter_map(|node| match &node.kind {
            Kind::Infix("??" | "???", left, _) => Some(*left),
            Kind::Filter(input, filter, _) if filter.text == "default" => Some(*input),
            Kind::Test(input, _, _) => Some(*input),
            _ => None,
        });
        for guarded in guards {
            changes[self.nodes[guarded].first] += 1;
            changes[guarded + 1] -= 1;
        }
        let mut depth = 0;
        changes
            .iter()
            .take(self.nodes.len())
            .map(|change| {
                depth += change;
                depth > 0
            })
            .collect()
    }
}

impl Path {
    /// The first step, when it is written down.
    pub fn first(&self) -> Option<&str> {
        self.segments.first()?.key.as_deref()
    }

    /// The bytes of the variable and of the steps that are written down, up to the first that is not.
    pub fn written(&self) -> Range<usize> {
        let last = self.segments.iter().take_while(|segment| segment.key.is_some()).last();
        self.root.range.start..last.map_or(self.root.range.end, |segment| segment.range.end)
    }

    /// The steps that are written down, up to the first that is not.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.segments.iter().map_while(|segment| segment.key.as_deref())
    }
}
