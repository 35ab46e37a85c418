//! Webhooks: whoever knows the key of a trigger starts its flow, and the trigger keeps what was sent.

use axum::http::{HeaderMap, HeaderValue};
use jiff::Timestamp;
use serde_json::{Map, Value, json};

use super::{
    create::{host, url},
    is_disabled, of_revision,
};
use crate::{
    call::{Call, Query},
    depth,
    execution::{self, Start},
    fault::Fault,
    reply::{self, Reply},
    store::{executions::Execution, flows::Flow},
};

const WEBHOOK: &str = "io.kestra.plugin.core.trigger.Webhook";

/// The former name of the type.
const FORMER: &str = "io.kestra.core.models.triggers.types.Webhook";

pub(super) async fn call(call: Call) -> Reply {
    let flow = of_revision(&call.app, call.variable("namespace"), call.variable("id"), None).await?;
    let flow = flow.ok_or_else(|| Fault::Missing("Flow not found".into()))?;
    if is_disabled(&flow) {
        return Err(Fault::State("Cannot execute a disabled flow".into()));
    }
    let trigger =
        trigger(&flow, &call.variable("key")).ok_or_else(|| Fault::Missing("Webhook not found".into()))?;
    let trigger = json!({"id": trigger["id"], "type": trigger["type"], "variables": variables(&call)});
    depth::check(&trigger)?;
    let start = Start { from: "trigger", trigger: Some(trigger), ..Start::default() };
    let created = execution::create(&flow, &execution::new_id(), start, Timestamp::now());
    let is_executed = call.app.executes();
    let accepted =
        call.app.store.write(move |c| execution::accept(c, &created, is_executed).map(|()| created)).await?;
    call.app.changes.announce();
    reply::json(&answer(&accepted, &host(&call)))
}

/// The trigger with a key. A key that is an expression would have to be rendered, so nobody can know it here.
fn trigger<'a>(flow: &'a Flow, key: &str) -> Option<&'a Value> {
    let triggers = flow.body.get("triggers")?.as_array()?;
    let is_webhook = |kind: &Value| kind == WEBHOOK || kind == FORMER;
    triggers.iter().find(|trigger| is_webhook(&trigger["type"]) && trigger["key"].as_str() == Some(key))
}

/// What expressions read below `trigger`; a body that is JSON becomes a value.
fn variables(call: &Call) -> Value {
    let mut variables = Map::new();
    let body = call.text();
    if !body.is_empty() {
        variables.insert("body".into(), serde_json::from_str(&body).unwrap_or(Value::String(body)));
    }
    variables.insert("headers".into(), headers(&call.head.headers));
    variables.insert("parameters".into(), parameters(&call.query));
    variables.into()
}

fn headers(headers: &HeaderMap) -> Value {
    let text = |value: &HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
    let values = |name| headers.get_all(name).iter().map(text).collect::<Value>();
    headers.keys().map(|name| (name.to_string(), values(name))).collect::<Map<_, _>>().into()
}

fn parameters(query: &Query) -> Value {
    let values = |name| query.all(name).map(Value::from).collect::<Value>();
    query.iter().map(|(name, _)| (name.to_owned(), values(name))).collect::<Map<_, _>>().into()
}

/// This answer has parts of an execution in an order of its own.
fn answer(execution: &Execution, host: &str) -> Value {
    let part = |name: &str| execution.0.get(name).map(|value| (name.to_owned(), value.clone()));
    let mut answer = Map::new();
    answer.insert("tenantId".into(), "main".into());
    answer.extend(
        ["id", "namespace", "flowId", "flowRevision", "trigger", "labels", "state"]
            .into_iter()
            .filter_map(part),
    );
    answer.insert("url".into(), url(execution, host).into());
    answer.into()
}
