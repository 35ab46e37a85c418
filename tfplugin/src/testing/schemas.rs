//! Everything a provider offers, loaded as hosts load it: with the schema call and the call for identities.

use std::collections::BTreeMap;

use tonic::Request;

use super::failure::HostError;
use super::rpc::{answer, warnings};
use super::schema::{IdentitySchema, Schema};
use crate::wire::proto::tfplugin6::{self as proto, provider_server::Provider};

/// What a provider offers, by name.
pub(super) struct Schemas {
    pub(super) provider: Schema,
    pub(super) resources: BTreeMap<String, ResourceType>,
    pub(super) data_sources: BTreeMap<String, Schema>,
    pub(super) capabilities: proto::ServerCapabilities,
}

/// A kind of managed object.
pub(super) struct ResourceType {
    pub(super) name: String,
    pub(super) schema: Schema,
    pub(super) identity: Option<IdentitySchema>,
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
        Ok(Self {
            provider: Schema::read("the provider", offered.provider)?,
            resources: resources(offered.resource_schemas, identities.identity_schemas)?,
            data_sources: schemas("data source", offered.data_source_schemas)?,
            capabilities: offered.server_capabilities.unwrap_or_default(),
        })
    }
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
