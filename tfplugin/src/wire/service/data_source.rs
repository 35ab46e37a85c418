//! Data sources.

use std::sync::Arc;

use super::{meta, proto};
use crate::diagnostics::Result;
use crate::provider::Provider;
use crate::server::{Server, check};
use crate::value::Value;
use crate::wire::convert;

pub(super) async fn validate<P: Provider>(
    server: Arc<Server<P>>,
    request: proto::validate_data_resource_config::Request,
) -> Result<proto::validate_data_resource_config::Response> {
    let entry = server.data_sources.get(&request.type_name)?;
    let config = convert::decode(request.config, entry.ty())?;
    let warnings = check(&entry.schema().block, config, |config| entry.item.validate(config))?;
    let diagnostics = convert::diagnostics(warnings);
    Ok(proto::validate_data_resource_config::Response { diagnostics })
}

pub(super) async fn read<P: Provider>(
    server: Arc<Server<P>>,
    request: proto::read_data_source::Request,
) -> Result<proto::read_data_source::Response> {
    let entry = server.data_sources.get(&request.type_name)?;
    let config = convert::decode(request.config, entry.ty())?;
    let cx = server.context(meta(&server, request.provider_meta)?)?;
    match entry.item.read(&cx, config).await {
        Ok(reply) => Ok(proto::read_data_source::Response {
            state: convert::encode(&reply.value, entry.ty())?,
            diagnostics: convert::diagnostics(reply.warnings),
            ..Default::default()
        }),
        Err(error) => Ok(proto::read_data_source::Response {
            deferred: Some(convert::deferral(request.client_capabilities, &error).ok_or(error)?),
            state: convert::encode(&Value::unknown(), entry.ty())?,
            ..Default::default()
        }),
    }
}
