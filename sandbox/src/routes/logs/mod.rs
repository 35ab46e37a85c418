//! Logs: of an execution, of everything, as a file, as events, and their removal.

mod follow;
mod search;

use axum::http::{Method, StatusCode};
use serde_json::json;

use super::executions::{EVENTS, existing_or};
use crate::{
    call::Call,
    fault::Fault,
    filter::Filters,
    reply::{self, Reply},
    router::{Route, route},
    store::logs::{self, Level, LogEntry},
};

pub(super) fn routes() -> Vec<Route> {
    let of_execution = "/logs/{executionId}";
    vec![
        route(Method::GET, "/logs/search", search::search),
        route(Method::GET, of_execution, list),
        route(Method::DELETE, of_execution, delete),
        route(Method::GET, "/logs/{executionId}/download", download).producing("text/plain"),
        route(Method::GET, "/logs/{executionId}/follow", follow::follow).producing(EVENTS),
        route(Method::DELETE, "/logs/{namespace}/{flowId}", delete_of_trigger),
    ]
}

/// Which lines of an execution a caller wants: 1.3 has parameters for that, 2.0 filters.
#[derive(Clone, Debug)]
struct Wanted {
    filters: Filters,
    least: Level,
    task_id: Option<String>,
    task_run_id: Option<String>,
    attempt: Option<i64>,
}

impl Wanted {
    fn parse(call: &Call) -> Result<Wanted, Fault> {
        let query = &call.query;
        let text = |name| query.one(name).map(str::to_owned);
        Ok(Wanted {
            filters: search::filters(query, &[], call.line())?,
            least: text("minLevel").map_or(Ok(Level::Trace), |name| level("minLevel", &name))?,
            task_id: text("taskId"),
            task_run_id: text("taskRunId"),
            attempt: query.number("attempt")?,
        })
    }

    fn passes(&self, entry: &LogEntry) -> bool {
        let is = |wanted: &Option<String>, own: &Option<String>| wanted.is_none() || wanted == own;
        self.filters.pass(&|filter| search::passes(entry, filter))
            && entry.level >= self.least
            && is(&self.task_id, &entry.task_id)
            && is(&self.task_run_id, &entry.task_run_id)
            && (self.attempt.is_none() || self.attempt == entry.attempt_number)
    }
}

fn level(argument: &str, name: &str) -> Result<Level, Fault> {
    let unknown = |_| {
        Fault::Conversion(format!(
            "Failed to convert argument [{argument}] for value [{name}] due to: No enum constant org.slf4j.event.Level.{name}"
        ))
    };
    serde_json::from_value(name.to_uppercase().into()).map_err(unknown)
}

async fn list(call: Call) -> Reply {
    reply::json(&of_execution(&call).await?)
}

async fn of_execution(call: &Call) -> Result<Vec<LogEntry>, Fault> {
    let (id, wanted) = (call.variable("executionId"), Wanted::parse(call)?);
    let found = call.app.store.read(move |c| logs::of_execution(c, &id, 0)).await?;
    Ok(found.into_iter().map(|(_, entry)| entry).filter(|entry| wanted.passes(entry)).collect())
}

/// A line for each entry: moment, level, message.
async fn download(call: Call) -> Reply {
    let execution = existing_or(&call, |id| format!("Execution '{id}' not found.")).await?;
    let id = execution.id();
    let line = |entry: LogEntry| {
        let level = json!(entry.level);
        format!("{} {} {}", entry.timestamp, level.as_str().unwrap_or_default(), entry.message)
    };
    let lines: Vec<String> = of_execution(&call).await?.into_iter().map(line).collect();
    let disposition = format!("attachment; filename=\"{id}.log\"; filename*=utf-8''{id}.log");
    reply::saved_as("text/plain", disposition, lines.join("\n").into_bytes())
}

async fn delete(call: Call) -> Reply {
    let (id, wanted) = (call.variable("executionId"), Wanted::parse(&call)?);
    call.app.store.write(move |c| logs::delete(c, &id, |entry| wanted.passes(entry))).await?;
    reply::empty(StatusCode::OK)
}

async fn delete_of_trigger(call: Call) -> Reply {
    let (namespace, flow) = (call.variable("namespace"), call.variable("flowId"));
    let trigger = call.query.required("triggerId")?.to_owned();
    call.app.store.write(move |c| logs::delete_of_trigger(c, &namespace, &flow, &trigger)).await?;
    reply::empty(StatusCode::OK)
}
