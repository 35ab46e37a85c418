//! What a client asks first: is the server there, which Kestra is it, is its login set up.

use axum::http::Method;
use schema::KestraLine;
use serde_json::json;

use crate::{
    call::Call,
    reply::{self, Reply},
    router::{Route, route},
};

/// What the editor of a new flow starts with.
const FLOW_TEMPLATE: &str = "\
id: myflow
namespace: company.team

tasks:
  - id: hello
    type: io.kestra.plugin.core.log.Log
    message: Hello World!
";

pub(super) fn routes() -> Vec<Route> {
    vec![
        route(Method::GET, "/ping", ping),
        route(Method::GET, "/api/v1/configs", configs),
        route(Method::GET, "/api/v1/basicAuthValidationErrors", validation_errors),
    ]
}

/// Kestra sends this text as JSON, which it isn't.
async fn ping(_: Call) -> Reply {
    Ok(reply::bytes("application/json", "pong"))
}

async fn configs(call: Call) -> Reply {
    let host = call.header("host").unwrap_or("127.0.0.1");
    let mut configs = json!({
        "uuid": call.app.uuid,
        "version": call.app.release.version(),
        "edition": call.app.edition.name(),
        "chartDefaultDuration": "PT24H",
        "isCustomDashboardsEnabled": true,
        "isAnonymousUsageEnabled": false,
        "isUiAnonymousUsageEnabled": false,
        "url": format!("http://{host}"),
        "preview": {"initial": 100, "max": 5000},
        "systemNamespace": "system",
        "hiddenLabelsPrefixes": ["system.", "internal."],
        "isAiEnabled": false,
        "isAiApiKeyConfigured": false,
        "isBasicAuthInitialized": call.app.auth.is_some(),
        "pluginsHash": 0,
        "isConcurrencyViewEnabled": true,
        // No Kestra says this: clients can know that nothing would ever execute what they start.
        "sandbox": {"executes": call.app.executes()},
    });
    // 2.0 has no templates any more; its page starts a new flow from a text that the server may set.
    match call.line() {
        KestraLine::V1_3 => configs["isTemplateEnabled"] = false.into(),
        KestraLine::V2_0 => configs["flowTemplate"] = FLOW_TEMPLATE.into(),
    }
    reply::json(&configs)
}

/// Credentials come with the sandbox's start, so there is never one to complain about.
async fn validation_errors(_: Call) -> Reply {
    reply::json(&json!([]))
}
