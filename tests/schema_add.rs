//! `flowsmith schema add`: what a server has makes `flowsmith validate` know more.

use std::path::Path;

use axum::{Json, Router, http::HeaderMap, routing::get};
use harness::{Server, flowsmith::said};
use sandbox::Release;
use serde_json::{Value, json};
use tokio::{net::TcpListener, runtime::Runtime};

const FLOW: &str = "\
id: load
namespace: company.team
tasks:
  - id: load
    type: com.example.Load
    table: orders
    mode: APEND
";

/// A server with one plugin that is not Kestra's own, of which it says what Kestra says of its plugins.
fn schema() -> Value {
    let task = |name: &str| json!({"$ref": format!("#/definitions/{name}")});
    let tasks = [task("io.kestra.plugin.core.log.Log"), task("com.example.Load")];
    json!({
        "$ref": "#/definitions/io.kestra.core.models.flows.Flow",
        "definitions": {
            "io.kestra.core.models.flows.Flow": {
                "type": "object",
                "properties": {"tasks": {"type": "array", "items": {"anyOf": tasks}}},
            },
            "io.kestra.plugin.core.log.Log": {
                "type": "object",
                "properties": {"type": {"const": "io.kestra.plugin.core.log.Log"}},
            },
            "com.example.Load": {
                "type": "object",
                "required": ["id", "table", "type"],
                "properties": {
                    "id": {"type": "string"},
                    "type": {"const": "com.example.Load"},
                    "table": {"type": "string", "$dynamic": true},
                    "mode": {"type": "string", "enum": ["APPEND", "REPLACE"]},
                },
            },
        },
    })
}

/// A server that answers what `schema add` asks, when it is asked with the right password. It stops when the runtime is
/// dropped.
fn server() -> (Runtime, String) {
    let runtime = Runtime::new().expect("a runtime");
    let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0")).expect("a port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    let answer = async |headers: HeaderMap| match headers.get("authorization") {
        Some(_) => Ok(Json(schema())),
        None => Err(axum::http::StatusCode::UNAUTHORIZED),
    };
    let configs = async || Json(json!({"version": "2.0.0", "edition": "OSS"}));
    let routes = Router::new()
        .route("/api/v1/configs", get(configs))
        .route("/api/v1/plugins/schemas/flow", get(answer));
    runtime.spawn(async move { axum::serve(listener, routes).await });
    (runtime, url)
}

fn flowsmith(folder: &Path, arguments: &[&str], variables: &[(&str, &str)]) -> (Option<i32>, String) {
    said(harness::flowsmith::flowsmith(folder, arguments).envs(variables.iter().copied()))
}

#[test]
fn a_server_teaches_validation_its_plugins() {
    let (_running, url) = server();
    let login = [("KESTRA_USERNAME", "ann@example.com"), ("KESTRA_PASSWORD", "Hunter22")];
    let folder = tempfile::tempdir().expect("a temporary folder");
    let flows = folder.path().join("flows");
    std::fs::create_dir(&flows).expect("a folder");
    std::fs::write(flows.join("load.yaml"), FLOW).expect("a file");
    let validate = |arguments: &[&str]| flowsmith(&flows, &[&["validate"], arguments].concat(), &[]);
    let (code, said) = validate(&["."]);
    assert!(code == Some(0) && said.contains("unknown-type"), "{said}");

    let (code, said) = flowsmith(folder.path(), &["schema", "add", "--from-server", &url], &login);
    assert_eq!(
        (code, said.trim()),
        (Some(0), ".flowsmith/schema.json now has 1 beyond the plugins of Kestra 2.0")
    );
    let written = std::fs::read_to_string(folder.path().join(".flowsmith/schema.json")).expect("the catalog");
    assert_eq!(written.lines().count(), 3, "an entry in a line: {written}");

    // The folder above the working directory has it.
    let (code, said) = validate(&["."]);
    assert!(
        code == Some(1) && said.contains("did you mean `APPEND`?") && !said.contains("unknown-type"),
        "{said}"
    );
    let (code, _) = validate(&["--schema", "../.flowsmith/schema.json", "--kestra", "1.3", "load.yaml"]);
    assert_eq!(code, Some(1));

    // Adding again adds nothing, also where the environment says which server is meant.
    let variables = [&login[..], &[("KESTRA_URL", url.as_str())]].concat();
    let (code, said) = flowsmith(folder.path(), &["schema", "add", "--from-server"], &variables);
    assert_eq!(code, Some(0), "{said}");
    let again = std::fs::read_to_string(folder.path().join(".flowsmith/schema.json")).expect("the catalog");
    assert_eq!(again, written);
}

#[test]
fn what_cannot_be_learned_is_an_error() {
    let (_running, url) = server();
    let folder = tempfile::tempdir().expect("a temporary folder");
    std::fs::write(folder.path().join("load.yaml"), FLOW).expect("a file");
    std::fs::write(folder.path().join("broken.json"), "{}").expect("a file");
    for (arguments, code, expected) in [
        (&["schema", "add"][..], 2, "--from-server"),
        (&["schema", "add", "--from-server"], 1, "KESTRA_URL"),
        (&["schema", "add", "--from-server", &url], 1, "does not accept the credentials"),
        (&["validate", "--schema", "missing.json", "load.yaml"], 2, "can't read missing.json"),
        (&["validate", "--schema", "broken.json", "load.yaml"], 2, "broken.json is no catalog"),
    ] {
        let (found, said) = flowsmith(folder.path(), arguments, &[]);
        assert!(found == Some(code) && said.contains(expected), "{arguments:?}: {said}");
    }
    assert!(!folder.path().join(".flowsmith").exists());
}

#[test]
fn a_sandbox_has_the_plugins_of_its_release_alone() {
    for (release, version) in [(Release::V1_3, "1.3"), (Release::V2_0, "2.0")] {
        let (sandbox, folder) = (Server::start_as(release), tempfile::tempdir().expect("a temporary folder"));
        let (code, said) = flowsmith(folder.path(), &["schema", "add", "--from-server", sandbox.url()], &[]);
        let expected = format!("has 0 beyond the plugins of Kestra {version}");
        assert!(code == Some(0) && said.contains(&expected), "{said}");
    }
}
