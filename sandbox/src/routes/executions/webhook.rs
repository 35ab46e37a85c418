//! Webhooks: whoever knows the key of a trigger starts its flow, and the trigger keeps what was sent.

use axum::{
    body::Body,
    http::{HeaderMap, HeaderValue, header::CONTENT_TYPE},
    response::Response,
};
use engine::Request;
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::{
    create::{host, url},
    is_disabled, of_revision,
};
use crate::{
    call::{Call, Query},
    depth,
    execution::{self, Start},
    executor::Executor,
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
    if let Some(executor) = &call.app.executor {
        return in_engine(&call, executor).await;
    }
    let trigger =
        trigger(&flow, &call.variable("key")).ok_or_else(|| Fault::Missing("Webhook not found".into()))?;
    let trigger = json!({"id": trigger["id"], "type": trigger["type"], "variables": variables(&call)});
    depth::check(&trigger)?;
    let start = Start { from: "trigger", trigger: Some(trigger), ..Start::default() };
    let created = execution::create(&flow, &execution::new_id(), start, Timestamp::now());
    let accepted =
        call.app.store.write(move |c| execution::accept(c, &created, false).map(|()| created)).await?;
    call.app.changes.announce();
    reply::json(&answer(&accepted, &host(&call)))
}

/// With an engine, Kestra's own trigger answers: it knows the key that an expression is, conditions, inputs, and when to
/// wait for the end.
async fn in_engine(call: &Call, executor: &Executor) -> Reply {
    let host = host(call);
    let headers = serde_json::from_value(headers(&call.head.headers)).unwrap_or_default();
    let request = Request::Webhook {
        namespace: call.variable("namespace"),
        flow_id: call.variable("id"),
        key: call.variable("key"),
        path: Some(call.variable("path")).filter(|path| !path.is_empty()),
        method: call.head.method.to_string(),
        uri: format!("http://{host}{}", call.head.uri),
        headers,
        body: call.text(),
    };
    let answered = executor.ask(&call.app, &request).await.map_err(|fault| match fault {
        Fault::Argument(said) if said == "Webhook not found" => Fault::Missing(said),
        fault => fault,
    });
    let Answered { status, content_type, mut body } = Answered::of(answered?)?;
    if let Some(id) = body["id"].as_str().filter(|_| body.get("state").is_some()) {
        let made = executor.made(&call.app, id).await?;
        body["url"] = url(&made, &host).into();
    }
    as_told(status, content_type.as_deref(), &body)
}

/// What Kestra's trigger has answered.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Answered {
    status: u16,
    content_type: Option<String>,
    body: Value,
}

/// The answer of a trigger: a status alone, a text as it is, or a document.
fn as_told(status: u16, content_type: Option<&str>, body: &Value) -> Reply {
    let bytes = match body {
        Value::Null => Vec::new(),
        Value::String(text) if content_type == Some("text/plain") => text.clone().into_bytes(),
        document => document.to_string().into_bytes(),
    };
    let answer = Response::builder().status(status);
    let answer = match body {
        Value::Null => answer,
        _ => answer.header(CONTENT_TYPE, content_type.unwrap_or("application/json")),
    };
    answer.body(Body::from(bytes)).map_err(|cause| Fault::Internal(cause.to_string()))
}

impl Answered {
    fn of(answer: Value) -> Result<Self, Fault> {
        serde_json::from_value(answer).map_err(|cause| Fault::Internal(cause.to_string()))
    }
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
