//! Managed resources.

use std::sync::Arc;

use super::proto;
use crate::diagnostics::{Diagnostics, Result};
use crate::private::Private;
use crate::provider::Provider;
use crate::server::{ApplyRequest, ImportTarget, ProposedChange, Server, StoredObject};
use crate::wire::convert;

pub(super) async fn validate<P: Provider>(
    server: Arc<Server<P>>,
    request: proto::validate_resource_config::Request,
) -> Result<proto::validate_resource_config::Response> {
    let entry = server.resource(&request.type_name)?;
    let capabilities = request.client_capabilities.unwrap_or_default();
    let config = convert::decode(request.config, entry.ty())?;
    let warnings = entry.validate(config, capabilities.write_only_attributes_allowed)?;
    Ok(proto::validate_resource_config::Response { diagnostics: convert::diagnostics(warnings) })
}

pub(super) async fn upgrade_state<P: Provider>(
    server: Arc<Server<P>>,
    request: proto::upgrade_resource_state::Request,
) -> Result<proto::upgrade_resource_state::Response> {
    let entry = server.resource(&request.type_name)?;
    let stored = request.raw_state.unwrap_or_default();
    if stored.json.is_empty() {
        return Err(flatmap(&request.type_name));
    }
    let state = entry.upgrade(request.version, &stored.json)?;
    let upgraded_state = convert::encode(&state, entry.ty())?;
    Ok(proto::upgrade_resource_state::Response { upgraded_state, ..Default::default() })
}

fn flatmap(name: &str) -> Diagnostics {
    Diagnostics::error(
        "State is too old",
        format!(
            "The state of this {name} was written by Terraform 0.11 or older. Apply once with Terraform 0.12 and the \
             provider of that time, then upgrade again."
        ),
    )
}

pub(super) async fn identity_schemas<P: Provider>(
    server: Arc<Server<P>>,
    _request: proto::get_resource_identity_schemas::Request,
) -> Result<proto::get_resource_identity_schemas::Response> {
    let schema = |name: &str, identity| (name.to_owned(), convert::identity_schema(identity));
    let schemas = server.resources().filter_map(|entry| Some(schema(entry.name(), entry.identity()?)));
    Ok(proto::get_resource_identity_schemas::Response {
        identity_schemas: schemas.collect(),
        ..Default::default()
    })
}

/// A state from before identities had none: its data is empty, and the next read fills it.
pub(super) async fn upgrade_identity<P: Provider>(
    server: Arc<Server<P>>,
    request: proto::upgrade_resource_identity::Request,
) -> Result<proto::upgrade_resource_identity::Response> {
    let entry = server.resource(&request.type_name)?;
    let stored = request.raw_identity.unwrap_or_default();
    let json = if stored.json.is_empty() { &b"{}"[..] } else { &stored.json };
    let identity = entry.upgrade_identity(json)?;
    let upgraded_identity = convert::encode_identity(Some(&identity), entry.identity_type())?;
    Ok(proto::upgrade_resource_identity::Response { upgraded_identity, ..Default::default() })
}

pub(super) async fn read<P: Provider>(
    server: Arc<Server<P>>,
    request: proto::read_resource::Request,
) -> Result<proto::read_resource::Response> {
    let entry = server.resource(&request.type_name)?;
    let state = convert::decode(request.current_state, entry.ty())?;
    let private = Private::decode(&request.private);
    let outcome = entry.read(&server.context()?, StoredObject { state, private }).await?;
    Ok(proto::read_resource::Response {
        new_state: convert::encode(&outcome.state, entry.ty())?,
        private: outcome.private.encode().into(),
        new_identity: convert::encode_identity(outcome.identity.as_ref(), entry.identity_type())?,
        diagnostics: convert::diagnostics(outcome.warnings),
        ..Default::default()
    })
}

pub(super) async fn plan<P: Provider>(
    server: Arc<Server<P>>,
    request: proto::plan_resource_change::Request,
) -> Result<proto::plan_resource_change::Response> {
    let entry = server.resource(&request.type_name)?;
    let change = ProposedChange {
        config: convert::decode(request.config, entry.ty())?,
        prior: convert::decode(request.prior_state, entry.ty())?,
        proposed: convert::decode(request.proposed_new_state, entry.ty())?,
        private: Private::decode(&request.prior_private),
    };
    let outcome = entry.plan(&server.context()?, change).await?;
    Ok(proto::plan_resource_change::Response {
        planned_state: convert::encode(&outcome.planned, entry.ty())?,
        requires_replace: outcome.replace.iter().map(convert::attribute_path).collect(),
        planned_private: outcome.private.encode().into(),
        planned_identity: convert::encode_identity(outcome.identity.as_ref(), entry.identity_type())?,
        diagnostics: convert::diagnostics(outcome.warnings),
        ..Default::default()
    })
}

pub(super) async fn apply<P: Provider>(
    server: Arc<Server<P>>,
    request: proto::apply_resource_change::Request,
) -> Result<proto::apply_resource_change::Response> {
    let entry = server.resource(&request.type_name)?;
    let change = ApplyRequest {
        config: convert::decode(request.config, entry.ty())?,
        prior: convert::decode(request.prior_state, entry.ty())?,
        planned: convert::decode(request.planned_state, entry.ty())?,
        private: Private::decode(&request.planned_private),
    };
    let outcome = entry.apply(&server.context()?, change).await;
    Ok(proto::apply_resource_change::Response {
        new_state: convert::encode(&outcome.state, entry.ty())?,
        private: outcome.private.encode().into(),
        new_identity: convert::encode_identity(outcome.identity.as_ref(), entry.identity_type())?,
        diagnostics: convert::diagnostics(outcome.diagnostics),
        ..Default::default()
    })
}

pub(super) async fn import<P: Provider>(
    server: Arc<Server<P>>,
    request: proto::import_resource_state::Request,
) -> Result<proto::import_resource_state::Response> {
    let entry = server.resource(&request.type_name)?;
    let target = match (request.identity, entry.identity_type()) {
        (identity @ Some(_), Some(ty)) => ImportTarget::Identity(convert::decode_identity(identity, ty)?),
        _ => ImportTarget::Id(request.id),
    };
    let imported = entry.import(target)?;
    let imported = proto::import_resource_state::ImportedResource {
        type_name: request.type_name,
        state: convert::encode(&imported.state, entry.ty())?,
        identity: convert::encode_identity(imported.identity.as_ref(), entry.identity_type())?,
        ..Default::default()
    };
    Ok(proto::import_resource_state::Response { imported_resources: vec![imported], ..Default::default() })
}
