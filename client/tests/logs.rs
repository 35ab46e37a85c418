//! What the client logs. A process of its own, because the logger of a process is for all of its threads.

use std::sync::{Arc, Mutex};

use client::{Auth, Client, Config, PutOptions};
use wiremock::matchers::{any, method};
use wiremock::{Mock, MockServer, ResponseTemplate};

/// Collects every field of every event of this crate.
struct Log(Arc<Mutex<String>>);

impl tracing::field::Visit for Log {
    fn record_debug(&mut self, field: &tracing::field::Field, value: &dyn std::fmt::Debug) {
        let mut log = self.0.lock().expect("no test panics while it logs");
        log.push_str(&format!("{field}={value:?} "));
    }
}

impl tracing::Subscriber for Log {
    fn enabled(&self, metadata: &tracing::Metadata<'_>) -> bool {
        metadata.target().starts_with("client")
    }
    fn new_span(&self, _: &tracing::span::Attributes<'_>) -> tracing::span::Id {
        tracing::span::Id::from_u64(1)
    }
    fn record(&self, _: &tracing::span::Id, _: &tracing::span::Record<'_>) {}
    fn record_follows_from(&self, _: &tracing::span::Id, _: &tracing::span::Id) {}
    fn event(&self, event: &tracing::Event<'_>) {
        event.record(&mut Self(Arc::clone(&self.0)));
    }
    fn enter(&self, _: &tracing::span::Id) {}
    fn exit(&self, _: &tracing::span::Id) {}
}

#[tokio::test]
async fn logs_name_calls_and_nothing_else() {
    let log = Arc::new(Mutex::new(String::new()));
    tracing::subscriber::set_global_default(Log(Arc::clone(&log))).unwrap();
    let server = MockServer::start().await;
    let busy = ResponseTemplate::new(503).set_body_string("s3cret");
    Mock::given(method("PUT")).respond_with(busy).up_to_n_times(1).mount(&server).await;
    Mock::given(any())
        .respond_with(ResponseTemplate::new(200).set_body_string("s3cret"))
        .mount(&server)
        .await;
    let config = Config { url: server.uri(), auth: Auth::Bearer("s3cret".into()), ..Config::default() };
    let client = Client::new(config).unwrap();
    let options = PutOptions { ttl: None, description: Some("s3cret".into()) };
    client.kv().put("n", "k", "s3cret".into(), &options).await.unwrap();
    client.namespace_files().get("n", "s3cret-name").await.unwrap();
    let log = log.lock().unwrap();
    for expected in
        ["method=PUT path=/api/v1/main/namespaces/n/kv/k", "status=503 attempt=1", "status=200 attempt=2"]
    {
        assert!(log.contains(expected), "{log}");
    }
    assert!(!log.contains("s3cret"), "{log}");
}
