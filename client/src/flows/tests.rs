//! Flows over HTTP: routes, both lines' answers, and a refresh of many flows.

use std::collections::BTreeMap;
use std::sync::Mutex;

use wiremock::{Request, ResponseTemplate};

use super::*;
use crate::Violation;
use crate::testing::{answer, asked, client, responder, server};

const WRITTEN: &str = r#"{"id":"hello","namespace":"n","revision":1,"disabled":false,"deleted":false,
    "tasks":[{"id":"log","type":"io.kestra.plugin.core.log.Log","message":"hi"}],"source":"id: hello\n"}"#;
const EXISTS_1_3: &str = r#"{"message":"Invalid entity: flow.id: Flow id already exists","logref":null,"path":null,
    "_links":{},"_embedded":{"errors":[{"message":"Flow id already exists","logref":null,"path":"flow.id"}]}}"#;
const EXISTS_2_0_EARLY: &str =
    r#"{"message":"Conflict: Flow 'hello' already exists in namespace 'n'.","_links":{},"_embedded":{}}"#;
const EXISTS_2_0: &str = r#"{"type":"https://kestra.io/docs/api-reference/problems/entity-already-exists",
    "title":"Entity already exists","status":409,"detail":"Flow 'hello' already exists in namespace 'n'."}"#;
const BAD_ID: &str = r#"{"message":"Invalid entity: id: must not be null\n","logref":null,"path":null,
    "_links":{},"_embedded":{"errors":[{"message":"must not be null","path":"id"}]}}"#;
const RENAMED: &str = r#"{"message":"Invalid entity: flow.id: Illegal flow id update","_links":{},
    "_embedded":{"errors":[{"message":"Illegal flow id update","path":"flow.id"}]}}"#;

#[tokio::test]
async fn every_call_goes_to_its_place() {
    let server = server(vec![
        answer(200, WRITTEN),
        answer(200, WRITTEN),
        answer(200, WRITTEN),
        answer(200, WRITTEN),
        answer(204, ""),
        answer(200, "[]"),
        answer(200, "[]"),
        answer(200, r#"{"results":[],"total":0}"#),
        answer(200, "[]"),
    ])
    .await;
    let client = client(server.uri());
    let flows = client.flows();
    flows.create("id: hello\n").await.unwrap();
    flows.update("n", "hello", "id: hello\n").await.unwrap();
    flows.get("n", "hello").await.unwrap();
    flows.get_revision("n", "hello", 3).await.unwrap();
    flows.delete("n", "hello").await.unwrap();
    flows.list("n").await.unwrap();
    flows.revisions("n", "hello").await.unwrap();
    flows.search(&[("filters[namespace][PREFIX]", "a&b")]).await.unwrap();
    flows.validate("id: hello\n").await.unwrap();
    let expected = [
        "POST /api/v1/main/flows",
        "PUT /api/v1/main/flows/n/hello",
        "GET /api/v1/main/flows/n/hello?source=true",
        "GET /api/v1/main/flows/n/hello?source=true&revision=3",
        "DELETE /api/v1/main/flows/n/hello",
        "GET /api/v1/main/flows/n",
        "GET /api/v1/main/flows/n/hello/revisions",
        "GET /api/v1/main/flows/search?sort=id%3Aasc&filters%5Bnamespace%5D%5BPREFIX%5D=a%26b&size=500&page=1",
        "POST /api/v1/main/flows/validate",
    ];
    assert_eq!(asked(&server).await, expected);
    for request in server.received_requests().await.unwrap().iter().filter(|request| !request.body.is_empty())
    {
        assert_eq!(request.headers["content-type"], "application/x-yaml");
        assert_eq!(request.body, b"id: hello\n");
    }
}

#[tokio::test]
async fn a_written_flow_has_no_time_and_keeps_what_the_client_does_not_know() {
    let server = server(vec![answer(200, WRITTEN)]).await;
    let flow = client(server.uri()).flows().create("id: hello\n").await.unwrap();
    assert_eq!(
        (flow.revision, flow.updated.as_deref(), flow.source.as_deref()),
        (1, None, Some("id: hello\n"))
    );
    assert_eq!(flow.extra["tasks"][0]["message"], "hi");
    assert!(!format!("{flow:?}").contains("hi"), "{flow:?}");
}

#[tokio::test]
async fn what_exists_is_told_from_what_is_invalid() {
    let cases = [
        (422, EXISTS_1_3, true),
        (409, EXISTS_2_0_EARLY, true),
        (409, EXISTS_2_0, true),
        (422, BAD_ID, false),
    ];
    for (status, body, exists) in cases {
        let server = server(vec![answer(status, body)]).await;
        let error = client(server.uri()).flows().create("id: hello\n").await.unwrap_err();
        assert_eq!(matches!(error, Error::AlreadyExists { .. }), exists, "{error}");
    }
}

#[tokio::test]
async fn a_changed_id_in_an_update_is_invalid() {
    let server = server(vec![answer(422, RENAMED)]).await;
    let error = client(server.uri()).flows().update("n", "hello", "id: other\n").await.unwrap_err();
    let Error::Invalid { violations, .. } = &error else { panic!("{error}") };
    let expected = Violation { path: Some("flow.id".into()), message: "Illegal flow id update".into() };
    assert_eq!(*violations, [expected]);
    let text = "PUT /api/v1/main/flows/n/hello: Kestra refuses this (422): Invalid entity: flow.id: Illegal flow id update";
    assert_eq!(error.to_string(), text);
}

#[tokio::test]
async fn validations() {
    let body = r#"[{"index":0,"namespace":"n","flow":"f","outdated":false,"deprecationPaths":["tasks[0]"],"warnings":["w"],"infos":["i"]},
        {"index":1,"constraints":"Validation error: Invalid type: io.kestra.Nope","outdated":true}]"#;
    let server = server(vec![answer(200, body)]).await;
    let found = client(server.uri()).flows().validate("x").await.unwrap();
    let fine = Validation {
        warnings: vec!["w".into()],
        infos: vec!["i".into()],
        deprecation_paths: vec!["tasks[0]".into()],
        ..Validation::default()
    };
    let constraints = Some("Validation error: Invalid type: io.kestra.Nope".to_owned());
    let bad = Validation { constraints, outdated: true, ..Validation::default() };
    assert_eq!(found, [fine, bad]);
}

/// A server with flows, each at some revision.
fn kestra(flows: BTreeMap<(String, String), u64>) -> impl Fn(&Request) -> ResponseTemplate + Send + Sync {
    let flows = Mutex::new(flows);
    move |request: &Request| {
        let mut flows = flows.lock().unwrap();
        let segments: Vec<_> = request.url.path().split('/').skip(5).map(str::to_owned).collect();
        let show = |(namespace, id): &(String, String), revision: u64| {
            serde_json::json!({"id": id, "namespace": namespace, "revision": revision, "tasks": [], "source": "x",
                "updated": format!("2026-11-21T08:33:23.{revision:03}Z")})
        };
        match &segments[..] {
            [namespace] => {
                let within = flows.iter().filter(|(key, _)| key.0 == *namespace);
                let list: Vec<_> = within.map(|(key, revision)| show(key, *revision)).collect();
                ResponseTemplate::new(200).set_body_json(list)
            }
            [namespace, id] => {
                let key = (namespace.clone(), id.clone());
                match flows.get_mut(&key) {
                    Some(revision) => {
                        *revision += u64::from(request.method.as_str() == "PUT");
                        ResponseTemplate::new(200).set_body_json(show(&key, *revision))
                    }
                    None => answer(404, ""),
                }
            }
            _ => answer(404, ""),
        }
    }
}

#[tokio::test]
async fn a_refresh_of_a_thousand_flows_costs_a_request_per_namespace() {
    let keys = (0..1000).map(|number| (format!("n{}", number % 20), format!("f{number}")));
    let flows: BTreeMap<_, _> = keys.map(|key| (key, 1)).collect();
    let server = responder(kestra(flows.clone())).await;
    let mut stamps: BTreeMap<_, Option<Stamp>> = flows.into_keys().map(|key| (key, None)).collect();
    for expected in [1000, 20, 20] {
        let before = asked(&server).await.len();
        // Each refresh is a process of its own, and so a client.
        let client = client(server.uri());
        for ((namespace, id), known) in &mut stamps {
            match client.flows().current(namespace, id, known.as_ref()).await.unwrap() {
                Read::Unchanged { stamp } => *known = Some(stamp),
                Read::Found { stamp, .. } => *known = stamp,
                Read::Gone => panic!("{namespace}/{id} is there"),
            }
        }
        assert_eq!(asked(&server).await.len() - before, expected);
    }
}

#[tokio::test]
async fn a_refresh_sees_changes_deletions_and_own_writes() {
    let flow = |id: &str| ("n".to_owned(), id.to_owned());
    let server = responder(kestra([(flow("a"), 2), (flow("b"), 1)].into())).await;
    let client = client(server.uri());
    let known = Stamp::at(1, Some("2026-11-21T08:33:23.001Z")).unwrap();
    let flows = client.flows();
    let changed = flows.current("n", "a", Some(&known)).await.unwrap();
    assert!(matches!(&changed, Read::Found { object, .. } if object.revision == 2), "{changed:?}");
    assert_eq!(flows.current("n", "c", Some(&known)).await.unwrap(), Read::Gone);
    assert_eq!(
        flows.current("n", "b", Some(&known)).await.unwrap(),
        Read::Unchanged { stamp: known.clone() }
    );
    flows.update("n", "b", "x").await.unwrap();
    let written = flows.current("n", "b", Some(&known)).await.unwrap();
    assert!(matches!(&written, Read::Found { object, .. } if object.revision == 2), "{written:?}");
    let expected = [
        "GET /api/v1/main/flows/n",
        "GET /api/v1/main/flows/n/a?source=true",
        "GET /api/v1/main/flows/n/c?source=true",
        "PUT /api/v1/main/flows/n/b",
        "GET /api/v1/main/flows/n",
        "GET /api/v1/main/flows/n/b?source=true",
    ];
    assert_eq!(asked(&server).await, expected);
}
