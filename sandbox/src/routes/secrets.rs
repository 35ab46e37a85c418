//! Secrets: open-source Kestra reads them from its environment, so the API only lists names; here there are none.

use axum::http::Method;
use schema::KestraLine;
use serde_json::{Map, Value, json};

use crate::{
    call::Call,
    reply::{self, Reply},
    router::{Route, route},
};

pub(super) fn routes() -> Vec<Route> {
    vec![
        route(Method::GET, "/secrets", list),
        route(Method::GET, "/namespaces/{namespace}/secrets", list).only(KestraLine::V1_3),
        route(Method::GET, "/namespaces/{namespace}/inherited-secrets", inherited),
    ]
}

async fn list(_: Call) -> Reply {
    reply::json(&json!({"readOnly": true, "results": [], "total": 0}))
}

async fn inherited(call: Call) -> Reply {
    let mut names = Map::new();
    names.insert(call.variable("namespace"), Value::Array(Vec::new()));
    reply::json(&names)
}
