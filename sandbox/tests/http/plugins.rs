//! What is known about plugins and expressions, from the catalog of the line.

use sandbox::{Options, Release};
use serde_json::Value;

use crate::kit::Kit;

async fn kit(release: Release) -> Kit {
    Kit::with(Options { emulate: release, ..Options::default() }).await
}

fn has(list: &Value, class: &str) -> bool {
    list.as_array().unwrap().iter().any(|element| element["cls"] == class)
}

#[tokio::test]
async fn plugins_are_those_of_the_line() {
    for (release, each, page) in [(Release::V1_3, true, false), (Release::V2_0, false, true)] {
        let kit = kit(release).await;
        let answer = kit.call("GET", "/api/v1/plugins").await.ok();
        let groups = if page { &answer["results"] } else { &answer };
        assert!(has(&groups[0]["tasks"], "io.kestra.plugin.core.log.Log"), "{groups}");
        assert_eq!(has(&groups[0]["tasks"], "io.kestra.plugin.core.flow.ForEach"), each, "{release:?}");
        assert!(has(&groups[0]["triggers"], "io.kestra.plugin.core.trigger.Schedule"), "{groups}");
    }
}

#[tokio::test]
async fn a_plugin_has_a_page_and_a_schema() {
    let kit = kit(Release::V1_3).await;
    for name in ["io.kestra.plugin.core.log.Log", "io.kestra.core.tasks.log.Log"] {
        let found = kit.call("GET", &format!("/api/v1/plugins/{name}")).await.ok();
        assert!(found["markdown"].as_str().unwrap().contains("`message`: required"), "{}", found["markdown"]);
        let required = found["schema"]["properties"]["required"].as_array().unwrap();
        assert!(required.contains(&"message".into()), "{required:?}");
    }
}

#[tokio::test]
async fn schemas_are_those_of_what_is_asked_for() {
    let kit = kit(Release::V2_0).await;
    let flow = kit.request("GET", "/api/v1/plugins/schemas/FLOW").send().await.unwrap();
    assert_eq!(flow.headers()["cache-control"], "public, max-age=3600");
    let flow: Value = flow.json().await.unwrap();
    assert_eq!(flow["$ref"], "#/definitions/io.kestra.core.models.flows.Flow");
    let list = kit.call("GET", "/api/v1/plugins/schemas/task?arrayOf=true").await.ok();
    assert_eq!(list["type"], "array");
    assert!(list["items"]["anyOf"].as_array().unwrap().len() > 20);
}

#[tokio::test]
async fn expressions_have_the_words_of_the_line() {
    for (release, former) in [(Release::V1_3, true), (Release::V2_0, false)] {
        let kit = kit(release).await;
        let filters = kit.call("GET", "/api/v1/pebble/filters").await.ok();
        let filters = filters.as_array().unwrap();
        assert!(filters.contains(&"toJson".into()));
        assert_eq!(filters.contains(&"json".into()), former, "{release:?}");
    }
    let functions = kit(Release::V2_0).await.call("GET", "/api/v1/pebble/functions").await.ok();
    let read = functions.as_array().unwrap().iter().find(|function| function["name"] == "fromJson").unwrap();
    assert_eq!(read["arguments"][0]["name"], "json");
}
