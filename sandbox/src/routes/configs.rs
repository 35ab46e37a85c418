//! What a client asks first: is the server there, which Kestra is it, is its login set up.

use axum::http::Method;
use serde_json::json;

use crate::{
    call::Call,
    reply::{self, Reply},
    router::{Route, route},
};

/// The Kestra whose behaviour the sandbox reproduces.
const VERSION: &str = "1.3.34";

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
    reply::json(&json!({
        "uuid": call.app.uuid,
        "version": VERSION,
        "edition": call.app.edition.name(),
        "chartDefaultDuration": "PT24H",
        "isCustomDashboardsEnabled": false,
        "isAnonymousUsageEnabled": false,
        "isUiAnonymousUsageEnabled": false,
        "isTemplateEnabled": false,
        "url": format!("http://{host}"),
        "preview": {"initial": 100, "max": 5000},
        "systemNamespace": "system",
        "hiddenLabelsPrefixes": ["system.", "internal."],
        "isAiEnabled": false,
        "isAiApiKeyConfigured": false,
        "isBasicAuthInitialized": call.app.auth.is_some(),
        "pluginsHash": 0,
        "isConcurrencyViewEnabled": true,
    }))
}

/// Credentials come with the sandbox's start, so there is never one to complain about.
async fn validation_errors(_: Call) -> Reply {
    reply::json(&json!([]))
}
