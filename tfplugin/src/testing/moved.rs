//! `moved` blocks across types and providers: an object that was of another type becomes one of this provider's.

use tonic::Request;

use super::conform::IdentityRules;
use super::failure::{HostError, Violation, check};
use super::host::Host;
use super::object::{Current, Object};
use super::rpc::{answer, warnings};
use super::rules::Known;
use super::words::Step;
use crate::wire::proto::tfplugin6 as proto;

impl Host {
    /// Turns an object of another type, or of another provider, into one of the type. Terraform asks a provider that is
    /// not configured; what comes back is planned like any other object, and therefore read first.
    ///
    /// The provider of the object is given as in a state file: `registry.terraform.io/example/toy`.
    ///
    /// # Errors
    ///
    /// Fails when the provider does not know the other type, or breaks a rule.
    pub async fn move_state(
        &self,
        provider: &str,
        source: &Object,
        type_name: &str,
    ) -> Result<Object, HostError> {
        let (resource, subject) = (self.resource(type_name)?, self.subject(type_name));
        if !self.schemas.capabilities.move_resource_state {
            return Err(self.unsupported("move to resource type", type_name));
        }
        let state = |json: &serde_json::value::RawValue| proto::RawState {
            json: json.get().to_owned().into(),
            ..Default::default()
        };
        let request = proto::move_resource_state::Request {
            source_provider_address: provider.to_owned(),
            source_type_name: source.type_name.clone(),
            source_schema_version: source.schema_version,
            source_state: Some(state(&source.attributes)),
            target_type_name: type_name.to_owned(),
            source_private: source.private.clone(),
            source_identity: source.identity.as_deref().map(state),
            ..Default::default()
        };
        let moved = answer(self.service.move_resource_state(Request::new(request))).await?;
        warnings(moved.diagnostics)?;
        let value = subject.object(Step::Move, &resource.schema, moved.target_state)?;
        if value.is_null() {
            let detail =
                format!("The provider moved {} to {subject} and returned no object.", source.type_name);
            return Err(Violation::new("Provider returned invalid value", detail).into());
        }
        check(subject.unknowns(Step::Move, &resource.schema, &value))?;
        let rules = IdentityRules { known: Known::Later, step: "Move", prior: None };
        let identity = subject.identity(resource, moved.target_identity, rules)?;
        let (private, tainted) = (moved.target_private, source.is_tainted());
        Object::save(resource, Current { value, private, identity, tainted })
    }
}
