//! One class of the flow language, and one of its properties, as the catalogs write them down.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::types::Type;

/// A plugin, or a model that properties refer to.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// What `type` says for a plugin, otherwise the name of the class.
    pub name: String,
    /// What it is.
    pub kind: Kind,
    /// Who says so.
    #[serde(skip)]
    pub origin: Origin,
    /// Other values of `type` for the same plugin.
    #[serde(default, skip_serializing_if = "is_default")]
    pub aliases: Vec<String>,
    /// The class whose properties it has too.
    #[serde(rename = "extends", skip_serializing_if = "is_default")]
    pub base: Option<String>,
    /// Whether Kestra advises against it.
    #[serde(default, skip_serializing_if = "is_default")]
    pub deprecated: bool,
    /// Whether it has properties that are not listed.
    #[serde(default, skip_serializing_if = "is_default")]
    pub open: bool,
    /// Whether it is a task that the executor runs itself, without a worker.
    #[serde(default, skip_serializing_if = "is_default")]
    pub executor: bool,
    /// The names of what comes out of it; `None` when nobody knows before it runs.
    #[serde(skip_serializing_if = "is_default")]
    pub outputs: Option<Vec<String>>,
    /// The properties by name, those of the base included. `type` is one of a model only.
    #[serde(default, skip_serializing_if = "is_default")]
    pub properties: BTreeMap<String, Property>,
}

/// The catalogs leave out what goes without saying.
pub(super) fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

impl Entry {
    /// A property, by its own name or by an alias.
    #[must_use]
    pub fn property(&self, name: &str) -> Option<&Property> {
        let aliased =
            || self.properties.values().find(|property| property.aliases.iter().any(|alias| alias == name));
        self.properties.get(name).or_else(aliased)
    }

    /// The names of properties that are most like `name`, best first.
    #[must_use]
    pub fn nearest(&self, name: &str) -> Vec<&str> {
        let documented = self.properties.iter().filter(|(_, property)| !property.undocumented);
        super::nearest(name, documented.map(|(name, _)| name.as_str()))
    }
}

/// Where an entry comes from, which decides how much its silence means.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Origin {
    /// Kestra's own schemas and reader: what is not there, Kestra refuses.
    #[default]
    Kestra,
    /// The schemas of a server: what is there is right, and its reader may take more.
    Server,
    /// A person, from the plugin's sources: there may be more.
    ByHand,
}

/// What an entry is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Something a flow does.
    Task,
    /// Something that starts a flow.
    Trigger,
    /// A condition of a trigger; only in 1.3.
    Condition,
    /// Where a script runs.
    TaskRunner,
    /// Where logs are sent.
    LogExporter,
    /// A plugin of another plugin.
    AdditionalPlugin,
    /// No plugin: a map that a property takes.
    Model,
}

/// Whether Kestra renders expressions in a property.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Dynamic {
    /// It renders nothing.
    #[default]
    Never,
    /// It reads the value when the flow is saved, and renders the texts in it when the flow runs.
    Text,
    /// It keeps whatever is there until the flow runs.
    Any,
}

/// One property.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Property {
    /// The values it takes.
    #[serde(rename = "type")]
    pub kind: Type,
    /// Whether it has to be there.
    #[serde(default, skip_serializing_if = "is_default")]
    pub required: bool,
    /// Whether Kestra renders expressions in it, and what it reads before that.
    #[serde(default, skip_serializing_if = "is_default")]
    pub dynamic: Dynamic,
    /// Whether Kestra advises against it.
    #[serde(default, skip_serializing_if = "is_default")]
    pub deprecated: bool,
    /// Whether Kestra reads it without documenting it; its type is then unknown.
    #[serde(default, skip_serializing_if = "is_default")]
    pub undocumented: bool,
    /// The value it has when it is left out.
    #[serde(skip_serializing_if = "is_default")]
    pub default: Option<Value>,
    /// Other names that Kestra reads.
    #[serde(default, skip_serializing_if = "is_default")]
    pub aliases: Vec<String>,
}
