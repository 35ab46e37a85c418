//! Imports: by id or by identity, and the read that core makes of whatever the provider answers.

use serde_json::Value as Json;
use tonic::Request;

use super::conform::IdentityRules;
use super::failure::{HostError, Violation, check};
use super::host::Host;
use super::object::{Current, Object};
use super::refresh::Identity;
use super::rpc::{answer, encode_identity, warnings};
use super::rules::Known;
use super::schema::IdentitySchema;
use super::schemas::ResourceType;
use super::words::Step;
use crate::value::{Value, json};
use crate::wire::proto::tfplugin6 as proto;

impl Host {
    /// Imports an object by its id, and reads it.
    ///
    /// # Errors
    ///
    /// Fails when the provider does, when it breaks a rule, and when there is no such object.
    pub async fn import(&self, type_name: &str, id: &str) -> Result<Object, HostError> {
        let request = proto::import_resource_state::Request { id: id.to_owned(), ..Default::default() };
        self.import_by(self.resource(type_name)?, request, &format!("ID {id}")).await
    }

    /// Imports an object by its identity, and reads it.
    ///
    /// # Errors
    ///
    /// As [`import`](Self::import), and when the identity does not fit its schema.
    pub async fn import_identity(&self, type_name: &str, identity: &Json) -> Result<Object, HostError> {
        let resource = self.resource(type_name)?;
        let Some(schema) = &resource.identity else {
            let detail = format!("The resource type {type_name} has no identity.");
            return Err(HostError::refused("Invalid import argument", detail));
        };
        let value = read_identity(schema, identity)?;
        let identity = encode_identity(Some(&value), Some(&schema.ty))?;
        let request = proto::import_resource_state::Request { identity, ..Default::default() };
        self.import_by(resource, request, "Identity").await
    }

    async fn import_by(
        &self,
        resource: &ResourceType,
        request: proto::import_resource_state::Request,
        by: &str,
    ) -> Result<Object, HostError> {
        let by_identity = request.identity.is_some();
        let request = proto::import_resource_state::Request {
            type_name: resource.name.clone(),
            client_capabilities: self.capabilities(),
            ..request
        };
        let imported = answer(self.service.import_resource_state(Request::new(request))).await?;
        warnings(imported.diagnostics)?;
        if self.deferred(self.subject(&resource.name), imported.deferred.as_ref())? {
            return Err(HostError::refused(
                "Import is deferred",
                "The provider cannot import the object yet.",
            ));
        }
        let current = self.imported(resource, imported.imported_resources, by_identity, by)?;
        match self.read(resource, current, Identity::Imported).await? {
            Some(current) => Object::save(resource, current),
            None => Err(nothing_there(&resource.name)),
        }
    }

    /// The one object of the answer.
    fn imported(
        &self,
        resource: &ResourceType,
        imported: Vec<proto::import_resource_state::ImportedResource>,
        by_identity: bool,
        by: &str,
    ) -> Result<Current, HostError> {
        let subject = self.subject(&resource.name);
        let imported = single(imported, by)?;
        if imported.type_name != resource.name {
            let detail = format!(
                "While attempting to import with {by}, the provider returned a {}.",
                imported.type_name
            );
            return Err(Violation::new("Import returned an instance of another type", detail).into());
        }
        let value = subject.object(Step::Import, &resource.schema, imported.state)?;
        if value.is_null() {
            let detail = format!(
                "While attempting to import with {by}, the provider returned an instance with no state."
            );
            return Err(Violation::new("Import returned null resource", detail).into());
        }
        check(subject.unknowns(Step::Import, &resource.schema, &value))?;
        let known = if by_identity { Known::Now } else { Known::Later };
        let rules = IdentityRules { known, step: "Import", prior: None };
        let identity = subject.identity(resource, imported.identity, rules)?;
        Ok(Current { value, private: imported.private, identity, tainted: false })
    }
}

fn read_identity(schema: &IdentitySchema, identity: &Json) -> Result<Value, HostError> {
    let value = json::decode(identity.to_string().as_bytes(), &schema.ty)
        .map_err(|error| HostError::refused("Invalid import identity", error.to_string()))?;
    let given =
        |name: &String| value.as_map().and_then(|members| members.get(name)).is_some_and(|v| !v.is_null());
    match schema.required.iter().find(|name| !given(name)) {
        Some(name) => {
            let detail = format!("The identity attribute {name:?} is required for an import.");
            Err(HostError::refused("Invalid import identity", detail))
        }
        None => Ok(value),
    }
}

fn single(
    imported: Vec<proto::import_resource_state::ImportedResource>,
    by: &str,
) -> Result<proto::import_resource_state::ImportedResource, HostError> {
    let (summary, detail) = match <[_; 1]>::try_from(imported) {
        Ok([imported]) => return Ok(imported),
        Err(none) if none.is_empty() => (
            "Import returned no resources",
            format!("While attempting to import with {by}, the provider returned no instance states."),
        ),
        Err(_) => (
            "Multiple import states not supported",
            format!(
                "While attempting to import with {by}, the provider returned multiple resource instance states. This is \
                 not currently supported."
            ),
        ),
    };
    Err(Violation::new(summary, detail).into())
}

/// Not a violation: the user named something that does not exist.
fn nothing_there(type_name: &str) -> HostError {
    let detail = format!(
        "While attempting to import an existing object to \"{type_name}.this\", the provider detected that no object \
         exists with the given id. Only pre-existing objects can be imported; check that the id is correct and that it \
         is associated with the provider's configured region or endpoint, or use \"terraform apply\" to create a new \
         remote object for this resource."
    );
    HostError::refused("Cannot import non-existent remote object", detail)
}
