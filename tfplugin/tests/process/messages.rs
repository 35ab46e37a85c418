//! What travels over the connection, apart from any provider's own answers.

use tfplugin::wire::proto::health::HealthCheckRequest;
use tfplugin::wire::proto::health::health_check_response::ServingStatus;
use tfplugin::wire::proto::health::health_client::HealthClient;
use tonic::Code;

use crate::host::{Plugin, hosted, soon};

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
