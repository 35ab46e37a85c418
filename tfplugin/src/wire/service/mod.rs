//! The provider service: one row per RPC, one file per group of them.
//!
//! Every handler runs in a task of its own. A host that cancels a call must not tear a create apart halfway, and a handler
//! that panics must end as one diagnostic, not as a dead process.

mod answer;
mod data_source;
mod provider;
mod resource;
mod unoffered;

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use tokio_stream::Stream;
use tonic::{Request, Response, Status, Streaming};
use tracing::{Instrument, error_span};

use self::answer::{Answer, panicked};
use super::proto::tfplugin6 as proto;
use super::proto::tfplugin6::provider_server;
use crate::diagnostics::Result;
use crate::provider::Provider;
use crate::server::Server;

/// Answers a host on behalf of a provider.
pub(crate) struct Service<P: Provider>(Arc<Server<P>>);

type Events<T> = Pin<Box<dyn Stream<Item = std::result::Result<T, Status>> + Send>>;

impl<P: Provider> Service<P> {
    pub(crate) fn new(provider: P) -> Self {
        Self(Arc::new(Server::new(provider)))
    }

    async fn call<Q, A, F>(&self, method: &str, request: Q, handler: fn(Arc<Server<P>>, Q) -> F) -> A
    where
        A: Answer,
        F: Future<Output = Result<A>> + Send + 'static,
    {
        let rpc = rpc_name(method);
        // A span of the gravest level is there whatever the user asked for, so that every line names its call.
        let span = error_span!("call", tf_rpc = rpc, tf_provider_addr = P::ADDRESS);
        let task = tokio::spawn(handler(Arc::clone(&self.0), request).instrument(span));
        match task.await {
            Ok(Ok(answer)) => answer,
            Ok(Err(diagnostics)) => A::failed(diagnostics),
            Err(_) => A::failed(panicked(&rpc)),
        }
    }
}

/// The protocol's name of an RPC, such as `ReadResource`, by which hosts and their logs know it.
fn rpc_name(method: &str) -> String {
    let words = method.split('_').filter_map(|word| word.split_at_checked(1));
    words.map(|(initial, rest)| initial.to_ascii_uppercase() + rest).collect()
}

/// A stream that holds one message.
fn single<T: Send + 'static>(message: T) -> Response<Events<T>> {
    Response::new(Box::pin(tokio_stream::once(Ok(message))))
}

/// The service as a table: method, its messages, and the handler.
macro_rules! provider_service {
    (
        unary { $($method:ident($message:ident) => $handler:path;)* }
        streams { $($stream:ident: $streaming:ident($stream_message:ident, $event:ident) => $stream_handler:path;)* }
    ) => {
        #[tonic::async_trait]
        impl<P: Provider> provider_server::Provider for Service<P> {
            $(
                async fn $method(
                    &self,
                    request: Request<proto::$message::Request>,
                ) -> std::result::Result<Response<proto::$message::Response>, Status> {
                    Ok(Response::new(self.call(stringify!($method), request.into_inner(), $handler).await))
                }
            )*
            $(
                type $stream = Events<proto::$stream_message::$event>;

                async fn $streaming(
                    &self,
                    request: Request<proto::$stream_message::Request>,
                ) -> std::result::Result<Response<Self::$stream>, Status> {
                    Ok(single(self.call(stringify!($streaming), request.into_inner(), $stream_handler).await))
                }
            )*

            async fn write_state_bytes(
                &self,
                _chunks: Request<Streaming<proto::write_state_bytes::RequestChunk>>,
            ) -> std::result::Result<Response<proto::write_state_bytes::Response>, Status> {
                Ok(Response::new(self.call("write_state_bytes", (), unoffered::write_state_bytes).await))
            }
        }
    };
}

provider_service! {
    unary {
        get_metadata(get_metadata) => provider::metadata;
        get_provider_schema(get_provider_schema) => provider::schema;
        validate_provider_config(validate_provider_config) => provider::validate;
        configure_provider(configure_provider) => provider::configure;
        stop_provider(stop_provider) => provider::stop;

        validate_resource_config(validate_resource_config) => resource::validate;
        upgrade_resource_state(upgrade_resource_state) => resource::upgrade_state;
        get_resource_identity_schemas(get_resource_identity_schemas) => resource::identity_schemas;
        upgrade_resource_identity(upgrade_resource_identity) => resource::upgrade_identity;
        read_resource(read_resource) => resource::read;
        plan_resource_change(plan_resource_change) => resource::plan;
        apply_resource_change(apply_resource_change) => resource::apply;
        import_resource_state(import_resource_state) => resource::import;
        move_resource_state(move_resource_state) => unoffered::move_state;
        generate_resource_config(generate_resource_config) => unoffered::generate_config;

        validate_data_resource_config(validate_data_resource_config) => data_source::validate;
        read_data_source(read_data_source) => data_source::read;

        validate_ephemeral_resource_config(validate_ephemeral_resource_config) => unoffered::validate_ephemeral;
        open_ephemeral_resource(open_ephemeral_resource) => unoffered::open_ephemeral;
        renew_ephemeral_resource(renew_ephemeral_resource) => unoffered::renew_ephemeral;
        close_ephemeral_resource(close_ephemeral_resource) => unoffered::close_ephemeral;

        get_functions(get_functions) => unoffered::functions;
        call_function(call_function) => unoffered::call_function;

        validate_list_resource_config(validate_list_resource_config) => unoffered::validate_list;
        plan_action(plan_action) => unoffered::plan_action;
        validate_action_config(validate_action_config) => unoffered::validate_action;

        validate_state_store_config(validate_state_store) => unoffered::validate_state_store;
        configure_state_store(configure_state_store) => unoffered::configure_state_store;
        lock_state(lock_state) => unoffered::lock_state;
        unlock_state(unlock_state) => unoffered::unlock_state;
        get_states(get_states) => unoffered::states;
        delete_state(delete_state) => unoffered::delete_state;
    }
    streams {
        ListResourceStream: list_resource(list_resource, Event) => unoffered::list_resource;
        InvokeActionStream: invoke_action(invoke_action, Event) => unoffered::invoke_action;
        ReadStateBytesStream: read_state_bytes(read_state_bytes, Response) => unoffered::read_state_bytes;
    }
}
