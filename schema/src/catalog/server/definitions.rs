//! The classes of a schema. Kestra's generator numbers a class that comes twice, and joins nested classes with a dash.

use std::collections::BTreeMap;

use serde_json::{Map, Value as Json};

use crate::catalog::{Catalog, FLOW, Kind};

/// The definitions of a schema by the names of their classes.
#[derive(Debug)]
pub(super) struct Definitions<'schema> {
    /// What Kestra itself has.
    pub(super) catalog: &'static Catalog,
    classes: BTreeMap<String, Map<String, Json>>,
    /// Classes that are only names for others.
    alternatives: BTreeMap<String, Vec<&'schema Json>>,
    /// What plugins are; every other class is a model.
    kinds: BTreeMap<String, Kind>,
}

impl<'schema> Definitions<'schema> {
    /// The definitions of a document; `None` for one that does not define a flow.
    pub(super) fn of(schema: &'schema Json, catalog: &'static Catalog) -> Option<Self> {
        let definitions = schema.get("definitions")?.as_object()?;
        let (mut classes, mut alternatives) = (BTreeMap::new(), BTreeMap::new());
        for (key, definition) in definitions {
            let name = class_name(key);
            if let Some(any_of) = definition.get("anyOf").and_then(Json::as_array) {
                alternatives.insert(name, any_of.iter().collect());
            } else if definition.get("$ref").is_some() {
                alternatives.insert(name, vec![definition]);
            } else {
                merge(classes.entry(name).or_default(), &whole(definitions, key));
            }
        }
        classes.contains_key(FLOW).then_some(())?;
        let mut found = Self { catalog, classes, alternatives, kinds: BTreeMap::new() };
        found.learn(schema);
        Some(found)
    }

    /// Every class that has properties, by name.
    pub(super) fn classes(&self) -> impl Iterator<Item = (&str, &Map<String, Json>)> {
        self.classes.iter().map(|(name, class)| (name.as_str(), class))
    }

    /// What may stand for a class that is only a name for others.
    pub(super) fn alternatives(&self, name: &str) -> Option<&[&'schema Json]> {
        self.alternatives.get(name).map(Vec::as_slice)
    }

    /// What a class is.
    pub(super) fn kind(&self, name: &str) -> Kind {
        self.kinds.get(name).copied().unwrap_or(Kind::Model)
    }

    /// Finds the kinds of plugins: Kestra lists every plugin that may stand somewhere, and its own are among them.
    fn learn(&mut self, schema: &Json) {
        let mut waiting = vec![schema];
        while let Some(value) = waiting.pop() {
            match value {
                Json::Array(items) => waiting.extend(items),
                Json::Object(members) => {
                    waiting.extend(members.values());
                    self.learn_list(members.get("anyOf").and_then(Json::as_array).map_or(&[], Vec::as_slice));
                }
                _ => {}
            }
        }
    }

    fn learn_list(&mut self, alternatives: &[Json]) {
        let names: Vec<String> = alternatives.iter().filter_map(|schema| referred(&flat(schema))).collect();
        let Some(known) = names.iter().find_map(|name| self.catalog.plugin(name)) else { return };
        for name in names {
            let is_plugin = self.classes.get(&name).is_some_and(|class| self::names(class).contains(&name));
            if is_plugin {
                self.kinds.insert(name, known.kind);
            }
        }
    }
}

/// The values of a class's `type`.
pub(super) fn names(class: &Map<String, Json>) -> Vec<String> {
    let schema = class.get("properties").and_then(|properties| properties.get("type"));
    let constant = schema.and_then(|schema| schema.get("const"));
    let values = schema.and_then(|schema| schema.get("enum")).and_then(Json::as_array).into_iter().flatten();
    constant.into_iter().chain(values).filter_map(Json::as_str).map(String::from).collect()
}

/// The definition of a key, with what it takes over from the other definition of its class.
fn whole(definitions: &Map<String, Json>, key: &str) -> Map<String, Json> {
    let Some(definition) = definitions.get(key) else { return Map::new() };
    let mut whole = Map::new();
    for part in definition.get("allOf").and_then(Json::as_array).into_iter().flatten() {
        match reference(part) {
            // The one that stands before it, so that two never take over from each other.
            Some(other) if other < key && class_name(other) == class_name(key) => {
                merge(&mut whole, &self::whole(definitions, other));
            }
            _ => merge(&mut whole, &flat(part)),
        }
    }
    merge(&mut whole, definition.as_object().unwrap_or(&Map::new()));
    whole
}

/// Adds a schema to another of the same class: its properties and what it requires, and the rest of it.
fn merge(into: &mut Map<String, Json>, from: &Map<String, Json>) {
    for (name, value) in from.iter().filter(|(name, _)| *name != "allOf") {
        match (into.get_mut(name), value) {
            (Some(Json::Object(members)), Json::Object(more)) if name == "properties" => {
                members.extend(more.clone());
            }
            (Some(Json::Array(items)), Json::Array(more)) if name == "required" => items.extend(more.clone()),
            _ => {
                into.insert(name.clone(), value.clone());
            }
        }
    }
}

/// A schema without `allOf`, which Kestra's generator uses to put marks beside a reference.
pub(super) fn flat(schema: &Json) -> Map<String, Json> {
    let mut flattened = Map::new();
    for part in schema.get("allOf").and_then(Json::as_array).into_iter().flatten() {
        flattened.extend(flat(part));
    }
    let own = schema.as_object().into_iter().flatten().filter(|(name, _)| *name != "allOf");
    flattened.extend(own.map(|(name, value)| (name.clone(), value.clone())));
    flattened
}

/// The name of the class that a schema refers to.
pub(super) fn referred(schema: &Map<String, Json>) -> Option<String> {
    schema.get("$ref").and_then(key).map(class_name)
}

fn reference(schema: &Json) -> Option<&str> {
    schema.get("$ref").and_then(key)
}

fn key(reference: &Json) -> Option<&str> {
    reference.as_str()?.strip_prefix("#/definitions/")
}

fn class_name(key: &str) -> String {
    let number =
        key.rsplit_once('-').filter(|(_, digits)| digits.bytes().all(|digit| digit.is_ascii_digit()));
    number.map_or(key, |(name, _)| name).replace('-', "$")
}
