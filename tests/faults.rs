//! Every resource of the provider on the host in process, which asserts core's rules at every step: its life, and what becomes
//! of it when the server, the network or the user stops a step halfway.

mod execution;

use axum::http::Method;
use harness::{Fault, Proxy};
use sandbox::{Edition, Options, Sandbox};
use serde_json::{Value, json};
use tfplugin::testing::{Applied, Host, HostError, Object};

/// A resource of the provider with two configurations of one object, and the requests that write it.
struct Row {
    kind: &'static str,
    config: Value,
    changed: Value,
    id: &'static str,
    identity: Value,
    create: (Method, &'static str),
    update: (Method, &'static str),
}

/// What is never written again has tests of its own, in `execution`.
const STARTED_ONCE: &str = "kestra_execution";

/// One row per other resource; `every_resource_has_a_row` counts them.
fn rows() -> Vec<Row> {
    let flow = |id: &str, message: &str| {
        json!({"content": format!(
            "id: {id}\nnamespace: company.team\ntasks:\n  - id: say\n    type: io.kestra.plugin.core.log.Log\n    message: {message}\n"
        )})
    };
    let kv =
        |value: &str| json!({"namespace": "company.team", "key": "rows", "type": "NUMBER", "value": value});
    let file =
        |content: &str| json!({"namespace": "company.team", "filename": "queries/a.sql", "content": content});
    let namespace = |description: &str| json!({"namespace_id": "company.other", "description": description});
    let flow_of = |id: &'static str, kind, path, full| Row {
        kind,
        config: flow(id, "Hello"),
        changed: flow(id, "Goodbye"),
        id: full,
        identity: json!({"namespace": "company.team", "flow_id": id}),
        create: (Method::POST, "/flows"),
        update: (Method::PUT, path),
    };
    vec![
        flow_of("hello", "kestra_flow", "/flows/company.team/hello", "company.team/hello"),
        flow_of("called", "kestra_subflow", "/flows/company.team/called", "company.team/called"),
        Row {
            kind: "kestra_kv",
            config: kv("1"),
            changed: kv("2"),
            id: "company.team/rows",
            identity: json!({"namespace": "company.team", "key": "rows"}),
            create: (Method::PUT, "/kv/rows"),
            update: (Method::PUT, "/kv/rows"),
        },
        Row {
            kind: "kestra_namespace_file",
            config: file("SELECT 1\n"),
            changed: file("SELECT 2\n"),
            id: "company.team/queries/a.sql",
            identity: json!({"namespace": "company.team", "filename": "queries/a.sql"}),
            create: (Method::POST, "/namespaces/company.team/files"),
            update: (Method::POST, "/namespaces/company.team/files"),
        },
        Row {
            kind: "kestra_namespace",
            config: namespace("Ours."),
            changed: namespace("Still ours."),
            id: "company.other",
            identity: json!({"namespace_id": "company.other"}),
            create: (Method::POST, "/namespaces"),
            update: (Method::PUT, "/namespaces/company.other"),
        },
    ]
}

/// A server, the proxy before it, and a host whose provider speaks to the proxy.
struct Scene {
    sandbox: Sandbox,
    proxy: Proxy,
    host: Host,
}

impl Scene {
    async fn open() -> Self {
        let options = Options { edition: Edition::Ee, ..Options::default() };
        let sandbox = Sandbox::start(options).await.expect("a sandbox in memory");
        let proxy = Proxy::before(&sandbox.url()).await;
        let host = Host::start(provider::provider()).await.expect("schemas that a host can load");
        host.configure(json!({"url": proxy.url()})).await.expect("a configuration that the provider takes");
        Self { sandbox, proxy, host }
    }

    async fn close(self) {
        drop(self.proxy);
        self.sandbox.stop().await.expect("a sandbox that ends well");
    }
}

fn refusal(error: Option<HostError>, what: &str) -> String {
    match error {
        Some(HostError::Diagnostics(diagnostics)) if diagnostics.has_error() => diagnostics.to_string(),
        other => panic!("{what}: {other:?}"),
    }
}

/// The answers that stand at once: others are tried again.
const REFUSALS: [u16; 7] = [400, 401, 403, 404, 409, 422, 500];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_resource_has_a_row() {
    let mut kinds: Vec<&str> = rows().iter().map(|row| row.kind).chain([STARTED_ONCE]).collect();
    kinds.sort_unstable();
    let scene = Scene::open().await;
    assert_eq!(scene.host.resource_types(), kinds);
    scene.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_life_breaks_no_rule() {
    let scene = Scene::open().await;
    for Row { kind, config, changed, id, identity, .. } in rows() {
        let host = &scene.host;
        let created = host.create(kind, config.clone()).await.unwrap();
        host.check_settled(&created, config.clone()).await.unwrap();
        let updated = host.update(&created, changed.clone()).await.unwrap();
        host.check_settled(&updated, changed.clone()).await.unwrap();

        let imported = host.import(kind, id).await.unwrap();
        host.check_settled(&imported, changed.clone()).await.unwrap();
        let imported = host.import_identity(kind, &identity).await.unwrap();
        assert_eq!(imported.identity(), Some(identity), "{kind}");
        host.destroy(&imported).await.unwrap();
        assert!(host.refresh(&updated).await.unwrap().is_none(), "{kind}");
        // What is gone already is deleted all the same.
        let plan = host.create(kind, config).await.unwrap();
        let doomed = host.plan_destroy(&plan).await.unwrap();
        host.destroy(&plan).await.unwrap();
        host.apply(&doomed).await.into_result().unwrap();
    }
    scene.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_refused_write_changes_nothing() {
    let scene = Scene::open().await;
    let (host, proxy) = (&scene.host, &scene.proxy);
    for Row { kind, config, changed, create, update, .. } in rows() {
        for status in REFUSALS {
            let what = format!("{kind} met {status}");
            let plan = host.plan(kind, None, config.clone()).await.unwrap();
            proxy.fail(create.0.clone(), create.1, Fault::Status(status));
            let Applied { object, error, .. } = host.apply(&plan).await;
            refusal(error, &what);
            assert!(object.is_none(), "{what}");

            let created = host.create(kind, config.clone()).await.unwrap();
            let plan = host.plan(kind, Some(&created), changed.clone()).await.unwrap();
            proxy.fail(update.0.clone(), update.1, Fault::Status(status));
            let Applied { object, error, .. } = host.apply(&plan).await;
            refusal(error, &what);
            assert_eq!(object.as_ref().map(Object::attributes), Some(created.attributes()), "{what}");
            let updated = host.update(&object.unwrap(), changed.clone()).await.unwrap();
            host.check_settled(&updated, changed.clone()).await.unwrap();
            host.destroy(&updated).await.unwrap();
        }
    }
    scene.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_object_that_cannot_be_read_or_deleted_stays() {
    let scene = Scene::open().await;
    let (host, proxy) = (&scene.host, &scene.proxy);
    for Row { kind, config, .. } in rows() {
        let created = host.create(kind, config.clone()).await.unwrap();
        for status in [401, 403, 500] {
            let what = format!("{kind} met {status}");
            let doomed = host.plan_destroy(&created).await.unwrap();
            proxy.fail(Method::DELETE, "", Fault::Status(status));
            let Applied { object, error, .. } = host.apply(&doomed).await;
            refusal(error, &what);
            assert_eq!(object.map(|object| object.attributes()), Some(created.attributes()), "{what}");

            // Reads have several ways to the object, and each of them is closed.
            (0..20).for_each(|_| proxy.fail(Method::GET, "", Fault::Status(status)));
            refusal(host.refresh(&created).await.err(), &what);
            proxy.heal();
        }
        host.check_settled(&created, config).await.unwrap();
        host.destroy(&created).await.unwrap();
    }
    scene.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_write_whose_answer_is_lost_is_not_lost() {
    let scene = Scene::open().await;
    let (host, proxy) = (&scene.host, &scene.proxy);
    for Row { kind, config, changed, create, update, .. } in rows() {
        let plan = host.plan(kind, None, config.clone()).await.unwrap();
        proxy.fail(create.0, create.1, Fault::LostAnswer);
        let created = host.apply(&plan).await.into_result().unwrap().unwrap();
        host.check_settled(&created, config).await.unwrap();

        let plan = host.plan(kind, Some(&created), changed.clone()).await.unwrap();
        proxy.fail(update.0, update.1, Fault::LostAnswer);
        let updated = host.apply(&plan).await.into_result().unwrap().unwrap();
        host.check_settled(&updated, changed).await.unwrap();

        let doomed = host.plan_destroy(&updated).await.unwrap();
        proxy.fail(Method::DELETE, "", Fault::LostAnswer);
        assert!(host.apply(&doomed).await.into_result().unwrap().is_none(), "{kind}");
    }
    scene.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_interrupt_ends_a_create_that_gets_no_answer() {
    let scene = Scene::open().await;
    let (host, proxy) = (&scene.host, &scene.proxy);
    for Row { kind, config, create, .. } in rows() {
        let plan = host.plan(kind, None, config.clone()).await.unwrap();
        proxy.fail(create.0, create.1, Fault::Silence);
        let (applied, ()) = tokio::join!(host.apply(&plan), async {
            proxy.failed().await;
            host.stop().await.unwrap();
        });
        refusal(applied.error, kind);
        assert!(applied.object.is_none(), "{kind}");

        let created = host.create(kind, config).await.unwrap();
        host.destroy(&created).await.unwrap();
    }
    scene.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_host_that_cancels_its_call_can_go_on() {
    let scene = Scene::open().await;
    let (host, proxy) = (&scene.host, &scene.proxy);
    for Row { kind, config, create, .. } in rows() {
        let plan = host.plan(kind, None, config.clone()).await.unwrap();
        proxy.fail(create.0, create.1, Fault::Silence);
        tokio::select! {
            applied = host.apply(&plan) => panic!("{kind}: {applied:?}"),
            () = proxy.failed() => {}
        }
        let created = host.create(kind, config).await.unwrap();
        host.destroy(&created).await.unwrap();
    }
    scene.close().await;
}
