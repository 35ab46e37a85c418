//! Walks through a flow beside the catalog and notes every plugin, every map with known properties, and every value with
//! a known type.

use std::collections::BTreeMap;

use super::super::super::place::Place;
use super::super::enough::ENOUGH;
use super::types::misspelling;
use crate::catalog::{Catalog, Dynamic, Entry, FLOW, Kind, Type};
use crate::yaml::Node;

/// Kestra reads labels in a way of its own, for which there is a rule.
const LABEL: &str = "io.kestra.core.models.Label";

/// A map that names a plugin, or should.
#[derive(Debug)]
pub(in super::super) struct PluginUse<'flow> {
    /// The map.
    pub(super) place: Place<'flow>,
    /// What Kestra wants there.
    pub(super) kind: Kind,
    /// The plugin; `None` when the catalog does not know the type.
    pub(super) entry: Option<&'static Entry>,
    /// The type of the catalog that was most likely meant, when it does not know this one.
    pub(super) meant: Option<&'static str>,
}

/// A map with the properties of a plugin or model.
#[derive(Debug)]
pub(in super::super) struct Object<'flow> {
    /// The map.
    pub(super) place: Place<'flow>,
    /// What it has.
    pub(super) entry: &'static Entry,
}

/// A value that is not null, and what it should be.
#[derive(Debug)]
pub(in super::super) struct Typed<'flow> {
    /// The value.
    pub(super) place: Place<'flow>,
    /// What it should be.
    pub(super) kind: &'static Type,
    /// Whether Kestra looks at it only when the flow runs, after it has rendered expressions in it.
    pub(super) dynamic: bool,
    /// What has the property.
    pub(super) entry: &'static Entry,
}

/// What a flow uses of a catalog.
#[derive(Debug)]
pub struct Uses<'flow> {
    pub(in super::super) catalog: &'static Catalog,
    pub(super) plugins: Vec<PluginUse<'flow>>,
    pub(super) objects: Vec<Object<'flow>>,
    pub(super) values: Vec<Typed<'flow>>,
    /// What was most likely meant by types that the catalog does not know.
    meant: BTreeMap<(&'flow str, Kind), Option<&'static str>>,
    /// What the walk has still to look at. A stack of its own: flows may be nested deeply.
    waiting: Vec<Typed<'flow>>,
}

impl<'flow> Uses<'flow> {
    /// Everything that the flow at `root` uses.
    pub(in super::super) fn of(root: &Place<'flow>, catalog: &'static Catalog) -> Self {
        let mut uses = Self {
            catalog,
            plugins: Vec::new(),
            objects: Vec::new(),
            values: Vec::new(),
            meant: BTreeMap::new(),
            waiting: Vec::new(),
        };
        if let Some(flow) = catalog.model(FLOW) {
            uses.properties(root, flow);
        }
        while let Some(value) = uses.waiting.pop() {
            uses.visit(&value);
            uses.values.push(value);
        }
        // The last to be found stands first.
        uses.plugins.reverse();
        uses.objects.reverse();
        uses.values.reverse();
        uses
    }

    /// The maps that are of a class of the catalog, whatever name their `type` gives it.
    pub(in super::super) fn of_class(&self, name: &str) -> impl Iterator<Item = &Place<'flow>> {
        self.objects.iter().filter(move |object| object.entry.name == name).map(|object| &object.place)
    }

    /// The plugins of a kind that the catalog knows.
    pub(in super::super) fn of_kind(&self, kind: Kind) -> impl Iterator<Item = &Place<'flow>> {
        let is_it = move |object: &&Object<'flow>| object.entry.kind == kind;
        self.objects.iter().filter(is_it).map(|object| &object.place)
    }

    /// Leaves the properties of a map to be visited.
    fn properties(&mut self, place: &Place<'flow>, entry: &'static Entry) {
        let names = place.node.as_mapping().into_iter().flatten().map(|(name, _)| name);
        for name in names {
            if let (Some(property), Some(place)) = (entry.property(name), place.get(name)) {
                self.waiting.push(Typed {
                    place,
                    kind: &property.kind,
                    dynamic: property.dynamic == Dynamic::Any,
                    entry,
                });
            }
        }
    }

    fn visit(&mut self, value: &Typed<'flow>) {
        let within = |place, kind| Typed { place, kind, dynamic: false, entry: value.entry };
        match value.kind {
            _ if value.dynamic => {}
            Type::List(items) => {
                let items = value.place.elements().into_iter().map(|place| within(place, &items.of));
                self.waiting.extend(items.filter(|item| !item.place.node.is_null()));
            }
            Type::Map(of) => {
                let entries = value.place.entries().into_iter().map(|(_, place)| within(place, &**of));
                self.waiting.extend(entries.filter(|entry| !entry.place.node.is_null()));
            }
            Type::Model(name) if name != LABEL => self.object(&value.place, self.catalog.model(name)),
            Type::Plugin(kind) => self.plugin(&value.place, *kind),
            Type::One(kinds) => self.object(&value.place, variant(self.catalog, kinds, &value.place)),
            _ => {}
        }
    }

    fn object(&mut self, place: &Place<'flow>, entry: Option<&'static Entry>) {
        if let Some(entry) = entry.filter(|_| place.node.as_mapping().is_some()) {
            self.properties(place, entry);
            self.objects.push(Object { place: place.clone(), entry });
        }
    }

    fn plugin(&mut self, place: &Place<'flow>, kind: Kind) {
        if place.node.as_mapping().is_none() {
            return;
        }
        let name = place.node.get("type").and_then(Node::as_str);
        let entry = name.and_then(|name| self.catalog.plugin(name));
        let meant = name.filter(|_| entry.is_none()).and_then(|name| self.meant(name, kind));
        self.plugins.push(PluginUse { place: place.clone(), kind, entry, meant });
        self.object(place, entry);
    }

    /// The type that was most likely meant by `name`. Comparing it with all there are takes long, so it is done once for
    /// each name, and for so many of them as anybody reads about.
    fn meant(&mut self, name: &'flow str, kind: Kind) -> Option<&'static str> {
        if self.meant.len() >= ENOUGH && !self.meant.contains_key(&(name, kind)) {
            return None;
        }
        let catalog = self.catalog;
        *self.meant.entry((name, kind)).or_insert_with(|| misspelling(name, catalog, kind))
    }
}

/// The model among `kinds` that the `type` of `place` picks; of several the one that is only for that `type`.
fn variant(catalog: &'static Catalog, kinds: &[Type], place: &Place<'_>) -> Option<&'static Entry> {
    let name = place.text("type")?;
    let models = kinds.iter().filter_map(|kind| match kind {
        Type::Model(name) => catalog.model(name),
        _ => None,
    });
    let picked = models.filter_map(|entry| {
        let names = names(entry)?;
        names.iter().any(|known| *known == name).then_some((names.len(), entry))
    });
    picked.min_by_key(|(count, _)| *count).map(|(_, entry)| entry)
}

/// The values of `type` that pick a model; none when it is not told apart like this.
pub(super) fn names(entry: &'static Entry) -> Option<&'static [String]> {
    match &entry.properties.get("type")?.kind {
        Type::Enum(names) => Some(names),
        _ => None,
    }
}
