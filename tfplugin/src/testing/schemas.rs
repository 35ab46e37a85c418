//! Everything a provider offers, loaded as hosts load it: with the schema call and the call for identities.

use std::collections::BTreeMap;

use tonic::Request;

use super::failure::HostError;
use super::rpc::{answer, warnings};
use super::schema::{IdentitySchema, Schema, invalid};
use super::signature::Signature;
use crate::value::Type;
use crate::wire::proto::tfplugin6::{self as proto, provider_server::Provider};

/// What a provider offers, by name.
pub(super) struct Schemas {
    pub(super) provider: Schema,
    pub(super) resources: BTreeMap<String, ResourceType>,
    pub(super) meta: Option<Schema>,
    pub(super) data_sources: BTreeMap<String, Schema>,
    pub(super) ephemeral_resources: BTreeMap<String, Schema>,
    pub(super) list_resources: BTreeMap<String, Schema>,
    pub(super) actions: BTreeMap<String, Schema>,
    pub(super) functions: BTreeMap<String, Signature>,
    pub(super) capabilities: proto::ServerCapabilities,
}

/// A kind of managed object.
pub(super) struct ResourceType {
    pub(super) name: String,
    pub(super) schema: Schema,
    pub(super) identity: Option<IdentitySchema>,
}

impl ResourceType {
    /// The type of its identities, if it has any.
    pub(super) fn identity_type(&self) -> Option<&Type> {
        self.identity.as_ref().map(|identity| &identity.ty)
    }
}

impl Schemas {
    pub(super) async fn load(provider: &dyn Provider) -> Result<Self, HostError> {
        let offered =
            answer(provider.get_provider_schema(Request::new(proto::get_provider_schema::Request {})))
                .await?;
        warnings(offered.diagnostics)?;
        let asked = proto::get_resource_identity_schemas::Request {};
        let identities = answer(provider.get_resource_identity_schemas(Request::new(asked))).await?;
        warnings(identities.diagnostics)?;
        let meta =
            offered.provider_meta.map(|schema| Schema::read("provider_meta", Some(schema))).transpose()?;
        let schemas = Self {
            provider: Schema::read("the provider", offered.provider)?,
            meta,
            resources: resources(offered.resource_schemas, identities.identity_schemas)?,
            data_sources: schemas("data source", offered.data_source_schemas)?,
            ephemeral_resources: schemas("ephemeral resource", offered.ephemeral_resource_schemas)?,
            list_resources: schemas("list resource", offered.list_resource_schemas)?,
            actions: actions(offered.action_schemas)?,
            functions: functions(offered.functions)?,
            capabilities: offered.server_capabilities.unwrap_or_default(),
        };
        schemas.check_lists()?;
        Ok(schemas)
    }

    /// Objects are listed by their identities.
    fn check_lists(&self) -> Result<(), HostError> {
        let listable =
            |name: &String| self.resources.get(name).is_some_and(|resource| resource.identity.is_some());
        match self.list_resources.keys().find(|name| !listable(name)) {
            Some(name) => Err(invalid(
                &format!("list resource {name}"),
                "there is no managed resource of that name that has an identity",
            )),
            None => Ok(()),
        }
    }
}

fn actions(schemas: BTreeMap<String, proto::ActionSchema>) -> Result<BTreeMap<String, Schema>, HostError> {
    let read = |(name, action): (String, proto::ActionSchema)| {
        let schema = Schema::read(&format!("action {name}"), action.schema)?;
        Ok((name, schema))
    };
    schemas.into_iter().map(read).collect()
}

fn functions(functions: BTreeMap<String, proto::Function>) -> Result<BTreeMap<String, Signature>, HostError> {
    let read = |(name, function)| {
        let signature = Signature::read(&format!("function {name}"), function)?;
        Ok((name, signature))
    };
    functions.into_iter().map(read).collect()
}

fn schemas(
    kind: &str,
    schemas: BTreeMap<String, proto::Schema>,
) -> Result<BTreeMap<String, Schema>, HostError> {
    let read =
        |(name, schema)| Ok((String::clone(&name), Schema::read(&format!("{kind} {name}"), Some(schema))?));
    schemas.into_iter().map(read).collect()
}

/// An identity of a resource that does not exist is ignored, as core does.
fn resources(
    schemas: BTreeMap<String, proto::Schema>,
    mut identities: BTreeMap<String, proto::ResourceIdentitySchema>,
) -> Result<BTreeMap<String, ResourceType>, HostError> {
    let read = |(name, schema): (String, _)| {
        let what = format!("resource {name}");
        let identity =
            identities.remove(&name).map(|identity| IdentitySchema::read(&what, identity)).transpose()?;
        let schema = Schema::read(&what, Some(schema))?;
        Ok((name.clone(), ResourceType { name, schema, identity }))
    };
    schemas.into_iter().map(read).collect()
}
