//! The types of a schema's properties. What is not understood takes any value.

use serde_json::{Map, Value as Json};

use super::definitions::{Definitions, flat, referred};
use crate::catalog::{Items, Kind, Text, Type};

/// A value that only lists of timezones have.
const TIMEZONE: &str = "Etc/UTC";

/// Types go no deeper than this in schemas that Kestra writes; what lies deeper takes any value.
const DEEPEST: usize = 10;

/// The type of a property.
pub(super) fn of(definitions: &Definitions<'_>, schema: &Json) -> Type {
    Types { definitions, depth: 0 }.of(schema)
}

struct Types<'a> {
    definitions: &'a Definitions<'a>,
    depth: usize,
}

impl Types<'_> {
    fn of(&self, schema: &Json) -> Type {
        if self.depth > DEEPEST {
            return Type::Any;
        }
        let inside = Self { definitions: self.definitions, depth: self.depth + 1 };
        let flat = flat(schema);
        if let Some(name) = referred(&flat) {
            return inside.class(name);
        }
        if let Some(alternatives) = flat.get("anyOf").and_then(Json::as_array) {
            return inside.one(alternatives.iter());
        }
        if let Some(values) = values(&flat) {
            return if values.iter().any(|value| value == TIMEZONE) {
                Type::Zone
            } else {
                Type::Enum(values)
            };
        }
        inside.plain(&flat)
    }

    fn plain(&self, schema: &Map<String, Json>) -> Type {
        match schema.get("type").and_then(Json::as_str) {
            Some("string") => Type::String(limits(schema)),
            Some("integer") => Type::Integer(limits(schema)),
            Some("number") => Type::Number(limits(schema)),
            Some("boolean") => Type::Boolean,
            Some("array") => Type::List(Box::new(Items {
                of: schema.get("items").map_or(Type::Any, |items| self.of(items)),
                min_items: size(schema, "minItems"),
                max_items: size(schema, "maxItems"),
            })),
            Some("object") => {
                let of = schema.get("additionalProperties").filter(|of| of.is_object());
                Type::Map(Box::new(of.map_or(Type::Any, |of| self.of(of))))
            }
            _ => Type::Any,
        }
    }

    fn class(&self, name: String) -> Type {
        if let Some(alternatives) = self.definitions.alternatives(&name) {
            return self.one(alternatives.iter().copied());
        }
        match (self.definitions.kind(&name), self.definitions.catalog.kind_of_base(&name)) {
            (_, Some(kind)) => Type::Plugin(kind),
            // Classes of the JDK are texts in a flow.
            _ if name.starts_with("java.") => Type::String(Text::default()),
            (Kind::Model, None) => Type::Model(name),
            (kind, None) => Type::Plugin(kind),
        }
    }

    /// Kestra lists every plugin that may stand somewhere; all of them together are a kind.
    fn one<'s>(&self, alternatives: impl Iterator<Item = &'s Json>) -> Type {
        let mut types = Vec::new();
        for alternative in alternatives {
            let more = match self.of(alternative) {
                Type::One(nested) => nested,
                single => vec![single],
            };
            more.into_iter().for_each(|kind| {
                if !types.contains(&kind) {
                    types.push(kind)
                }
            });
        }
        match types.len() {
            1 => types.remove(0),
            _ => Type::One(types),
        }
    }
}

fn values(schema: &Map<String, Json>) -> Option<Vec<String>> {
    let constant = schema.get("const").map(std::slice::from_ref);
    let values = constant.or_else(|| schema.get("enum")?.as_array().map(Vec::as_slice))?;
    Some(values.iter().map(|value| value.as_str().map_or_else(|| value.to_string(), String::from)).collect())
}

/// What a value must look like. A schema that says it in another way says nothing.
fn limits<T: serde::de::DeserializeOwned + Default>(schema: &Map<String, Json>) -> T {
    const LIMITS: [&str; 7] =
        ["format", "pattern", "minLength", "maxLength", "minimum", "maximum", "exclusiveMinimum"];
    let limits = LIMITS.iter().filter_map(|name| Some(((*name).to_owned(), schema.get(*name)?.clone())));
    serde_json::from_value(Json::Object(limits.collect())).unwrap_or_default()
}

fn size(schema: &Map<String, Json>, name: &str) -> Option<usize> {
    schema.get(name)?.as_u64().and_then(|size| usize::try_from(size).ok())
}
