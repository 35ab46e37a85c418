//! What flows are made of: Kestra's plugins and models with their properties, per line. It comes from Kestra's own schemas
//! (`engine catalog`), and from a list by hand for plugins whose schemas cannot be had.

mod entry;
mod nearest;
mod types;

use std::collections::BTreeMap;
use std::sync::LazyLock;

pub use entry::{Dynamic, Entry, Kind, Origin, Property};
pub(crate) use nearest::did_you_mean;
pub use nearest::nearest;
pub use types::{Format, Items, Numbers, Text, Type};

use crate::line::KestraLine;

const V1_3: &str = include_str!("../../catalogs/1.3.json");
const V2_0: &str = include_str!("../../catalogs/2.0.json");
/// Plugins that modules use and that are not published where Kestra's engine is, written by hand for both lines.
const UNPUBLISHED: &str = include_str!("../../catalogs/unpublished.json");

/// The class that a flow is an instance of.
pub const FLOW: &str = "io.kestra.core.models.flows.Flow";

/// Every plugin and model of a line, by name.
#[derive(Debug)]
pub struct Catalog {
    entries: BTreeMap<String, Entry>,
    /// The name of the plugin for each other name that it has.
    aliases: BTreeMap<String, String>,
}

impl Catalog {
    /// The catalog of a line. It is read when it is first asked for.
    #[must_use]
    pub fn of(line: KestraLine) -> &'static Self {
        static V1_3_READ: LazyLock<Catalog> = LazyLock::new(|| Catalog::read(V1_3));
        static V2_0_READ: LazyLock<Catalog> = LazyLock::new(|| Catalog::read(V2_0));
        match line {
            KestraLine::V1_3 => &V1_3_READ,
            KestraLine::V2_0 => &V2_0_READ,
        }
    }

    fn read(generated: &str) -> Self {
        let mut entries = BTreeMap::new();
        for (text, origin) in [(UNPUBLISHED, Origin::ByHand), (generated, Origin::Kestra)] {
            let read: Vec<Entry> = serde_json::from_str(text).expect("the catalogs are part of the program");
            entries.extend(read.into_iter().map(|entry| (entry.name.clone(), Entry { origin, ..entry })));
        }
        inherit(&mut entries);
        let named = |entry: &Entry| {
            let name = entry.name.clone();
            entry.aliases.clone().into_iter().map(move |alias| (alias, name.clone())).collect::<Vec<_>>()
        };
        let aliases = entries.values().flat_map(named).collect();
        Self { entries, aliases }
    }

    /// The plugin that `type: name` means, by its own name or by an alias.
    #[must_use]
    pub fn plugin(&self, name: &str) -> Option<&Entry> {
        let name = self.aliases.get(name).map_or(name, String::as_str);
        self.entries.get(name).filter(|entry| entry.kind != Kind::Model)
    }

    /// The model that a [`Type::Model`] names.
    #[must_use]
    pub fn model(&self, name: &str) -> Option<&Entry> {
        self.entries.get(name).filter(|entry| entry.kind == Kind::Model)
    }

    /// Every plugin of a kind, by name.
    pub fn plugins(&self, kind: Kind) -> impl Iterator<Item = &Entry> {
        self.entries.values().filter(move |entry| entry.kind == kind)
    }

    /// The plugins of a kind whose names are most like `name`, best first; none where nothing comes close.
    #[must_use]
    pub fn nearest(&self, name: &str, kind: Kind) -> Vec<&str> {
        nearest(name, self.plugins(kind).map(|entry| entry.name.as_str()))
    }
}

/// Gives every entry the properties of its base, which the files say once. Bases have no bases.
fn inherit(entries: &mut BTreeMap<String, Entry>) {
    let bases: BTreeMap<String, BTreeMap<String, Property>> = entries
        .values()
        .filter_map(|entry| entry.base.clone())
        .filter_map(|base| Some((base.clone(), entries.get(&base)?.properties.clone())))
        .collect();
    for entry in entries.values_mut() {
        let base = entry.base.as_ref().and_then(|base| bases.get(base));
        for (name, property) in base.into_iter().flatten() {
            entry.properties.entry(name.clone()).or_insert_with(|| property.clone());
        }
    }
}

#[cfg(test)]
mod tests;
