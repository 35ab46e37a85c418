//! RPCs for kinds of things that no provider on this crate offers yet. Hosts do not call them, because the schema lists
//! nothing for them; whoever does gets a sentence, not a gRPC status.

use std::sync::Arc;

use super::proto;
use crate::diagnostics::{Diagnostics, Result};
use crate::provider::Provider;
use crate::server::Server;

fn none<T>(kind: &str, name: &str) -> Result<T> {
    Err(Diagnostics::error(
        format!("No such {kind}"),
        format!("This provider has no {kind} {name:?}; its schema lists what it has."),
    ))
}

/// One function per RPC: its name, the message, the kind of thing, and the field that names it.
macro_rules! unoffered {
    ($($handler:ident($message:ident) -> $answer:ident: $kind:literal, $name:ident;)*) => {
        $(
            pub(super) async fn $handler<P: Provider>(
                _server: Arc<Server<P>>,
                request: proto::$message::Request,
            ) -> Result<proto::$message::$answer> {
                none($kind, &request.$name)
            }
        )*
    };
}

unoffered! {
    generate_config(generate_resource_config) -> Response: "configuration generator for the resource type", type_name;
    validate_ephemeral(validate_ephemeral_resource_config) -> Response: "ephemeral resource type", type_name;
    open_ephemeral(open_ephemeral_resource) -> Response: "ephemeral resource type", type_name;
    renew_ephemeral(renew_ephemeral_resource) -> Response: "ephemeral resource type", type_name;
    close_ephemeral(close_ephemeral_resource) -> Response: "ephemeral resource type", type_name;
    call_function(call_function) -> Response: "function", name;
    validate_list(validate_list_resource_config) -> Response: "list resource type", type_name;
    list_resource(list_resource) -> Event: "list resource type", type_name;
    plan_action(plan_action) -> Response: "action type", action_type;
    validate_action(validate_action_config) -> Response: "action type", type_name;
    invoke_action(invoke_action) -> Event: "action type", action_type;
    validate_state_store(validate_state_store) -> Response: "state store type", type_name;
    configure_state_store(configure_state_store) -> Response: "state store type", type_name;
    read_state_bytes(read_state_bytes) -> Response: "state store type", type_name;
    lock_state(lock_state) -> Response: "state store type", type_name;
    unlock_state(unlock_state) -> Response: "state store type", type_name;
    states(get_states) -> Response: "state store type", type_name;
    delete_state(delete_state) -> Response: "state store type", type_name;
}

/// A `moved` block may name any two types, so this one is a user's mistake and not a host's.
pub(super) async fn move_state<P: Provider>(
    _server: Arc<Server<P>>,
    request: proto::move_resource_state::Request,
) -> Result<proto::move_resource_state::Response> {
    Err(Diagnostics::error(
        "Resource cannot be moved",
        format!(
            "This provider cannot turn {} of {} into {}. Instead of the `moved` block, write a `removed` block with \
             `destroy = false` for the old address and an `import` block for the new one.",
            request.source_type_name, request.source_provider_address, request.target_type_name
        ),
    ))
}

/// There are none, which is an answer and not a failure.
pub(super) async fn functions<P: Provider>(
    _server: Arc<Server<P>>,
    _request: proto::get_functions::Request,
) -> Result<proto::get_functions::Response> {
    Ok(proto::get_functions::Response::default())
}

pub(super) async fn write_state_bytes<P: Provider>(
    _server: Arc<Server<P>>,
    _request: (),
) -> Result<proto::write_state_bytes::Response> {
    none("state store type", "")
}
