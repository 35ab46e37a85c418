//! The JSON schemas (Draft 7) of what a flow is made of, from the catalog of Kestra's own plugins. What the catalog does
//! not have is not here: titles, descriptions, examples and the names of all timezones.

use schema::catalog::{Catalog, Dynamic, Entry, Kind, Origin, Property, Type};
use serde_json::{Map, Value, json};

/// The dialect of Kestra's schemas.
const DIALECT: &str = "http://json-schema.org/draft-07/schema#";

/// Every kind of an entry.
const KINDS: [Kind; 7] = [
    Kind::Task,
    Kind::Trigger,
    Kind::Condition,
    Kind::TaskRunner,
    Kind::LogExporter,
    Kind::AdditionalPlugin,
    Kind::Model,
];

/// What a document is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Subject {
    Class(&'static str),
    Plugin(Kind),
}

/// A whole document, or the one of a list of its subject.
pub(super) fn document(catalog: &Catalog, subject: Subject, list: bool) -> Value {
    let subject = match subject {
        Subject::Class(name) => reference(name),
        Subject::Plugin(kind) => of(catalog, &Type::Plugin(kind)),
    };
    let mut document = if list { json!({"type": "array", "items": subject}) } else { subject };
    document["$schema"] = DIALECT.into();
    document["definitions"] = definitions(catalog);
    document
}

/// The schema of one plugin, with what it refers to.
pub(super) fn plugin(catalog: &Catalog, entry: &Entry) -> Value {
    let outputs = entry.outputs.iter().flatten().map(|name| (name.clone(), json!({})));
    json!({
        "properties": class(catalog, entry),
        "outputs": {"properties": outputs.collect::<Map<String, Value>>()},
        "definitions": definitions(catalog),
    })
}

/// The plugins of a kind that come with Kestra.
pub(super) fn own(catalog: &Catalog, kind: Kind) -> impl Iterator<Item = &Entry> {
    catalog.plugins(kind).filter(|entry| entry.origin == Origin::Kestra)
}

fn definitions(catalog: &Catalog) -> Value {
    let entries = KINDS.into_iter().flat_map(|kind| own(catalog, kind));
    entries.map(|entry| (key(&entry.name), class(catalog, entry))).collect::<Map<String, Value>>().into()
}

/// Nested classes are joined with a dash.
fn key(name: &str) -> String {
    name.replace('$', "-")
}

fn reference(name: &str) -> Value {
    json!({"$ref": format!("#/definitions/{}", key(name))})
}

fn class(catalog: &Catalog, entry: &Entry) -> Value {
    let mut properties = Map::new();
    let mut required: Vec<&str> = Vec::new();
    if entry.kind != Kind::Model {
        let mut names = vec![entry.name.as_str()];
        names.extend(entry.aliases.iter().map(String::as_str));
        let only = names.len() == 1;
        properties
            .insert("type".into(), if only { json!({"const": names[0]}) } else { json!({"enum": names}) });
        required.push("type");
    }
    for (name, property) in entry.properties.iter().filter(|(_, property)| !property.undocumented) {
        properties.insert(name.clone(), self::property(catalog, property));
        if property.required {
            required.push(name);
        }
    }
    let mut class = json!({"type": "object", "properties": properties});
    if !required.is_empty() {
        class["required"] = json!(required);
    }
    if entry.deprecated {
        class["$deprecated"] = true.into();
    }
    class
}

fn property(catalog: &Catalog, property: &Property) -> Value {
    let schema = of(catalog, &property.kind);
    // A reference takes no neighbours.
    let mut schema = if schema.get("$ref").is_some() { json!({"allOf": [schema]}) } else { schema };
    schema["$dynamic"] = (property.dynamic != Dynamic::Never).into();
    if property.deprecated {
        schema["$deprecated"] = true.into();
    }
    if let Some(default) = &property.default {
        schema["default"] = default.clone();
    }
    schema
}

fn of(catalog: &Catalog, kind: &Type) -> Value {
    match kind {
        Type::Any => json!({}),
        Type::Boolean => json!({"type": "boolean"}),
        Type::Zone => json!({"type": "string"}),
        Type::String(text) => typed("string", json!(text)),
        Type::Integer(numbers) => typed("integer", json!(numbers)),
        Type::Number(numbers) => typed("number", json!(numbers)),
        Type::Enum(values) => json!({"type": "string", "enum": values}),
        Type::List(items) => {
            let mut list = json!({"type": "array", "items": of(catalog, &items.of)});
            for (name, size) in [("minItems", items.min_items), ("maxItems", items.max_items)] {
                if let Some(size) = size {
                    list[name] = size.into();
                }
            }
            list
        }
        Type::Map(values) => json!({"type": "object", "additionalProperties": of(catalog, values)}),
        Type::One(kinds) => {
            json!({"anyOf": kinds.iter().map(|kind| of(catalog, kind)).collect::<Vec<_>>()})
        }
        Type::Model(name) => reference(name),
        Type::Plugin(kind) => {
            json!({"anyOf": own(catalog, *kind).map(|entry| reference(&entry.name)).collect::<Vec<_>>()})
        }
    }
}

fn typed(name: &str, mut limits: Value) -> Value {
    limits["type"] = name.into();
    limits
}

#[cfg(test)]
mod tests {
    use schema::{
        KestraLine,
        catalog::{FLOW, server},
    };

    use super::*;

    /// What differs between the catalog and the schema on purpose.
    fn comparable(property: &Property) -> (bool, bool, Option<Value>, String) {
        let kind = format!("{:?}", property.kind)
            .replace("Zone", &format!("{:?}", Type::String(Default::default())));
        (property.required, property.deprecated, property.default.clone(), kind)
    }

    /// Kinds that some property takes, without which a reader of the schema can't know them.
    const TAKEN: [Kind; 4] = [Kind::Task, Kind::Trigger, Kind::Condition, Kind::Model];

    #[test]
    fn the_schema_of_a_flow_reads_back_as_the_catalog() {
        for line in KestraLine::ALL {
            let catalog = Catalog::of(line);
            let document = document(catalog, Subject::Class(FLOW), false);
            let read = server::entries(&document, line).unwrap();
            let mut compared = 0;
            for entry in read.iter().filter(|entry| catalog.is_certain(&entry.name)) {
                let known = catalog.plugin(&entry.name).or_else(|| catalog.model(&entry.name)).unwrap();
                if !TAKEN.contains(&known.kind) {
                    continue;
                }
                assert_eq!(
                    (entry.kind, &entry.aliases),
                    (known.kind, &known.aliases),
                    "{line} {}",
                    entry.name
                );
                for (name, property) in &entry.properties {
                    let expected = comparable(&known.properties[name]);
                    assert_eq!(comparable(property), expected, "{line} {} {name}", entry.name);
                    compared += 1;
                }
            }
            assert!(compared > 300, "{line}: {compared}");
        }
    }
}
