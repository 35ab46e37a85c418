//! Plugins: the sandbox carries none, so it knows which questions make sense and can answer few of them.

use axum::http::Method;
use serde_json::{Value, json};

use crate::{
    call::Call,
    fault::Fault,
    flow::{Known, lookup},
    reply::{self, Reply},
    router::{Route, route},
};

/// The types an input of a 1.3 flow can have, and the classes behind them.
const INPUTS: &[(&str, &str)] = &[
    ("STRING", "String"),
    ("ENUM", "Enum"),
    ("SELECT", "Select"),
    ("INT", "Int"),
    ("FLOAT", "Float"),
    ("BOOLEAN", "Boolean"),
    ("BOOL", "Bool"),
    ("DATETIME", "DateTime"),
    ("DATE", "Date"),
    ("TIME", "Time"),
    ("DURATION", "Duration"),
    ("FILE", "File"),
    ("JSON", "Json"),
    ("URI", "URI"),
    ("SECRET", "Secret"),
    ("ARRAY", "Array"),
    ("MULTISELECT", "Multiselect"),
    ("YAML", "Yaml"),
    ("EMAIL", "Email"),
    ("FORM", "Form"),
];

/// What Kestra has a JSON schema for.
const SCHEMAS: [&str; 7] = ["flow", "task", "trigger", "plugindefault", "apps", "testsuites", "dashboard"];

pub(super) fn routes() -> Vec<Route> {
    vec![
        route(Method::GET, "/api/v1/plugins/inputs", inputs),
        route(Method::GET, "/api/v1/plugins/schemas/{type}", schema),
        route(Method::GET, "/api/v1/plugins/{cls}", class),
    ]
}

async fn inputs(_: Call) -> Reply {
    let input = |(name, class): &(&str, &str)| json!({"type": name, "cls": format!("io.kestra.core.models.flows.input.{class}Input")});
    reply::json(&INPUTS.iter().map(input).collect::<Vec<Value>>())
}

async fn schema(call: Call) -> Reply {
    let kind = call.variable("type");
    if SCHEMAS.iter().any(|known| known.eq_ignore_ascii_case(&kind)) {
        return Err(Fault::Unserved("JSON schemas".into()));
    }
    Err(Fault::Conversion(format!(
        "Failed to convert argument [type] for value [{kind}] due to: No enum constant \
        io.kestra.core.docs.SchemaType.{kind}"
    )))
}

/// A class of another plugin may exist on a real server, so only a core class can be called missing.
async fn class(call: Call) -> Reply {
    let name = call.variable("cls");
    match lookup(&name, call.line()) {
        Known::Nothing => Err(Fault::Missing(format!("Class '{name}' doesn't exists "))),
        _ => Err(Fault::Unserved("the documentation of plugins".into())),
    }
}
