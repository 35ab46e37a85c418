//! The catalog of a server: Kestra's JSON schema of a flow, which lists every plugin that the server has, as entries.

mod definitions;
mod types;

use std::collections::BTreeMap;

use serde_json::{Map, Value as Json};

use super::{Catalog, Dynamic, Entry, Kind, Origin, Property};
use crate::line::KestraLine;
use definitions::{Definitions, flat};

/// Why a document is no schema of a flow.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("this is not Kestra's JSON schema of a flow: it has no `definitions` with the class of a flow")]
pub struct NoSchema;

/// Every plugin and model of the schema of a server of `line`, by name. A schema leaves out what Kestra reads without documenting it, so that a
/// property which an entry does not have is no certain mistake.
///
/// # Errors
/// The document is something else.
pub fn entries(schema: &Json, line: KestraLine) -> Result<Vec<Entry>, NoSchema> {
    let definitions = Definitions::of(schema, Catalog::of(line)).ok_or(NoSchema)?;
    // Classes of the JDK are texts in a flow.
    let classes = definitions.classes().filter(|(name, _)| !name.starts_with("java."));
    Ok(classes.map(|(name, class)| entry(&definitions, name, class)).collect())
}

fn entry(definitions: &Definitions<'_>, name: &str, class: &Map<String, Json>) -> Entry {
    let kind = definitions.kind(name);
    let mut properties = properties(definitions, class);
    let mut aliases = Vec::new();
    if kind != Kind::Model {
        // The name and the aliases say it.
        properties.remove("type");
        aliases = definitions::names(class).into_iter().filter(|alias| alias != name).collect();
        aliases.sort_unstable();
    }
    let base = definitions.catalog.base(kind);
    // Kestra itself knows best what all of them have.
    properties.retain(|name, property| {
        base.and_then(|base| base.properties.get(name)).is_none_or(|known| !says_the_same(known, property))
    });
    Entry {
        name: name.to_owned(),
        kind,
        origin: Origin::Server,
        aliases,
        base: base.map(|base| base.name.clone()),
        deprecated: is_marked(class, "$deprecated"),
        open: false,
        executor: false,
        outputs: None,
        properties,
    }
}

fn properties(definitions: &Definitions<'_>, class: &Map<String, Json>) -> BTreeMap<String, Property> {
    let required: Vec<&str> = class
        .get("required")
        .and_then(Json::as_array)
        .into_iter()
        .flatten()
        .filter_map(Json::as_str)
        .collect();
    let properties = class.get("properties").and_then(Json::as_object).into_iter().flatten();
    properties
        .map(|(name, schema)| {
            (name.clone(), property(definitions, schema, required.contains(&name.as_str())))
        })
        .collect()
}

fn property(definitions: &Definitions<'_>, schema: &Json, required: bool) -> Property {
    let flat = flat(schema);
    Property {
        kind: types::of(definitions, schema),
        required,
        dynamic: if anywhere(&flat, "$dynamic") { Dynamic::Any } else { Dynamic::Never },
        deprecated: anywhere(&flat, "$deprecated"),
        undocumented: false,
        default: flat.get("default").cloned(),
        aliases: Vec::new(),
    }
}

fn says_the_same(one: &Property, other: &Property) -> bool {
    let told = |property: &Property| (property.required, property.deprecated, property.default.clone());
    one.kind == other.kind && told(one) == told(other)
}

fn is_marked(schema: &Map<String, Json>, mark: &str) -> bool {
    schema.get(mark).and_then(Json::as_bool).unwrap_or_default()
}

/// Whether a mark is set on the schema or on one of its alternatives.
fn anywhere(schema: &Map<String, Json>, mark: &str) -> bool {
    let alternatives = schema.get("anyOf").and_then(Json::as_array).into_iter().flatten();
    is_marked(schema, mark) || alternatives.map(flat).any(|alternative| is_marked(&alternative, mark))
}

#[cfg(test)]
mod tests;
