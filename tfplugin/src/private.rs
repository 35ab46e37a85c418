//! What a provider remembers about an object beside its state. Hosts store it as opaque bytes.
//!
//! States written by another provider of the same resources hold that provider's bytes: they read as empty, never as an
//! error.

use std::collections::BTreeMap;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// Marks bytes as ours; the number is the version of this format.
const MARK: &str = "tfplugin/1";

/// Facts about an object, by name. Secrets do not belong here: state files are readable.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Private(BTreeMap<String, Value>);

impl Private {
    /// Reads what a host stored; anything that is not ours is dropped.
    pub fn decode(bytes: &[u8]) -> Self {
        let envelope: Option<BTreeMap<String, Value>> = serde_json::from_slice(bytes).ok();
        match envelope.and_then(|mut envelope| envelope.remove(MARK)) {
            Some(Value::Object(facts)) => Self(facts.into_iter().collect()),
            _ => Self::default(),
        }
    }

    /// The bytes for the host; none when there is nothing to remember.
    pub fn encode(&self) -> Vec<u8> {
        if self.0.is_empty() {
            return Vec::new();
        }
        serde_json::json!({ MARK: self.0 }).to_string().into_bytes()
    }

    /// The fact `name`, unless it is absent or was written in another form.
    pub fn get<T: DeserializeOwned>(&self, name: &str) -> Option<T> {
        self.0.get(name).and_then(|value| T::deserialize(value).ok())
    }

    /// Remembers a fact; one that has no JSON form is forgotten.
    pub fn set<T: Serialize>(&mut self, name: &str, fact: &T) {
        match serde_json::to_value(fact) {
            Ok(value) => self.0.insert(name.to_owned(), value),
            Err(_) => self.0.remove(name),
        };
    }

    /// Forgets a fact.
    pub fn remove(&mut self, name: &str) {
        self.0.remove(name);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn facts_survive_the_host() {
        let mut private = Private::default();
        private.set("stamp", &(3, "2026-01-01"));
        let back = Private::decode(&private.encode());
        assert_eq!(back.get::<(i64, String)>("stamp"), Some((3, "2026-01-01".to_owned())));
        assert_eq!(back.get::<bool>("stamp"), None, "another form is no fact");
    }

    #[test]
    fn fractions_do_not_drift() {
        let mut private = Private::default();
        private.set("size", &1.5e200);
        assert_eq!(Private::decode(&private.encode()), private);
    }

    #[test]
    fn bytes_of_other_providers_read_as_empty() {
        let foreign =
            [&b""[..], b"\xff\x00", b"null", b"[]", br#"{"schema_version":"1"}"#, br#"{".k":"eyJ9"}"#];
        for bytes in foreign {
            assert_eq!(Private::decode(bytes), Private::default());
        }
        assert!(Private::default().encode().is_empty());
    }
}
