//! Starting flows: inputs by type, labels, a moment to start at.

use jiff::Timestamp;
use schema::KestraLine;
use serde_json::{Value, json};

use super::{parts, print, startable};
use crate::{
    call::{Call, Query},
    execution::{self, Start, inputs, labels},
    fault::Fault,
    reply::{self, Reply},
    store::{execution_files, executions::Execution},
};

/// With `wait` the answer comes at the execution's end. Without an engine no execution ends, and it comes at once.
pub(super) async fn create(call: Call) -> Reply {
    let flow = startable(&call).await?;
    let (app, id) = (call.app.clone(), execution::new_id());
    let (host, mut start, waits) = (host(&call), start(&call.query)?, call.query.flag("wait", false));
    let sent = inputs::sent(parts(call).await?, &flow, &id);
    start.inputs = inputs::values(&flow, &sent.texts)?;
    let created = execution::create(&flow, &id, start, Timestamp::now());
    let is_executed = app.executes();
    let accepted = app.store.write(move |c| {
        for (uri, content) in &sent.files {
            execution_files::put(c, uri, created.id(), content)?;
        }
        execution::accept(c, &created, is_executed)?;
        Ok::<_, Fault>(created)
    });
    let accepted = accepted.await?;
    app.changes.announce();
    let accepted = match &app.executor {
        Some(executor) if waits => executor.end(&app, accepted.id()).await?,
        _ => accepted,
    };
    reply::json(&with_url(accepted, &host, app.line()))
}

pub(super) async fn validate(call: Call) -> Reply {
    let flow = startable(&call).await?;
    labels::given(&call.query)?;
    let sent = inputs::sent(parts(call).await?, &flow, "");
    reply::json(&inputs::report(&flow, &sent.texts)?)
}

fn start(query: &Query) -> Result<Start, Fault> {
    const KINDS: [&str; 3] = ["NORMAL", "TEST", "PLAYGROUND"];
    Ok(Start {
        labels: labels::given(query)?,
        from: "api",
        // Kestra ignores what is no date.
        schedule_date: query.one("scheduleDate").and_then(|date| date.parse().ok()),
        kind: query.one("kind").map(str::to_uppercase).filter(|kind| KINDS.contains(&kind.as_str())),
        breakpoints: query.one("breakpoints").map(breakpoints),
        ..Start::default()
    })
}

/// `task,task.value` as Kestra keeps it.
pub(super) fn breakpoints(text: &str) -> Value {
    let one = |text: &str| match text.split_once('.') {
        Some((id, value)) => json!({"id": id, "value": value}),
        None => json!({"id": text}),
    };
    text.split(',').map(one).collect()
}

/// The address clients see this server under.
pub(super) fn host(call: &Call) -> String {
    call.header("host").unwrap_or("127.0.0.1").to_owned()
}

/// An execution with the address of its page.
fn with_url(execution: Execution, host: &str, line: KestraLine) -> Value {
    let url = url(&execution, host);
    let mut body = print::one(execution, line);
    body.insert("url".into(), url.into());
    body.into()
}

pub(super) fn url(execution: &Execution, host: &str) -> String {
    let (namespace, flow, id) = (execution.namespace(), execution.flow_id(), execution.id());
    format!("http://{host}/ui/main/executions/{namespace}/{flow}/{id}")
}
