//! Logs: of an execution, of everything, as a file, as events, and their removal.

use std::sync::Arc;

use axum::{
    http::{HeaderValue, Method, header},
    response::sse::Event,
};
use futures_util::stream;
use schema::KestraLine;
use serde_json::json;

use super::executions::{EVENTS, events};
use crate::{
    app::App,
    call::{Call, Query},
    changes::Follower,
    fault::Fault,
    filter::{self, Filter, Older, Operator},
    paging::Paging,
    reply::{self, Reply},
    router::{Route, route},
    store::{
        executions,
        logs::{self, Level, LogEntry},
    },
};

pub(super) fn routes() -> Vec<Route> {
    let of_execution = "/logs/{executionId}";
    vec![
        route(Method::GET, "/logs/search", search),
        route(Method::GET, of_execution, list),
        route(Method::DELETE, of_execution, delete),
        route(Method::GET, "/logs/{executionId}/download", download).producing("text/plain"),
        route(Method::GET, "/logs/{executionId}/follow", follow).producing(EVENTS),
        route(Method::DELETE, "/logs/{namespace}/{flowId}", delete_of_trigger),
    ]
}

/// Which lines of an execution a caller wants: 1.3 has parameters for that, 2.0 filters.
#[derive(Clone, Debug)]
struct Wanted {
    filters: Vec<Filter>,
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
            filters: filters(query, &[], call.line())?,
            least: text("minLevel").map_or(Ok(Level::Trace), |name| level("minLevel", &name))?,
            task_id: text("taskId"),
            task_run_id: text("taskRunId"),
            attempt: query.number("attempt")?,
        })
    }

    fn passes(&self, entry: &LogEntry) -> bool {
        let is = |wanted: &Option<String>, own: &Option<String>| wanted.is_none() || wanted == own;
        self.filters.iter().all(|filter| passes(entry, filter))
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
    let id = call.variable("executionId");
    let wanted = id.clone();
    let execution = call.app.store.read(move |c| executions::get(c, &wanted)).await?;
    execution.ok_or_else(|| Fault::Missing(format!("Execution '{id}' not found.")))?;
    let line = |entry: LogEntry| {
        let level = json!(entry.level);
        format!("{} {} {}", entry.timestamp, level.as_str().unwrap_or_default(), entry.message)
    };
    let lines: Vec<String> = of_execution(&call).await?.into_iter().map(line).collect();
    let mut response = reply::bytes("text/plain", lines.join("\n"));
    let disposition = format!("attachment; filename=\"{id}.log\"; filename*=utf-8''{id}.log");
    if let Ok(disposition) = HeaderValue::try_from(disposition) {
        response.headers_mut().insert(header::CONTENT_DISPOSITION, disposition);
    }
    Ok(response)
}

async fn delete(call: Call) -> Reply {
    let (id, wanted) = (call.variable("executionId"), Wanted::parse(&call)?);
    call.app.store.write(move |c| logs::delete(c, &id, |entry| wanted.passes(entry))).await?;
    reply::empty(axum::http::StatusCode::OK)
}

async fn delete_of_trigger(call: Call) -> Reply {
    let (namespace, flow) = (call.variable("namespace"), call.variable("flowId"));
    let trigger = call.query.required("triggerId")?.to_owned();
    call.app.store.write(move |c| logs::delete_of_trigger(c, &namespace, &flow, &trigger)).await?;
    reply::empty(axum::http::StatusCode::OK)
}

const FIELDS: [&str; 11] = [
    "q",
    "scope",
    "namespace",
    "flowId",
    "triggerId",
    "executionId",
    "taskId",
    "taskRunId",
    "level",
    "startDate",
    "endDate",
];

const OLDER: [Older; 7] = [
    ("q", "q", Operator::Equals),
    ("namespace", "namespace", Operator::Prefix),
    ("flowId", "flowId", Operator::Equals),
    ("triggerId", "triggerId", Operator::Equals),
    ("minLevel", "level", Operator::Equals),
    ("startDate", "startDate", Operator::GreaterThanOrEqualTo),
    ("endDate", "endDate", Operator::LessThanOrEqualTo),
];

async fn search(call: Call) -> Reply {
    let paging = Paging::parse(&call.query, "searchLogs")?;
    let filters = filters(&call.query, &OLDER, call.line())?;
    let passes = move |entry: &LogEntry| filters.iter().all(|filter| passes(entry, filter));
    let mut found = call.app.store.read(move |c| logs::search(c, passes)).await?;
    paging.sort(&mut found, column)?;
    reply::json(&paging.page(found).json(|entry| json!(entry)))
}

/// Filters, each level among them one that exists.
fn filters(query: &Query, older: &[Older], line: KestraLine) -> Result<Vec<Filter>, Fault> {
    let filters = filter::with_older(query, &FIELDS, older, line)?;
    for filter in filters.iter().filter(|filter| filter.field == "level") {
        level("level", &filter.value)?;
    }
    Ok(filters)
}

fn passes(entry: &LogEntry, filter: &Filter) -> bool {
    let text = |text: &Option<String>| filter.matches(text.as_deref().unwrap_or_default());
    match filter.field.as_str() {
        "q" => filter.finds(&[&entry.message, &entry.namespace, &entry.flow_id]),
        "scope" => filter.matches(filter::scope(&entry.namespace)),
        "namespace" => filter.matches(&entry.namespace),
        "flowId" => filter.matches(&entry.flow_id),
        "triggerId" => text(&entry.trigger_id),
        "executionId" => text(&entry.execution_id),
        "taskId" => text(&entry.task_id),
        "taskRunId" => text(&entry.task_run_id),
        // The least level that is shown.
        "level" => level("level", &filter.value).is_ok_and(|least| entry.level >= least),
        _ => filter.matches_date(&entry.timestamp),
    }
}

fn column(entry: &LogEntry, name: &str) -> Option<String> {
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    Some(match name {
        "timestamp" => entry.timestamp.clone(),
        "namespace" => entry.namespace.clone(),
        "flowId" => entry.flow_id.clone(),
        "executionId" => text(&entry.execution_id),
        "taskId" => text(&entry.task_id),
        "level" => format!("{}", entry.level as u8),
        _ => return None,
    })
}

/// Where a follower stands.
struct Following {
    app: Arc<App>,
    id: String,
    wanted: Wanted,
    follower: Follower,
    /// The number of the last line that was read.
    read: i64,
    unsent: std::collections::VecDeque<LogEntry>,
}

/// The stream has no end of its own: Kestra keeps it open for lines that come late.
async fn follow(call: Call) -> Reply {
    let wanted = Wanted::parse(&call)?;
    let (app, id) = (call.app.clone(), call.variable("executionId"));
    let follower = app.changes.follow();
    let following = Following { app, id, wanted, follower, read: 0, unsent: Default::default() };
    let lines = stream::unfold(following, Following::next);
    Ok(events(Event::default().id("start").data("{}"), lines))
}

impl Following {
    async fn next(mut self) -> Option<(Result<Event, axum::Error>, Following)> {
        loop {
            if let Some(entry) = self.unsent.pop_front() {
                return Some((Event::default().id("progress").json_data(entry), self));
            }
            let (id, read) = (self.id.clone(), self.read);
            let found = self.app.store.read(move |c| logs::of_execution(c, &id, read)).await.ok()?;
            self.read = found.last().map_or(read, |(number, _)| *number);
            self.unsent =
                found.into_iter().map(|(_, entry)| entry).filter(|entry| self.wanted.passes(entry)).collect();
            if self.unsent.is_empty() && !self.follower.changed().await {
                return None;
            }
        }
    }
}
