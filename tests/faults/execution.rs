//! `kestra_execution` is never written twice: what becomes of a start that is refused, or whose answer is lost.

use axum::http::Method;
use harness::Fault;
use serde_json::{Value, json};
use tfplugin::testing::{Applied, Object};

use super::{REFUSALS, Scene, refusal, rows};

const KIND: &str = "kestra_execution";

/// The sandbox has no engine, so there is nothing to wait for.
fn config() -> Value {
    json!({"namespace": "company.team", "flow_id": "hello", "wait": false})
}

async fn with_a_flow() -> Scene {
    let scene = Scene::open().await;
    scene.host.create("kestra_flow", rows().swap_remove(0).config).await.expect("a flow");
    scene
}

/// How many executions the server has.
async fn started(scene: &Scene) -> Value {
    let url = format!("{}/api/v1/main/executions/search", scene.sandbox.url());
    let http = reqwest::Client::builder().no_proxy().build().expect("a client");
    let found: Value = http.get(url).send().await.expect("an answer").json().await.expect("JSON");
    found["total"].clone()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_refused_start_starts_nothing() {
    let scene = with_a_flow().await;
    for status in REFUSALS {
        let plan = scene.host.plan(KIND, None, config()).await.unwrap();
        scene.proxy.fail(Method::POST, "/executions/company.team/hello", Fault::Status(status));
        let Applied { object, error, .. } = scene.host.apply(&plan).await;
        refusal(error, &status.to_string());
        assert!(object.is_none(), "{status}");
    }
    assert_eq!(started(&scene).await, 0);
    scene.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_start_whose_answer_is_lost_is_told_and_not_repeated() {
    let scene = with_a_flow().await;
    let plan = scene.host.plan(KIND, None, config()).await.unwrap();
    scene.proxy.fail(Method::POST, "/executions/company.team/hello", Fault::LostAnswer);
    let Applied { object, error, .. } = scene.host.apply(&plan).await;
    let words = refusal(error, KIND);
    assert!(words.contains("The flow may have started"), "{words}");
    assert!(object.is_none());
    assert_eq!(started(&scene).await, 1);
    scene.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_execution_that_cannot_be_read_or_deleted_stays() {
    let scene = with_a_flow().await;
    let (host, proxy) = (&scene.host, &scene.proxy);
    let created = host.create(KIND, config()).await.unwrap();
    for status in [401, 403, 500] {
        let doomed = host.plan_destroy(&created).await.unwrap();
        proxy.fail(Method::DELETE, "", Fault::Status(status));
        let Applied { object, error, .. } = host.apply(&doomed).await;
        refusal(error, KIND);
        assert_eq!(object.as_ref().map(Object::attributes), Some(created.attributes()), "{status}");

        (0..20).for_each(|_| proxy.fail(Method::GET, "", Fault::Status(status)));
        refusal(host.refresh(&created).await.err(), KIND);
        proxy.heal();
    }
    host.check_settled(&created, config()).await.unwrap();
    host.destroy(&created).await.unwrap();
    assert_eq!(started(&scene).await, 0);
    scene.close().await;
}
