//! Data sources.

use std::sync::Arc;

use super::proto;
use crate::diagnostics::Result;
use crate::provider::Provider;
use crate::server::Server;
use crate::wire::convert;

pub(super) async fn validate<P: Provider>(
    server: Arc<Server<P>>,
    request: proto::validate_data_resource_config::Request,
) -> Result<proto::validate_data_resource_config::Response> {
    let entry = server.data_source(&request.type_name)?;
    let config = convert::decode(request.config, entry.ty())?;
    let diagnostics = convert::diagnostics(entry.data_source.validate(config)?);
    Ok(proto::validate_data_resource_config::Response { diagnostics })
}

pub(super) async fn read<P: Provider>(
    server: Arc<Server<P>>,
    request: proto::read_data_source::Request,
) -> Result<proto::read_data_source::Response> {
    let entry = server.data_source(&request.type_name)?;
    let config = convert::decode(request.config, entry.ty())?;
    let reply = entry.data_source.read(&server.context()?, config).await?;
    Ok(proto::read_data_source::Response {
        state: convert::encode(&reply.value, entry.ty())?,
        diagnostics: convert::diagnostics(reply.warnings),
        ..Default::default()
    })
}
