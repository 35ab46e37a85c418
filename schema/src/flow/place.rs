//! A value together with the way to it, so that every rule can say where it found a problem.

use std::borrow::Cow;

use super::path::{Path, Step};
use crate::yaml::Node;

/// A value of a flow and its path.
#[derive(Debug, Clone)]
pub struct Place<'flow> {
    /// The value.
    pub node: &'flow Node,
    /// The way to it from the root.
    pub path: Path,
}

impl<'flow> Place<'flow> {
    /// The property `name`; `null` counts as absent, as in Kestra.
    pub fn get(&self, name: &str) -> Option<Self> {
        let node = self.node.get(name).filter(|node| !node.is_null())?;
        Some(Self { node, path: self.path.property(name) })
    }

    /// The items of the list `name`; none when it is no list.
    pub fn items(&self, name: &str) -> Vec<Self> {
        self.get(name).map(|list| list.elements()).unwrap_or_default()
    }

    /// The items of this list; none when it is no list.
    pub fn elements(&self) -> Vec<Self> {
        let items = self.node.as_sequence().unwrap_or_default();
        let place = |(index, node)| Self { node, path: self.path.then(Step::Index(index)) };
        items.iter().enumerate().map(place).collect()
    }

    /// The entries of this free map; none when it is no map.
    pub fn entries(&self) -> Vec<(&'flow str, Self)> {
        let Some(entries) = self.node.as_mapping() else {
            return Vec::new();
        };
        entries
            .iter()
            .map(|(key, entry)| {
                let path = self.path.then(Step::Key(key.clone()));
                (key.as_str(), Self { node: &entry.value, path })
            })
            .collect()
    }

    /// The property `name` as Kestra reads it where it wants text.
    pub fn text(&self, name: &str) -> Option<Cow<'flow, str>> {
        self.node.get(name)?.text()
    }

    /// The text of this value, unless it is a Pebble expression, whose result nobody knows here.
    pub fn literal(&self) -> Option<Cow<'flow, str>> {
        self.node.text().filter(|text| !is_expression(text))
    }
}

/// Whether Kestra renders `text` when the flow runs.
pub(crate) fn is_expression(text: &str) -> bool {
    text.contains("{{") || text.contains("{%")
}
