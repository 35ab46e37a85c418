//! A managed object between two steps: what a state file holds of it, and nothing more.

use std::fmt;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use prost::bytes::Bytes;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use serde_json::value::RawValue;

use super::failure::HostError;
use super::schemas::ResourceType;
use crate::value::{Type, Value, json};

/// A managed object as a state file stores it.
///
/// It has no values in memory: every step reads it through the provider's `UpgradeResourceState`, as Terraform does. It
/// can be serialized, and read again by another host of the same or of a newer provider. Its `Debug` form shows no
/// values, which may be secret.
#[derive(Clone, Serialize, Deserialize)]
pub struct Object {
    #[serde(rename = "type")]
    pub(super) type_name: String,
    pub(super) schema_version: i64,
    pub(super) attributes: Box<RawValue>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) identity_schema_version: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) identity: Option<Box<RawValue>>,
    #[serde(default, with = "private", skip_serializing_if = "Bytes::is_empty")]
    pub(super) private: Bytes,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    status: Option<Status>,
}

/// What is wrong with an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Status {
    Tainted,
}

/// An object whose values are known: what a step works with.
#[derive(Clone)]
pub(super) struct Current {
    pub(super) value: Value,
    pub(super) private: Bytes,
    pub(super) identity: Option<Value>,
    pub(super) tainted: bool,
}

impl Object {
    /// An object as an earlier release of a provider, or another provider, may have stored it.
    pub fn stored(type_name: &str, schema_version: i64, attributes: &Json) -> Self {
        Self {
            type_name: type_name.to_owned(),
            schema_version,
            attributes: raw(attributes.to_string()),
            identity_schema_version: None,
            identity: None,
            private: Bytes::new(),
            status: None,
        }
    }

    /// The object as it goes into the state. Values that are unknown are stored as null.
    pub(super) fn save(resource: &ResourceType, mut current: Current) -> Result<Self, HostError> {
        current.value.null_unknowns();
        let identity = current.identity.as_ref().zip(resource.identity.as_ref());
        Ok(Self {
            type_name: resource.name.clone(),
            schema_version: resource.schema.version,
            attributes: to_raw(&current.value, &resource.schema.ty)?,
            identity_schema_version: identity.map(|(_, schema)| schema.version),
            identity: identity.map(|(identity, schema)| to_raw(identity, &schema.ty)).transpose()?,
            private: current.private,
            status: current.tainted.then_some(Status::Tainted),
        })
    }

    /// The full type name.
    pub fn type_name(&self) -> &str {
        &self.type_name
    }

    /// The attributes and blocks, in the form of state files.
    pub fn attributes(&self) -> Json {
        parsed(&self.attributes)
    }

    /// The identity, if one is stored.
    pub fn identity(&self) -> Option<Json> {
        self.identity.as_deref().map(parsed)
    }

    /// What the provider remembers about the object.
    pub fn private(&self) -> &[u8] {
        &self.private
    }

    /// Whether the next plan will replace the object, because its creation failed halfway.
    pub fn is_tainted(&self) -> bool {
        self.status == Some(Status::Tainted)
    }

    /// The same object, to be replaced by the next plan, as `terraform taint` marks it.
    #[must_use]
    pub fn taint(mut self) -> Self {
        self.status = Some(Status::Tainted);
        self
    }
}

impl fmt::Debug for Object {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Object")
            .field("type", &self.type_name)
            .field("schema_version", &self.schema_version)
            .field("attributes_bytes", &self.attributes.get().len())
            .field("private_bytes", &self.private.len())
            .field("status", &self.status)
            .finish_non_exhaustive()
    }
}

fn to_raw(value: &Value, ty: &Type) -> Result<Box<RawValue>, HostError> {
    let refused = |error: &dyn fmt::Display| HostError::refused("Value cannot be stored", error.to_string());
    let bytes = json::encode(value, ty).map_err(|error| refused(&error))?;
    let text = String::from_utf8(bytes).map_err(|error| refused(&error))?;
    Ok(raw(text))
}

/// Only texts that are JSON come here; the null stands for none of them.
fn raw(json: String) -> Box<RawValue> {
    RawValue::from_string(json).unwrap_or_else(|_| RawValue::NULL.to_owned())
}

fn parsed(raw: &RawValue) -> Json {
    serde_json::from_str(raw.get()).unwrap_or_default()
}

/// State files hold private bytes in base64.
mod private {
    use super::{BASE64_STANDARD, Bytes, Deserialize, Engine};
    use serde::de::{Deserializer, Error};
    use serde::ser::Serializer;

    pub(super) fn serialize<S: Serializer>(private: &Bytes, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&BASE64_STANDARD.encode(private))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Bytes, D::Error> {
        let text = String::deserialize(deserializer)?;
        BASE64_STANDARD.decode(text).map(Bytes::from).map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn an_object_reads_as_it_is_written_and_keeps_every_digit() {
        let file = r#"{"type":"toy_thing","schema_version":1,"attributes":{"n":12345678901234567890.5},"private":"AAE=","status":"tainted"}"#;
        let object: Object = serde_json::from_str(file).unwrap();
        assert_eq!(
            (object.type_name(), object.private(), object.is_tainted()),
            ("toy_thing", &[0, 1][..], true)
        );
        assert_eq!(serde_json::to_string(&object).unwrap(), file);
        assert!(serde_json::from_str::<Object>(&file.replace("AAE=", "?")).is_err());
    }

    #[test]
    fn values_are_not_shown() {
        let object = Object::stored("toy_thing", 0, &json!({"password": "hunter2"}));
        assert!(!format!("{object:?}").contains("hunter2"));
        assert_eq!(object.attributes(), json!({"password": "hunter2"}));
    }
}
