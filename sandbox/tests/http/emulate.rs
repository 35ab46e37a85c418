//! What differs between the releases that the sandbox answers as.

use sandbox::{Options, Release};
use serde_json::{Value, json};

use crate::kit::{Answer, Kit};

const YAML: &str = "application/x-yaml";
const FLOW: &str = "\
id: hello
namespace: company.team
tasks:
  - id: log
    type: io.kestra.plugin.core.log.Log
    message: hi
";

async fn kit(release: Release) -> Kit {
    Kit::with(Options { emulate: release, ..Options::default() }).await
}

/// The slug, status and detail of a problem document.
fn problem(answer: &Answer) -> (String, u16, String) {
    let document: Value = serde_json::from_str(&answer.text).unwrap();
    assert_eq!(document["status"], answer.status, "{document}");
    let text = |name: &str| document[name].as_str().unwrap_or_default().to_owned();
    let slug = text("type").rsplit('/').next().unwrap_or_default().to_owned();
    (slug, answer.status, text("detail"))
}

#[tokio::test]
async fn configs_name_the_release() {
    for (release, version, former, latter) in [
        (Release::V1_3, "1.3.34", true, false),
        (Release::V2_0, "2.0.0", false, true),
        (Release::V2_0Snapshot, "2.0.0-SNAPSHOT", false, true),
    ] {
        let configs = kit(release).await.call("GET", "/api/v1/configs").await.ok();
        assert_eq!(configs["version"], version);
        let has = |name: &str| configs.get(name).is_some();
        assert_eq!((has("isTemplateEnabled"), has("flowTemplate")), (former, latter), "{version}");
    }
}

#[tokio::test]
async fn errors_of_2_0_are_problem_documents() {
    let kit = kit(Release::V2_0).await;
    kit.send("POST", "flows", YAML, FLOW).await.ok();
    let exists = kit.send("POST", "flows", YAML, FLOW).await;
    let detail = "Flow 'hello' already exists in namespace 'company.team'.";
    assert_eq!(problem(&exists), ("entity-already-exists".into(), 409, detail.into()));
    for (method, path, slug, status) in [
        ("GET", "flows/company.team/nope", "not-found", 404),
        ("PATCH", "flows/search", "method-not-allowed", 405),
        ("GET", "flows/search?page=0", "validation-failed", 422),
        ("GET", "flows/search?page=x", "invalid-argument", 422),
        ("GET", "flows/search?filters[foo][EQUALS]=x", "invalid-argument", 422),
        ("GET", "flows/search?filters[level][EQUALS]=x", "invalid-query-filters", 400),
        ("GET", "flows/search?sort=id", "invalid-query-parameter", 422),
        ("GET", "namespaces/company.team/files", "invalid-query-parameter", 400),
        ("GET", "/api/v1/other/flows/search", "bad-request", 400),
        ("GET", "blueprints/community/flow", "about:blank", 501),
        ("PUT", "namespaces/company.team/files?from=%00&to=x", "invalid-argument", 422),
    ] {
        let (found, code, _) = problem(&kit.call(method, path).await);
        assert_eq!((found.as_str(), code), (slug, status), "{method} {path}");
    }
    let bad = FLOW.replace("    message: hi\n", "");
    let answer = kit.send("POST", "flows", YAML, &bad).await;
    let document: Value = serde_json::from_str(&answer.text).unwrap();
    assert_eq!(
        document["errors"],
        json!([{"detail": "must not be null", "pointer": "/tasks/0/message", "path": "tasks[log].message"}])
    );
    assert_eq!(document["instance"], "/api/v1/main/flows");
}

#[tokio::test]
async fn a_release_has_its_own_routes_and_media_types() {
    for (release, listing, task, json) in [
        (Release::V1_3, 200, 404, 422),
        (Release::V2_0, 405, 404, 415),
        (Release::V2_0Snapshot, 405, 404, 415),
    ] {
        let kit = kit(release).await;
        assert_eq!(kit.call("GET", "namespaces/company.team/kv").await.status, listing, "{release:?}");
        let patched = kit.send("PATCH", "flows/company.team/hello/log", "application/json", "{}").await;
        assert_eq!(patched.status, task, "{release:?}");
        assert_eq!(kit.send("POST", "flows", "application/json", "{}").await.status, json, "{release:?}");
    }
}

#[tokio::test]
async fn lists_of_keys_count_writes_under_each_release_s_name() {
    for (release, name) in [(Release::V1_3, "version"), (Release::V2_0, "revision")] {
        let kit = kit(release).await;
        kit.send("PUT", "namespaces/company.team/kv/k", "text/plain", "1").await.done();
        let entry = kit.call("GET", "kv").await.ok()["results"][0].clone();
        let counters: Vec<&str> =
            ["version", "revision"].into_iter().filter(|name| entry.get(name).is_some()).collect();
        assert_eq!(counters, [name]);
    }
}

#[tokio::test]
async fn only_1_3_stores_a_space_in_a_name_as_a_plus() {
    for (release, stored) in [(Release::V1_3, "a+b.txt"), (Release::V2_0, "a b.txt")] {
        let kit = kit(release).await;
        let form = reqwest::multipart::Form::new().text("fileContent", "x");
        let request = kit.request("POST", "namespaces/company.team/files?path=/a%20b.txt").multipart(form);
        Answer::of(request.send().await.unwrap()).await.done();
        let listed = kit.call("GET", "namespaces/company.team/files/directory").await.ok();
        assert_eq!(listed[0]["fileName"], stored);
    }
}

#[tokio::test]
async fn flows_are_checked_by_the_rules_of_the_line() {
    let each = FLOW.replace("log.Log\n    message: hi", "flow.ForEach\n    values: [1]\n    tasks: []");
    let loops = FLOW.replace("log.Log\n    message: hi", "flow.Loop\n    values: [1]\n    tasks: []");
    for (release, unknown) in [(Release::V1_3, &loops), (Release::V2_0, &each)] {
        let kit = kit(release).await;
        let reports = kit.send("POST", "flows/validate", YAML, unknown).await.ok();
        let constraints = reports[0]["constraints"].as_str().unwrap_or_default();
        assert!(constraints.starts_with("Validation error: Invalid type:"), "{release:?}: {constraints}");
    }
}

#[tokio::test]
async fn flows_of_2_0_say_that_they_are_no_drafts() {
    let kit = kit(Release::V2_0).await;
    assert_eq!(kit.send("POST", "flows", YAML, FLOW).await.ok()["draft"], false);
    assert_eq!(kit.send("POST", "flows?draft=true", YAML, FLOW).await.status, 501);
    kit.call("DELETE", "flows/company.team/hello").await;
    let deleted = kit.call("GET", "flows/company.team/hello?allowDeleted=true").await.ok();
    assert!(deleted["updated"].is_string(), "{deleted}");
}

#[tokio::test]
async fn the_older_parameters_of_a_search_mean_nothing_to_2_0() {
    for (release, total) in [(Release::V1_3, 0), (Release::V2_0, 1)] {
        let kit = kit(release).await;
        kit.send("POST", "flows", YAML, FLOW).await.ok();
        assert_eq!(kit.call("GET", "flows/search?namespace=other").await.ok()["total"], total, "{release:?}");
    }
}

#[tokio::test]
async fn a_namespace_update_of_2_0_can_move_flows() {
    for (release, status) in [(Release::V1_3, 422), (Release::V2_0, 200)] {
        let kit = kit(release).await;
        let moved = kit.send("POST", "flows/other.$1?override=true", YAML, FLOW).await;
        assert_eq!(moved.status, 422, "{release:?}: a namespace that no flow can have");
        let moved = kit.send("POST", "flows/other?override=true", YAML, FLOW).await;
        assert_eq!(moved.status, status, "{release:?}: {}", moved.text);
        let found = kit.call("GET", "flows/other/hello?source=true").await;
        assert_eq!(found.text.contains("namespace: other"), status == 200, "{release:?}");
    }
}

#[tokio::test]
async fn checks_are_printed_under_the_name_of_the_line() {
    let source = format!("{FLOW}checks:\n  - condition: \"{{{{ true }}}}\"\n    message: no\n");
    for (release, name) in [(Release::V1_3, "condition"), (Release::V2_0, "when")] {
        let check = kit(release).await.send("POST", "flows", YAML, &source).await.ok()["checks"][0].clone();
        assert_eq!(check[name], "{{ true }}", "{release:?}: {check}");
    }
}
