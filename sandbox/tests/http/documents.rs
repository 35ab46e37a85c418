//! Enterprise's objects whose ids the server draws: groups and roles.

use sandbox::{Edition, Options, Release};
use serde_json::{Value, json};

use crate::kit::{Answer, Kit};

async fn kit(emulate: Release) -> Kit {
    Kit::with(Options { edition: Edition::Ee, emulate, ..Options::default() }).await
}

async fn send(kit: &Kit, method: &str, path: &str, body: Value) -> Answer {
    kit.send(method, path, "application/json", &body.to_string()).await
}

fn id(object: &Value) -> String {
    object["id"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_group_is_created_read_changed_and_deleted() {
    let kit = kit(Release::V2_0).await;
    let created =
        send(&kit, "POST", "groups", json!({"name": "ops", "description": "d", "other": 1})).await.ok();
    let id = id(&created);
    assert_eq!(created, json!({"id": id, "name": "ops", "description": "d"}));
    let path = format!("groups/{id}");
    assert_eq!(kit.call("GET", &path).await.ok(), created);
    assert_eq!(send(&kit, "POST", "groups", json!({"name": "ops"})).await.status, 409);
    for nameless in [json!({}), json!({"name": " "}), json!([])] {
        assert_eq!(send(&kit, "POST", "groups", nameless.clone()).await.status, 422, "{nameless}");
    }
    // What an update does not say is gone.
    let updated = send(&kit, "PUT", &path, json!({"name": "ops", "description": null})).await.ok();
    assert_eq!(updated, json!({"id": id, "name": "ops"}));
    assert_eq!(send(&kit, "PUT", "groups/nope", json!({"name": "x"})).await.status, 404);
    assert_eq!([kit.call("DELETE", &path).await.status, kit.call("DELETE", &path).await.status], [200, 404]);
    assert_eq!(kit.call("GET", &path).await.status, 404);
}

#[tokio::test]
async fn roles_are_found_by_name_and_by_id() {
    for emulate in [Release::V1_3, Release::V2_0] {
        let kit = kit(emulate).await;
        let mut ids = Vec::new();
        for name in ["reader", "editor", "reader of logs"] {
            let permissions = json!({"FLOW": ["READ"]});
            let role =
                send(&kit, "POST", "roles", json!({"name": name, "permissions": permissions})).await.ok();
            assert_eq!(role["permissions"], json!({"FLOW": ["READ"]}));
            assert_eq!((&role["isDefault"], &role["isManaged"]), (&json!(false), &json!(false)));
            ids.push(id(&role));
        }
        let editor = json!({"id": ids[1], "name": "editor", "isDefault": false, "isManaged": false});
        let found = kit.call("GET", "roles/search?q=edit&size=100").await.ok();
        assert_eq!(found, json!({"results": [editor], "total": 1}));
        let page = kit.call("GET", "roles/search?sort=name:desc&size=1").await.ok();
        assert_eq!((&page["results"][0]["name"], &page["total"]), (&json!("reader of logs"), &json!(3)));
        let by_name =
            send(&kit, "POST", "roles/autocomplete", json!({"q": "reader", "ids": [ids[0]]})).await.ok();
        assert_eq!(
            (by_name[0]["name"].clone(), by_name.as_array().unwrap().len()),
            (json!("reader of logs"), 1)
        );
        assert_eq!(
            send(&kit, "POST", "roles/ids", json!({"ids": [ids[1], "nope"]})).await.ok(),
            json!([editor])
        );
        assert_eq!(kit.call("DELETE", &format!("roles/{}", ids[1])).await.status, 204);
        assert_eq!(kit.call("GET", "roles/search").await.ok()["total"], 2);
    }
}

#[tokio::test]
async fn open_source_has_neither() {
    let kit = Kit::start().await;
    assert_eq!(kit.call("GET", "groups/search").await.status, 404);
    assert_eq!(send(&kit, "POST", "roles", json!({"name": "x"})).await.status, 404);
}
