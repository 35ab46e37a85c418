//! The smallest provider that is a process of its own: it offers nothing, so every call is answered `UNIMPLEMENTED`, but
//! it starts, shakes hands, logs, panics and ends like any other.

use std::process::ExitCode;

use tfplugin::wire::proto::tfplugin6::provider_server::Provider;
use tfplugin::wire::proto::tfplugin6::*;
use tfplugin::wire::{Program, run};
use tokio_stream::Pending;
use tonic::{Request, Response, Status, Streaming};

const PROGRAM: Program = Program {
    name: "process",
    crates: &["process_provider"],
};

fn main() -> ExitCode {
    run(&PROGRAM, || {
        assert!(std::env::var_os("PANIC_AT_START").is_none(), "asked to panic");
        EmptyProvider
    })
}

/// Offers nothing.
struct EmptyProvider;

/// What every call comes to.
fn answer<T>() -> Result<Response<T>, Status> {
    assert!(
        std::env::var_os("PANIC_IN_CALL").is_none(),
        "the password is hunter2"
    );
    Err(Status::unimplemented("this provider offers nothing"))
}

macro_rules! empty_provider {
    (
        calls { $($method:ident($messages:ident);)* }
        streams { $($stream_method:ident($stream_messages:ident) -> $stream:ident of $event:ident;)* }
    ) => {
        #[tonic::async_trait]
        impl Provider for EmptyProvider {
            $(async fn $method(
                &self,
                _: Request<$messages::Request>,
            ) -> Result<Response<$messages::Response>, Status> {
                answer()
            })*

            $(type $stream = Pending<Result<$stream_messages::$event, Status>>;

            async fn $stream_method(
                &self,
                _: Request<$stream_messages::Request>,
            ) -> Result<Response<Self::$stream>, Status> {
                answer()
            })*

            async fn write_state_bytes(
                &self,
                _: Request<Streaming<write_state_bytes::RequestChunk>>,
            ) -> Result<Response<write_state_bytes::Response>, Status> {
                answer()
            }
        }
    };
}

empty_provider! {
    calls {
        get_metadata(get_metadata);
        get_provider_schema(get_provider_schema);
        validate_provider_config(validate_provider_config);
        validate_resource_config(validate_resource_config);
        validate_data_resource_config(validate_data_resource_config);
        upgrade_resource_state(upgrade_resource_state);
        get_resource_identity_schemas(get_resource_identity_schemas);
        upgrade_resource_identity(upgrade_resource_identity);
        configure_provider(configure_provider);
        read_resource(read_resource);
        plan_resource_change(plan_resource_change);
        apply_resource_change(apply_resource_change);
        import_resource_state(import_resource_state);
        move_resource_state(move_resource_state);
        read_data_source(read_data_source);
        generate_resource_config(generate_resource_config);
        validate_ephemeral_resource_config(validate_ephemeral_resource_config);
        open_ephemeral_resource(open_ephemeral_resource);
        renew_ephemeral_resource(renew_ephemeral_resource);
        close_ephemeral_resource(close_ephemeral_resource);
        validate_list_resource_config(validate_list_resource_config);
        get_functions(get_functions);
        call_function(call_function);
        validate_state_store_config(validate_state_store);
        configure_state_store(configure_state_store);
        lock_state(lock_state);
        unlock_state(unlock_state);
        get_states(get_states);
        delete_state(delete_state);
        plan_action(plan_action);
        validate_action_config(validate_action_config);
        stop_provider(stop_provider);
    }
    streams {
        list_resource(list_resource) -> ListResourceStream of Event;
        read_state_bytes(read_state_bytes) -> ReadStateBytesStream of Response;
        invoke_action(invoke_action) -> InvokeActionStream of Event;
    }
}
