//! What flows are made of: Kestra's plugins and models with their properties, per line. It comes from Kestra's own schemas
//! (`engine catalog`), and from a list by hand for plugins whose schemas cannot be had. A server's own schemas extend it.

mod entry;
mod nearest;
pub mod server;
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
/// Plugins that modules use and that are not published where Kestra's engine is, and fixtures, which only the sandbox's
/// engine has: written by hand for both lines.
const UNPUBLISHED: &str = include_str!("../../catalogs/unpublished.json");

/// The class that a flow is an instance of.
pub const FLOW: &str = "io.kestra.core.models.flows.Flow";

/// Every plugin and model of a line, by name.
#[derive(Debug)]
pub struct Catalog {
    line: KestraLine,
    entries: BTreeMap<String, Entry>,
    /// The name of the plugin for each other name that it has.
    aliases: BTreeMap<String, String>,
}

impl Catalog {
    /// The catalog of a line. It is read when it is first asked for.
    #[must_use]
    pub fn of(line: KestraLine) -> &'static Self {
        static V1_3_READ: LazyLock<Catalog> = LazyLock::new(|| Catalog::read(KestraLine::V1_3, Vec::new()));
        static V2_0_READ: LazyLock<Catalog> = LazyLock::new(|| Catalog::read(KestraLine::V2_0, Vec::new()));
        match line {
            KestraLine::V1_3 => &V1_3_READ,
            KestraLine::V2_0 => &V2_0_READ,
        }
    }

    /// The catalog of a line with what a server has beyond it. Like the others it is there until the program ends.
    #[must_use]
    pub fn extended(line: KestraLine, added: Vec<Entry>) -> &'static Self {
        Box::leak(Box::new(Self::read(line, added)))
    }

    /// Kestra itself knows best what it has, and a server knows better than a person.
    fn read(line: KestraLine, added: Vec<Entry>) -> Self {
        let generated = match line {
            KestraLine::V1_3 => V1_3,
            KestraLine::V2_0 => V2_0,
        };
        let written = |text| -> Vec<Entry> {
            serde_json::from_str(text).expect("the catalogs are part of the program")
        };
        let mut entries = BTreeMap::new();
        for (read, origin) in [
            (written(UNPUBLISHED), Origin::ByHand),
            (added, Origin::Server),
            (written(generated), Origin::Kestra),
        ] {
            entries.extend(read.into_iter().map(|entry| (entry.name.clone(), Entry { origin, ..entry })));
        }
        inherit(&mut entries);
        let named = |entry: &Entry| {
            let name = entry.name.clone();
            entry.aliases.clone().into_iter().map(move |alias| (alias, name.clone())).collect::<Vec<_>>()
        };
        let aliases = entries.values().flat_map(named).collect();
        Self { line, entries, aliases }
    }

    /// The line of Kestra that it describes.
    #[must_use]
    pub fn line(&self) -> KestraLine {
        self.line
    }

    /// Whether Kestra's own schemas say what a class is, so that a server has nothing to add.
    #[must_use]
    pub fn is_certain(&self, name: &str) -> bool {
        self.entries.get(name).is_some_and(|entry| entry.origin == Origin::Kestra)
    }

    /// The class that all plugins of a kind extend.
    pub(crate) fn base(&self, kind: Kind) -> Option<&Entry> {
        self.plugins(kind).find_map(|entry| self.model(entry.base.as_ref()?))
    }

    /// The kind of the plugins that extend a class.
    pub(crate) fn kind_of_base(&self, name: &str) -> Option<Kind> {
        self.entries.values().find(|entry| entry.base.as_deref() == Some(name)).map(|entry| entry.kind)
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
