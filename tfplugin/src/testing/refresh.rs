//! Reading an object from the state: the upgrade that every object goes through, and the read that follows in a plan.

use std::collections::BTreeMap;

use serde_json::value::RawValue;
use tonic::Request;

use super::conform::IdentityRules;
use super::failure::{HostError, check};
use super::host::Host;
use super::object::{Current, Object};
use super::rpc::{answer, encode, encode_identity, warnings};
use super::rules::Known;
use super::schemas::ResourceType;
use super::words::Step;
use crate::value::{Type, Value, json};
use crate::wire::proto::tfplugin6 as proto;

/// What a read may do to the identity of an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Identity {
    /// It stays what it was.
    Kept,
    /// It may be completed or corrected, since it comes from an import.
    Imported,
}

impl Host {
    /// Reads an object again; `None` when it is gone.
    ///
    /// # Errors
    ///
    /// Fails when the provider does, or breaks a rule of upgrades or reads.
    pub async fn refresh(&self, object: &Object) -> Result<Option<Object>, HostError> {
        let resource = self.resource(&object.type_name)?;
        let current = self.load(resource, object).await?;
        let read = self.read(resource, current, Identity::Kept).await?;
        read.map(|current| Object::save(resource, current)).transpose()
    }

    /// The values of an object from the state, by way of the provider's upgrades.
    pub(super) async fn load(&self, resource: &ResourceType, object: &Object) -> Result<Current, HostError> {
        Ok(Current {
            value: self.upgrade_state(resource, object).await?,
            private: object.private.clone(),
            identity: self.upgrade_identity(resource, object).await?,
            tainted: object.is_tainted(),
        })
    }

    async fn upgrade_state(&self, resource: &ResourceType, object: &Object) -> Result<Value, HostError> {
        let (version, current) = (object.schema_version, resource.schema.version);
        if version > current {
            let detail = format!(
                "The current state of {} was created by a newer provider version than is currently selected.",
                resource.name
            );
            return Err(HostError::refused("Resource instance managed by newer provider version", detail));
        }
        let attributes = &object.attributes;
        let stripped = (version == current).then(|| strip(attributes, &resource.schema.ty));
        let json = stripped.as_deref().unwrap_or(attributes).get().to_owned();
        let request = proto::upgrade_resource_state::Request {
            type_name: resource.name.clone(),
            version,
            raw_state: Some(proto::RawState { json: json.into(), ..Default::default() }),
        };
        let upgraded = answer(self.service.upgrade_resource_state(Request::new(request))).await?;
        warnings(upgraded.diagnostics)?;
        let subject = self.subject(&resource.name);
        let value = subject.object(Step::Upgrade, &resource.schema, upgraded.upgraded_state)?;
        check(subject.unknowns(Step::Upgrade, &resource.schema, &value))?;
        Ok(value)
    }

    /// The stored identity. The provider is asked only when it is of another version; a state from before identities
    /// has none, of version 0.
    async fn upgrade_identity(
        &self,
        resource: &ResourceType,
        object: &Object,
    ) -> Result<Option<Value>, HostError> {
        let Some(schema) = &resource.identity else { return Ok(None) };
        let version = object.identity_schema_version.unwrap_or_default();
        let stored = object.identity.as_deref().map(RawValue::get);
        if version == schema.version {
            let read = |identity: &str| json::decode(identity.as_bytes(), &schema.ty);
            return stored.map(read).transpose().map_err(|error| {
                HostError::refused("Stored identity does not fit the schema", error.to_string())
            });
        }
        let json = stored.unwrap_or_default().to_owned().into();
        let request = proto::upgrade_resource_identity::Request {
            type_name: resource.name.clone(),
            version,
            raw_identity: Some(proto::RawState { json, ..Default::default() }),
        };
        let upgraded = answer(self.service.upgrade_resource_identity(Request::new(request))).await?;
        warnings(upgraded.diagnostics)?;
        let known = if stored.is_some() { Known::Now } else { Known::Later };
        let rules = IdentityRules { known, step: "Upgrade", prior: None };
        self.subject(&resource.name).identity(resource, upgraded.upgraded_identity, rules)
    }

    /// Reads an object whose values are known; `None` when it is gone.
    pub(super) async fn read(
        &self,
        resource: &ResourceType,
        current: Current,
        known: Identity,
    ) -> Result<Option<Current>, HostError> {
        let schema = &resource.schema;
        let request = proto::read_resource::Request {
            type_name: resource.name.clone(),
            current_state: encode(&current.value, &schema.ty)?,
            private: current.private.clone(),
            client_capabilities: self.capabilities(),
            current_identity: encode_identity(current.identity.as_ref(), resource.identity_type())?,
            provider_meta: self.options.meta.clone(),
        };
        let read = answer(self.service.read_resource(Request::new(request))).await?;
        warnings(read.diagnostics)?;
        let subject = self.subject(&resource.name);
        if self.deferred(subject, read.deferred.as_ref())? {
            return Ok(Some(current));
        }
        let value = subject.object(Step::Refresh, schema, read.new_state)?;
        if value.is_null() {
            return Ok(None);
        }
        check(subject.unknowns(Step::Refresh, schema, &value))?;
        let prior = self.fixed_identity(resource, &current).filter(|_| known == Identity::Kept);
        let rules = IdentityRules { known: Known::Now, step: "Read", prior };
        let identity = subject.identity(resource, read.new_identity, rules)?;
        Ok(Some(Current { value, private: read.private, identity, tainted: current.tainted }))
    }
}

/// Takes out of a stored object the attributes that the schema has no more, as core does when the version is the same.
/// The texts of all others stay what they are.
fn strip(stored: &RawValue, ty: &Type) -> Box<RawValue> {
    let stripped = match ty {
        Type::Object(types) => members(stored, |name| types.get(name)),
        Type::Map(ty) => members(stored, |_| Some(ty)),
        Type::List(ty) | Type::Set(ty) => elements(stored, ty),
        _ => None,
    };
    stripped.and_then(|text| RawValue::from_string(text).ok()).unwrap_or_else(|| stored.to_owned())
}

fn members<'t>(stored: &RawValue, ty: impl Fn(&str) -> Option<&'t Type>) -> Option<String> {
    let members: BTreeMap<String, Box<RawValue>> = serde_json::from_str(stored.get()).ok()?;
    let kept = members.into_iter().filter_map(|(name, member)| {
        let member = strip(&member, ty(&name)?);
        Some((name, member))
    });
    serde_json::to_string(&kept.collect::<BTreeMap<_, _>>()).ok()
}

fn elements(stored: &RawValue, ty: &Type) -> Option<String> {
    let elements: Vec<Box<RawValue>> = serde_json::from_str(stored.get()).ok()?;
    serde_json::to_string(&elements.iter().map(|element| strip(element, ty)).collect::<Vec<_>>()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_the_schema_has_no_more_are_taken_out_at_any_depth() {
        let ty = Type::parse_json(
            br#"["object",{"a":"number","n":["list",["object",{"x":"bool"}]],"m":["map","string"]}]"#,
        );
        let strip = |json: &str| {
            let stored = RawValue::from_string(json.to_owned()).unwrap();
            strip(&stored, ty.as_ref().unwrap()).get().to_owned()
        };
        let cases = [
            (r#"{"a":1e400,"gone":[1]}"#, r#"{"a":1e400}"#),
            (r#"{"n":[{"x":true,"y":1}]}"#, r#"{"n":[{"x":true}]}"#),
            (r#"{"m":{"any":"kept"}}"#, r#"{"m":{"any":"kept"}}"#),
            (r#"{"n":null,"a":"text"}"#, r#"{"a":"text","n":null}"#),
            ("null", "null"),
        ];
        for (stored, expected) in cases {
            assert_eq!(strip(stored), expected);
        }
    }
}
