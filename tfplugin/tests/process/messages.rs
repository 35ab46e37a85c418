//! What travels over the connection, apart from any provider's own answers.

use tfplugin::wire::proto::health::HealthCheckRequest;
use tfplugin::wire::proto::health::health_check_response::ServingStatus;
use tfplugin::wire::proto::health::health_client::HealthClient;
use tfplugin::wire::proto::tfplugin6::provider_client::ProviderClient;
use tfplugin::wire::proto::tfplugin6::{
    ServerCapabilities, configure_state_store, delete_state, get_metadata, get_states, lock_state,
    read_state_bytes, unlock_state, validate_state_store, write_state_bytes,
};
use tonic::Code;

use crate::host::{Plugin, hosted, soon};

/// Proves: process/health-service
#[tokio::test]
async fn health_is_known_by_name() {
    let plugin = Plugin::start(hosted(&[])).await;
    let mut client = HealthClient::new(plugin.plaintext().await.unwrap());
    for (service, checked, watched) in [
        ("plugin", Ok(ServingStatus::Serving), ServingStatus::Serving),
        ("", Ok(ServingStatus::Serving), ServingStatus::Serving),
        ("other", Err(Code::NotFound), ServingStatus::ServiceUnknown),
    ] {
        let request = HealthCheckRequest { service: service.into() };
        let answer = soon(client.check(request.clone())).await;
        assert_eq!(answer.map(|answer| answer.get_ref().status()).map_err(|status| status.code()), checked);
        let mut watch = soon(client.watch(request)).await.unwrap().into_inner();
        assert_eq!(soon(watch.message()).await.unwrap().unwrap().status(), watched, "{service}");
    }
}

/// Proves: provider/metadata-and-capabilities
#[tokio::test]
async fn names_and_capabilities_are_told_without_schemas() {
    let plugin = Plugin::start(hosted(&[])).await;
    let mut client = ProviderClient::new(plugin.plaintext().await.unwrap());
    let told = soon(client.get_metadata(get_metadata::Request::default())).await.unwrap().into_inner();
    let names: Vec<&str> = told.resources.iter().map(|resource| &*resource.type_name).collect();
    assert_eq!(names, ["process_thing"]);
    let capabilities = ServerCapabilities {
        plan_destroy: true,
        get_provider_schema_optional: true,
        move_resource_state: true,
        generate_resource_config: true,
    };
    assert_eq!(told.server_capabilities, Some(capabilities));
}

/// Proves: state-stores/answered-as-unimplemented
#[tokio::test]
async fn state_stores_are_not_pretended() {
    let plugin = Plugin::start(hosted(&[])).await;
    let mut client = ProviderClient::new(plugin.plaintext().await.unwrap());
    let chunks = tokio_stream::iter([write_state_bytes::RequestChunk::default()]);
    let refusals = [
        soon(client.validate_state_store_config(validate_state_store::Request::default())).await.err(),
        soon(client.configure_state_store(configure_state_store::Request::default())).await.err(),
        soon(client.read_state_bytes(read_state_bytes::Request::default())).await.err(),
        soon(client.write_state_bytes(chunks)).await.err(),
        soon(client.lock_state(lock_state::Request::default())).await.err(),
        soon(client.unlock_state(unlock_state::Request::default())).await.err(),
        soon(client.get_states(get_states::Request::default())).await.err(),
        soon(client.delete_state(delete_state::Request::default())).await.err(),
    ];
    assert_eq!(refusals.map(|refusal| refusal.map(|status| status.code())), [Some(Code::Unimplemented); 8]);
}
