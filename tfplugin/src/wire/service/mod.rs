//! The provider service: one row per RPC, one file per group of them.
//!
//! Every handler runs in a task of its own. A host that cancels a call must not tear a create apart halfway, and a handler
//! that panics must end as one diagnostic, not as a dead process.

mod action;
mod answer;
mod data_source;
mod ephemeral_resource;
mod events;
mod function;
mod list_resource;
mod provider;
mod resource;

use std::future::Future;
use std::sync::Arc;

use tokio::sync::mpsc::{self, Sender};
use tokio_stream::wrappers::ReceiverStream;
use tonic::codegen::BoxStream;
use tonic::{Request, Response, Status};
use tracing::{Instrument, Span, error_span};

use self::answer::{Answer, panicked};
use super::convert;
use super::proto::tfplugin6 as proto;
use super::proto::tfplugin6::provider_server;
use crate::diagnostics::Result;
use crate::provider::Provider;
use crate::server::Server;
use crate::value::Value;

/// Answers a host on behalf of a provider.
pub(crate) struct Service<P: Provider>(Arc<Server<P>>);

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
        let task = tokio::spawn(handler(Arc::clone(&self.0), request).instrument(span::<P>(&rpc)));
        match task.await {
            Ok(Ok(answer)) => answer,
            Ok(Err(diagnostics)) => A::only(diagnostics),
            Err(_) => A::only(panicked(&rpc)),
        }
    }

    /// The same for an answer of many events; a failure is the last of them.
    fn stream<Q, A, F>(
        &self,
        method: &str,
        request: Q,
        handler: fn(Arc<Server<P>>, Q, Sender<A>) -> F,
    ) -> BoxStream<A>
    where
        A: Answer,
        F: Future<Output = Result<()>> + Send + 'static,
    {
        let rpc = rpc_name(method);
        let (events, received) = mpsc::channel(1);
        let handling = handler(Arc::clone(&self.0), request, events.clone()).instrument(span::<P>(&rpc));
        let task = tokio::spawn(handling);
        tokio::spawn(async move {
            let failure = match task.await {
                Ok(Ok(())) => return,
                Ok(Err(diagnostics)) => A::only(diagnostics),
                Err(_) => A::only(panicked(&rpc)),
            };
            // A host that has gone needs no reason.
            let _ = events.send(failure).await;
        });
        let results = tokio_stream::StreamExt::map(ReceiverStream::new(received), Ok);
        Box::pin(results)
    }
}

/// A span of the gravest level is there whatever the user asked for, so that every line names its call.
fn span<P: Provider>(rpc: &str) -> Span {
    error_span!("call", tf_rpc = rpc, tf_provider_addr = P::ADDRESS)
}

/// The protocol's name of an RPC, such as `ReadResource`, by which hosts and their logs know it.
fn rpc_name(method: &str) -> String {
    let words = method.split('_').filter_map(|word| word.split_at_checked(1));
    words.map(|(initial, rest)| initial.to_ascii_uppercase() + rest).collect()
}

/// The `provider_meta` block of the module that a request is about; null when there is none, or none is offered.
fn meta<P: Provider>(server: &Server<P>, meta: Option<proto::DynamicValue>) -> Result<Value> {
    match server.meta() {
        Some(offered) => Ok(convert::decode(meta, &offered.ty)?),
        None => Ok(Value::Null),
    }
}

/// The service as a table: method, its messages, and the handler. State stores have no row: hosts have them in experiments
/// only, and are told that they are not implemented.
macro_rules! provider_service {
    (
        unary { $($method:ident => $handler:path;)* }
        streams { $($streaming:ident => $stream_handler:path;)* }
    ) => {
        #[tonic::async_trait]
        impl<P: Provider> provider_server::Provider for Service<P> {
            $(
                async fn $method(
                    &self,
                    request: Request<proto::$method::Request>,
                ) -> std::result::Result<Response<proto::$method::Response>, Status> {
                    Ok(Response::new(self.call(stringify!($method), request.into_inner(), $handler).await))
                }
            )*
            $(
                async fn $streaming(
                    &self,
                    request: Request<proto::$streaming::Request>,
                ) -> std::result::Result<Response<BoxStream<proto::$streaming::Event>>, Status> {
                    Ok(Response::new(self.stream(stringify!($streaming), request.into_inner(), $stream_handler)))
                }
            )*
        }
    };
}

provider_service! {
    unary {
        get_metadata => provider::metadata;
        get_provider_schema => provider::schema;
        validate_provider_config => provider::validate;
        configure_provider => provider::configure;
        stop_provider => provider::stop;

        validate_resource_config => resource::validate;
        upgrade_resource_state => resource::upgrade_state;
        get_resource_identity_schemas => resource::identity_schemas;
        upgrade_resource_identity => resource::upgrade_identity;
        read_resource => resource::read;
        plan_resource_change => resource::plan;
        apply_resource_change => resource::apply;
        import_resource_state => resource::import;
        move_resource_state => resource::move_state;
        generate_resource_config => resource::generate_config;

        validate_data_resource_config => data_source::validate;
        read_data_source => data_source::read;

        validate_ephemeral_resource_config => ephemeral_resource::validate;
        open_ephemeral_resource => ephemeral_resource::open;
        renew_ephemeral_resource => ephemeral_resource::renew;
        close_ephemeral_resource => ephemeral_resource::close;

        get_functions => function::functions;
        call_function => function::call;

        validate_list_resource_config => list_resource::validate;

        validate_action_config => action::validate;
        plan_action => action::plan;
    }
    streams {
        list_resource => list_resource::list;
        invoke_action => action::invoke;
    }
}
