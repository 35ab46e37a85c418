//! Managed resources.

use std::sync::Arc;

use super::{meta, proto};
use crate::diagnostics::{Diagnostics, Result};
use crate::private::Private;
use crate::provider::Provider;
use crate::resource::MoveRequest;
use crate::server::{ApplyRequest, ImportTarget, ProposedChange, ResourceEntry, Server, StoredObject};
use crate::wire::convert;

pub(super) async fn validate<P: Provider>(
    server: Arc<Server<P>>,
    request: proto::validate_resource_config::Request,
) -> Result<proto::validate_resource_config::Response> {
    let entry = server.resources.get(&request.type_name)?;
    let capabilities = request.client_capabilities.unwrap_or_default();
    let config = convert::decode(request.config, entry.ty())?;
    let warnings = entry.validate(config, capabilities.write_only_attributes_allowed)?;
    Ok(proto::validate_resource_config::Response { diagnostics: convert::diagnostics(warnings) })
}

pub(super) async fn upgrade_state<P: Provider>(
    server: Arc<Server<P>>,
    request: proto::upgrade_resource_state::Request,
) -> Result<proto::upgrade_resource_state::Response> {
    let entry = server.resources.get(&request.type_name)?;
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
    let schema = |(name, entry): (&str, &ResourceEntry<_>)| {
        Some((name.to_owned(), convert::identity_schema(entry.identity()?)))
    };
    let identity_schemas = server.resources.iter().filter_map(schema).collect();
    Ok(proto::get_resource_identity_schemas::Response { identity_schemas, ..Default::default() })
}

pub(super) async fn upgrade_identity<P: Provider>(
    server: Arc<Server<P>>,
    request: proto::upgrade_resource_identity::Request,
) -> Result<proto::upgrade_resource_identity::Response> {
    let entry = server.resources.get(&request.type_name)?;
    let stored = request.raw_identity.unwrap_or_default();
    let identity = entry.upgrade_identity(request.version, &stored.json)?;
    let upgraded_identity = convert::encode_identity(Some(&identity), entry.identity_type())?;
    Ok(proto::upgrade_resource_identity::Response { upgraded_identity, ..Default::default() })
}

pub(super) async fn read<P: Provider>(
    server: Arc<Server<P>>,
    request: proto::read_resource::Request,
) -> Result<proto::read_resource::Response> {
    let entry = server.resources.get(&request.type_name)?;
    let state = convert::decode(request.current_state.clone(), entry.ty())?;
    let private = Private::decode(&request.private);
    let cx = server.context(meta(&server, request.provider_meta)?)?;
    match entry.read(&cx, StoredObject { state, private }).await {
        Ok(outcome) => Ok(proto::read_resource::Response {
            new_state: convert::encode(&outcome.state, entry.ty())?,
            private: outcome.private.encode().into(),
            new_identity: convert::encode_identity(outcome.identity.as_ref(), entry.identity_type())?,
            diagnostics: convert::diagnostics(outcome.warnings),
            ..Default::default()
        }),
        Err(error) => Ok(proto::read_resource::Response {
            deferred: Some(convert::deferral(request.client_capabilities, &error).ok_or(error)?),
            new_state: request.current_state,
            private: request.private,
            new_identity: request.current_identity,
            ..Default::default()
        }),
    }
}

pub(super) async fn plan<P: Provider>(
    server: Arc<Server<P>>,
    request: proto::plan_resource_change::Request,
) -> Result<proto::plan_resource_change::Response> {
    let entry = server.resources.get(&request.type_name)?;
    let change = ProposedChange {
        config: convert::decode(request.config, entry.ty())?,
        prior: convert::decode(request.prior_state, entry.ty())?,
        proposed: convert::decode(request.proposed_new_state, entry.ty())?,
        private: Private::decode(&request.prior_private),
    };
    let cx = server.context(meta(&server, request.provider_meta)?)?;
    let deferred_plan =
        convert::allows_deferral(request.client_capabilities).then(|| entry.deferred_plan(&change));
    match entry.plan(&cx, change).await {
        Ok(outcome) => Ok(proto::plan_resource_change::Response {
            planned_state: convert::encode(&outcome.planned, entry.ty())?,
            requires_replace: outcome.replace.iter().map(convert::attribute_path).collect(),
            planned_private: outcome.private.encode().into(),
            planned_identity: convert::encode_identity(outcome.identity.as_ref(), entry.identity_type())?,
            diagnostics: convert::diagnostics(outcome.warnings),
            ..Default::default()
        }),
        Err(error) => Ok(proto::plan_resource_change::Response {
            deferred: Some(convert::deferral(request.client_capabilities, &error).ok_or(error)?),
            planned_state: convert::encode(&deferred_plan.unwrap_or_default(), entry.ty())?,
            planned_private: request.prior_private,
            ..Default::default()
        }),
    }
}

pub(super) async fn apply<P: Provider>(
    server: Arc<Server<P>>,
    request: proto::apply_resource_change::Request,
) -> Result<proto::apply_resource_change::Response> {
    let entry = server.resources.get(&request.type_name)?;
    let change = ApplyRequest {
        config: convert::decode(request.config, entry.ty())?,
        prior: convert::decode(request.prior_state, entry.ty())?,
        planned: convert::decode(request.planned_state, entry.ty())?,
        private: Private::decode(&request.planned_private),
    };
    let cx = server.context(meta(&server, request.provider_meta)?)?;
    let outcome = entry.apply(&cx, change).await;
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
    let entry = server.resources.get(&request.type_name)?;
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

pub(super) async fn move_state<P: Provider>(
    server: Arc<Server<P>>,
    request: proto::move_resource_state::Request,
) -> Result<proto::move_resource_state::Response> {
    let entry = server.resources.get(&request.target_type_name)?;
    let stored = request.source_state.unwrap_or_default();
    if stored.json.is_empty() {
        return Err(flatmap(&request.source_type_name));
    }
    let moved = entry.move_state(MoveRequest {
        provider: without_host(&request.source_provider_address),
        type_name: request.source_type_name,
        schema_version: request.source_schema_version,
        state: String::from_utf8_lossy(&stored.json).into_owned(),
        private: Private::decode(&request.source_private),
    })?;
    Ok(proto::move_resource_state::Response {
        target_state: convert::encode(&moved.state, entry.ty())?,
        target_private: moved.private.encode().into(),
        target_identity: convert::encode_identity(moved.identity.as_ref(), entry.identity_type())?,
        ..Default::default()
    })
}

/// `registry.example/a/b` is `a/b`: hosts have different registries for the same provider.
fn without_host(address: &str) -> String {
    let parts: Vec<&str> = address.split('/').collect();
    parts[parts.len().saturating_sub(2)..].join("/")
}

pub(super) async fn generate_config<P: Provider>(
    server: Arc<Server<P>>,
    request: proto::generate_resource_config::Request,
) -> Result<proto::generate_resource_config::Response> {
    let entry = server.resources.get(&request.type_name)?;
    let state = convert::decode(request.state, entry.ty())?;
    let config = convert::encode(&entry.generate_config(state)?, entry.ty())?;
    Ok(proto::generate_resource_config::Response { config, ..Default::default() })
}
