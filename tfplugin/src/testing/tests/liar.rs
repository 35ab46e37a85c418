//! A provider that changes the answers of an honest one.

use std::sync::Arc;

use tokio_stream::StreamExt;
use tonic::codegen::BoxStream;
use tonic::{Request, Response, Status};

use super::toy::{Shelf, Toy};
use crate::provider::Provider as _;
use crate::testing::Host;
use crate::value::{Type, Value};
use crate::wire::convert;
use crate::wire::proto::tfplugin6::{self as proto, DynamicValue, provider_server::Provider};
use crate::wire::service::Service;

/// The service as a table of calls, and a lie as a change of the answer of one of them.
macro_rules! liar {
    ($($method:ident => $lie:ident;)*; $($honest:ident;)*; $($stream:ident => $stream_lie:ident;)*) => {
        /// A lie: what becomes of the answer to a call.
        #[derive(Clone, Copy)]
        pub(super) enum Lie {
            $($lie(fn(&mut proto::$method::Response, &Type)),)*
            $($stream_lie(fn(&mut Vec<proto::$stream::Event>, &Type)),)*
        }

        #[tonic::async_trait]
        impl Provider for Liar {
            $(
                async fn $method(
                    &self,
                    request: Request<proto::$method::Request>,
                ) -> Result<Response<proto::$method::Response>, Status> {
                    self.note(stringify!($method), request.get_ref());
                    let mut response = self.honest.$method(request).await?;
                    if let Lie::$lie(lie) = self.lie {
                        lie(response.get_mut(), &self.ty);
                    }
                    Ok(response)
                }
            )*
            $(
                async fn $honest(
                    &self,
                    request: Request<proto::$honest::Request>,
                ) -> Result<Response<proto::$honest::Response>, Status> {
                    self.note(stringify!($honest), request.get_ref());
                    self.honest.$honest(request).await
                }
            )*
            $(
                async fn $stream(
                    &self,
                    request: Request<proto::$stream::Request>,
                ) -> Result<Response<BoxStream<proto::$stream::Event>>, Status> {
                    self.note(stringify!($stream), request.get_ref());
                    let honest = self.honest.$stream(request).await?;
                    let Lie::$stream_lie(lie) = self.lie else { return Ok(honest) };
                    let events = honest.into_inner().collect::<Result<Vec<_>, Status>>().await;
                    let mut events = events?;
                    lie(&mut events, &self.ty);
                    Ok(Response::new(Box::pin(tokio_stream::iter(events).map(Ok))))
                }
            )*
        }
    };
}

liar! {
    get_provider_schema => Schema;
    get_resource_identity_schemas => IdentitySchemas;
    validate_resource_config => Validate;
    upgrade_resource_state => Upgrade;
    upgrade_resource_identity => UpgradeIdentity;
    read_resource => Read;
    plan_resource_change => Plan;
    apply_resource_change => Apply;
    import_resource_state => Import;
    read_data_source => ReadData;
    move_resource_state => Move;
    generate_resource_config => Generate;
    open_ephemeral_resource => Open;
    call_function => Call;
    plan_action => PlanAction;
    ;
    validate_provider_config;
    configure_provider;
    stop_provider;
    get_metadata;
    validate_data_resource_config;
    validate_ephemeral_resource_config;
    renew_ephemeral_resource;
    close_ephemeral_resource;
    get_functions;
    validate_list_resource_config;
    validate_action_config;
    ;
    list_resource => List;
    invoke_action => Invoke;
}

/// A provider that lies.
pub(super) struct Liar {
    honest: Service<Toy>,
    shelf: Arc<Shelf>,
    lie: Lie,
    /// The type of `toy_thing`.
    ty: Type,
}

impl Liar {
    fn note(&self, call: &'static str, request: &impl std::fmt::Debug) {
        self.shelf.calls.lock().unwrap().push((call, format!("{request:?}")));
    }
}

/// A host of a lying toy, configured unless the lie is about the schema.
pub(super) async fn lied_to(lie: Lie) -> Result<(Host, Arc<Shelf>), crate::testing::HostError> {
    let shelf = Arc::new(Shelf::default());
    let toy = Toy(Arc::clone(&shelf));
    let schema = toy.resources().iter().find(|resource| resource.name() == "toy_thing").unwrap().schema();
    let ty = schema.block.object_type();
    let liar = Liar { honest: Service::new(toy), shelf: Arc::clone(&shelf), lie, ty };
    let host = Host::of(Box::new(liar), Toy::ADDRESS).await?;
    host.configure(serde_json::json!({"shelf": "top"})).await?;
    Ok((host, shelf))
}

/// Changes an object in an answer, unless it is null.
pub(super) fn change(object: &mut Option<DynamicValue>, ty: &Type, attribute: &str, to: Value) {
    let mut value = convert::decode(object.take(), ty).unwrap();
    if let Value::Map(members) = &mut value {
        members.insert(attribute.to_owned(), to);
    }
    *object = convert::encode(&value, ty).unwrap();
}

/// An object of the identity's type.
pub(super) fn identity(name: Value) -> Option<proto::ResourceIdentityData> {
    let ty = Type::Object([("name".to_owned(), Type::String)].into());
    convert::encode_identity(Some(&Value::Map([("name".to_owned(), name)].into())), Some(&ty)).unwrap()
}
