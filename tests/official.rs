//! States as the official provider leaves them, for what takes them over. All objects are in `company.team`.

use serde_json::{Value, json};

/// What it remembers of an object beside its state: nothing, and once a version of its schema.
const NOTHING: &str = "bnVsbA==";
const SCHEMA_VERSION_0: &str = "eyJzY2hlbWFfdmVyc2lvbiI6IjAifQ==";

/// A state with these resources.
pub(crate) fn state(resources: &[Value]) -> String {
    json!({
        "version": 4, "terraform_version": "1.11.4", "serial": 7, "lineage": "5d9d1a6e-3f0f-4f0e-9a55-0f6c8d7f0c11",
        "outputs": {}, "resources": resources, "check_results": null,
    })
    .to_string()
}

/// The names are in the state whether or not they are in the configuration.
pub(crate) fn flow(name: &str, id: &str, content: &str) -> Value {
    let attributes = json!({
        "id": format!("company.team/{id}"), "content": content, "revision": 1, "tenant_id": "main",
        "namespace": "company.team", "flow_id": id,
    });
    resource("kestra_flow", name, NOTHING, attributes)
}

pub(crate) fn kv(key: &str, kind: &str, value: &str) -> Value {
    let attributes = json!({
        "id": format!("company.team/{key}"), "namespace": "company.team", "key": key, "type": kind, "value": value,
        "tenant_id": "main",
    });
    resource("kestra_kv", key, SCHEMA_VERSION_0, attributes)
}

/// It knows files by a name with a leading slash.
pub(crate) fn file(name: &str, filename: &str, content: &str) -> Value {
    let attributes = json!({
        "id": format!("company.team/{filename}"), "namespace": "company.team", "filename": filename, "content": content,
        "tenant_id": "main",
    });
    resource("kestra_namespace_file", name, NOTHING, attributes)
}

fn resource(kind: &str, name: &str, private: &str, attributes: Value) -> Value {
    json!({
        "mode": "managed", "type": kind, "name": name,
        "provider": "provider[\"registry.terraform.io/kestra-io/kestra\"]",
        "instances": [{
            "schema_version": 0, "attributes": attributes, "sensitive_attributes": [], "private": private,
        }],
    })
}
