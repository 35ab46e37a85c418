//! The provider itself: what it offers, its configuration, and stopping.

use std::sync::Arc;

use super::proto;
use crate::diagnostics::Result;
use crate::provider::Provider;
use crate::server::Server;
use crate::wire::convert;

const CAPABILITIES: proto::ServerCapabilities = proto::ServerCapabilities {
    plan_destroy: true,
    get_provider_schema_optional: true,
    move_resource_state: true,
    generate_resource_config: false,
};

/// Only Go programs that combine providers ask for this.
pub(super) async fn metadata<P: Provider>(
    server: Arc<Server<P>>,
    _request: proto::get_metadata::Request,
) -> Result<proto::get_metadata::Response> {
    use proto::get_metadata::{DataSourceMetadata, ResourceMetadata};
    let resource = |name: &str| ResourceMetadata { type_name: name.to_owned() };
    let data_source = |name: &str| DataSourceMetadata { type_name: name.to_owned() };
    Ok(proto::get_metadata::Response {
        server_capabilities: Some(CAPABILITIES),
        resources: server.resources().map(|r| resource(r.name())).collect(),
        data_sources: server.data_sources().map(|d| data_source(d.name())).collect(),
        ..Default::default()
    })
}

pub(super) async fn schema<P: Provider>(
    server: Arc<Server<P>>,
    _request: proto::get_provider_schema::Request,
) -> Result<proto::get_provider_schema::Response> {
    let resources = server.resources().map(|r| (r.name().to_owned(), convert::schema(r.schema())));
    let data_sources = server.data_sources().map(|d| (d.name().to_owned(), convert::schema(d.schema())));
    Ok(proto::get_provider_schema::Response {
        provider: Some(convert::schema(&server.provider_entry().schema)),
        resource_schemas: resources.collect(),
        data_source_schemas: data_sources.collect(),
        server_capabilities: Some(CAPABILITIES),
        ..Default::default()
    })
}

pub(super) async fn validate<P: Provider>(
    server: Arc<Server<P>>,
    request: proto::validate_provider_config::Request,
) -> Result<proto::validate_provider_config::Response> {
    let config = convert::decode(request.config, &server.provider_entry().ty)?;
    let diagnostics = convert::diagnostics(server.validate_provider(config)?);
    Ok(proto::validate_provider_config::Response { diagnostics })
}

pub(super) async fn configure<P: Provider>(
    server: Arc<Server<P>>,
    request: proto::configure_provider::Request,
) -> Result<proto::configure_provider::Response> {
    let config = convert::decode(request.config, &server.provider_entry().ty)?;
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
