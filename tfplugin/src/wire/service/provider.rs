//! The provider itself: what it offers, its configuration, and stopping.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::proto;
use crate::diagnostics::Result;
use crate::provider::Provider;
use crate::schema::Schema;
use crate::server::{Server, Table};
use crate::wire::convert;

const CAPABILITIES: proto::ServerCapabilities = proto::ServerCapabilities {
    plan_destroy: true,
    get_provider_schema_optional: true,
    move_resource_state: true,
    generate_resource_config: true,
};

/// Only Go programs that combine providers ask for this.
pub(super) async fn metadata<P: Provider>(
    server: Arc<Server<P>>,
    _request: proto::get_metadata::Request,
) -> Result<proto::get_metadata::Response> {
    use proto::get_metadata as of;
    Ok(proto::get_metadata::Response {
        server_capabilities: Some(CAPABILITIES),
        resources: server.resources.names().map(|type_name| of::ResourceMetadata { type_name }).collect(),
        data_sources: server
            .data_sources
            .names()
            .map(|type_name| of::DataSourceMetadata { type_name })
            .collect(),
        functions: server.functions.names().map(|name| of::FunctionMetadata { name }).collect(),
        ephemeral_resources: server
            .ephemeral_resources
            .names()
            .map(|type_name| of::EphemeralMetadata { type_name })
            .collect(),
        list_resources: server
            .list_resources
            .names()
            .map(|type_name| of::ListResourceMetadata { type_name })
            .collect(),
        actions: server.actions.names().map(|type_name| of::ActionMetadata { type_name }).collect(),
        ..Default::default()
    })
}

pub(super) async fn schema<P: Provider>(
    server: Arc<Server<P>>,
    _request: proto::get_provider_schema::Request,
) -> Result<proto::get_provider_schema::Response> {
    let action = |schema: &Schema| proto::ActionSchema { schema: Some(convert::schema(schema)) };
    Ok(proto::get_provider_schema::Response {
        provider: Some(convert::schema(&server.config().schema)),
        resource_schemas: by_name(&server.resources, |entry| convert::schema(entry.schema())),
        data_source_schemas: by_name(&server.data_sources, |entry| convert::schema(entry.schema())),
        functions: by_name(&server.functions, convert::function),
        ephemeral_resource_schemas: by_name(&server.ephemeral_resources, |entry| {
            convert::schema(entry.schema())
        }),
        list_resource_schemas: by_name(&server.list_resources, |entry| convert::schema(entry.schema())),
        action_schemas: by_name(&server.actions, |entry| action(entry.schema())),
        provider_meta: server.meta().map(|meta| convert::schema(&meta.schema)),
        server_capabilities: Some(CAPABILITIES),
        ..Default::default()
    })
}

pub(super) fn by_name<E, S>(table: &Table<E>, schema: impl Fn(&E) -> S) -> BTreeMap<String, S> {
    table.iter().map(|(name, entry)| (name.to_owned(), schema(entry))).collect()
}

pub(super) async fn validate<P: Provider>(
    server: Arc<Server<P>>,
    request: proto::validate_provider_config::Request,
) -> Result<proto::validate_provider_config::Response> {
    let config = convert::decode(request.config, &server.config().ty)?;
    let diagnostics = convert::diagnostics(server.validate_provider(config)?);
    Ok(proto::validate_provider_config::Response { diagnostics })
}

pub(super) async fn configure<P: Provider>(
    server: Arc<Server<P>>,
    request: proto::configure_provider::Request,
) -> Result<proto::configure_provider::Response> {
    let config = convert::decode(request.config, &server.config().ty)?;
    let warnings = server.configure(config, request.terraform_version).await?;
    Ok(proto::configure_provider::Response { diagnostics: convert::diagnostics(warnings) })
}

pub(super) async fn stop<P: Provider>(
    server: Arc<Server<P>>,
    _request: proto::stop_provider::Request,
) -> Result<proto::stop_provider::Response> {
    server.stop();
    Ok(proto::stop_provider::Response::default())
}
