//! Ephemeral resources.

use std::sync::Arc;

use super::proto;
use crate::diagnostics::{Diagnostics, Result};
use crate::private::Private;
use crate::provider::Provider;
use crate::server::{Server, check};
use crate::value::Value;
use crate::wire::convert;

pub(super) async fn validate<P: Provider>(
    server: Arc<Server<P>>,
    request: proto::validate_ephemeral_resource_config::Request,
) -> Result<proto::validate_ephemeral_resource_config::Response> {
    let entry = server.ephemeral_resources.get(&request.type_name)?;
    let config = convert::decode(request.config, entry.ty())?;
    let warnings = check(&entry.schema().block, config, |config| entry.item.validate(config))?;
    let diagnostics = convert::diagnostics(warnings);
    Ok(proto::validate_ephemeral_resource_config::Response { diagnostics })
}

pub(super) async fn open<P: Provider>(
    server: Arc<Server<P>>,
    request: proto::open_ephemeral_resource::Request,
) -> Result<proto::open_ephemeral_resource::Response> {
    let entry = server.ephemeral_resources.get(&request.type_name)?;
    let config = convert::decode(request.config, entry.ty())?;
    let cx = server.context(Value::Null)?;
    let opened = match entry.item.open(&cx, config).await {
        Ok(opened) => opened,
        Err(error) => {
            return Ok(proto::open_ephemeral_resource::Response {
                deferred: Some(convert::deferral(request.client_capabilities, &error).ok_or(error)?),
                result: convert::encode(&Value::unknown(), entry.ty())?,
                ..Default::default()
            });
        }
    };
    if opened.result.has_unknown() {
        // No host closes what failed to open.
        entry.item.close(&cx, opened.private).await?;
        return Err(left_unknown(&request.type_name));
    }
    Ok(proto::open_ephemeral_resource::Response {
        result: convert::encode(&opened.result, entry.ty())?,
        private: Some(opened.private.encode().into()),
        renew_at: opened.renew_at.map(Into::into),
        diagnostics: convert::diagnostics(opened.warnings),
        ..Default::default()
    })
}

pub(super) async fn renew<P: Provider>(
    server: Arc<Server<P>>,
    request: proto::renew_ephemeral_resource::Request,
) -> Result<proto::renew_ephemeral_resource::Response> {
    let entry = server.ephemeral_resources.get(&request.type_name)?;
    let private = Private::decode(&request.private.unwrap_or_default());
    let renewed = entry.item.renew(&server.context(Value::Null)?, private).await?;
    Ok(proto::renew_ephemeral_resource::Response {
        private: Some(renewed.private.encode().into()),
        renew_at: renewed.renew_at.map(Into::into),
        diagnostics: convert::diagnostics(renewed.warnings),
    })
}

pub(super) async fn close<P: Provider>(
    server: Arc<Server<P>>,
    request: proto::close_ephemeral_resource::Request,
) -> Result<proto::close_ephemeral_resource::Response> {
    let entry = server.ephemeral_resources.get(&request.type_name)?;
    let private = Private::decode(&request.private.unwrap_or_default());
    let warnings = entry.item.close(&server.context(Value::Null)?, private).await?;
    Ok(proto::close_ephemeral_resource::Response { diagnostics: convert::diagnostics(warnings) })
}

fn left_unknown(name: &str) -> Diagnostics {
    Diagnostics::error(
        "Provider left values unknown",
        format!(
            "After the {name} was opened, some of its values were unknown. This is a bug in the provider; please report it."
        ),
    )
}
