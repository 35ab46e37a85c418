//! Finding executions: by filters, by the older query parameters, by flow, the newest of each flow.

use std::collections::BTreeSet;

use jiff::Timestamp;
use schema::duration::Duration;
use serde::Deserialize;
use serde_json::{Value, json};

use super::print;
use crate::{
    app::App,
    call::{Call, Query},
    fault::Fault,
    filter::{self, Filter, Older, Operator},
    paging::Paging,
    reply::{self, Reply},
    store::executions::{self, Execution},
};

const FIELDS: [&str; 13] = [
    "q",
    "scope",
    "namespace",
    "flowId",
    "state",
    "startDate",
    "endDate",
    "timeRange",
    "labels",
    "triggerExecutionId",
    "childFilter",
    "kind",
    "parentId",
];

const OLDER: [Older; 10] = [
    ("q", "q", Operator::Equals),
    ("scope", "scope", Operator::In),
    ("namespace", "namespace", Operator::Prefix),
    ("flowId", "flowId", Operator::Equals),
    ("state", "state", Operator::In),
    ("startDate", "startDate", Operator::GreaterThanOrEqualTo),
    ("endDate", "endDate", Operator::LessThanOrEqualTo),
    ("timeRange", "timeRange", Operator::Equals),
    ("triggerExecutionId", "triggerExecutionId", Operator::Equals),
    ("childFilter", "childFilter", Operator::Equals),
];

pub(super) async fn search(call: Call) -> Reply {
    let paging = Paging::parse(&call.query, "searchExecutions")?;
    let mut found = find(&call.app, &call.query).await?;
    paging.sort(&mut found, column)?;
    let line = call.line();
    reply::json(&paging.page(found).json(|execution| print::listed(execution, line)))
}

pub(super) async fn of_flow(call: Call) -> Reply {
    let paging = Paging::parse(&call.query, "searchExecutionsByFlowId")?;
    let namespace = call.query.required("namespace")?.to_owned();
    let flow = call.query.required("flowId")?.to_owned();
    let of_flow = move |found: &Execution| found.namespace() == namespace && found.flow_id() == flow;
    let found = call.app.store.read(move |c| executions::search(c, of_flow)).await?;
    let line = call.line();
    reply::json(&paging.page(found).json(|execution| print::listed(execution, line)))
}

/// The executions a query asks for, the oldest first.
pub(super) async fn find(app: &App, query: &Query) -> Result<Vec<Execution>, Fault> {
    let now = Timestamp::now();
    let filters = filter::with_older(query, &FIELDS, &OLDER, app.line())?;
    let filters = filters.try_map(&|filter| dated(filter, now))?;
    let passes = move |found: &Execution| filters.pass(&|filter| passes(found, filter));
    Ok(app.store.read(move |c| executions::search(c, passes)).await?)
}

/// A range of time is a date before now.
fn dated(filter: Filter, now: Timestamp) -> Result<Filter, Fault> {
    if filter.field != "timeRange" {
        return Ok(filter);
    }
    let since = filter.value.parse::<Duration>().ok();
    let since =
        since.and_then(|range| Timestamp::from_nanosecond(now.as_nanosecond() - range.as_nanos()).ok());
    let since = since.ok_or_else(|| Fault::Argument(format!("'{}' is no range of time", filter.value)))?;
    Filter::new("startDate", Operator::GreaterThanOrEqualTo, None, &since.to_string())
}

fn passes(execution: &Execution, filter: &Filter) -> bool {
    match filter.field.as_str() {
        "q" => filter.finds(&[execution.id(), execution.namespace(), execution.flow_id()]),
        "scope" => filter.matches(filter::scope(execution.namespace())),
        "namespace" => filter.matches(execution.namespace()),
        "flowId" => filter.matches(execution.flow_id()),
        "state" => filter.matches(execution.state()),
        "startDate" => filter.matches_date(execution.start_date()),
        "endDate" => filter.matches_date(execution.end_date()),
        "labels" => filter.matches_label(&execution.0),
        "triggerExecutionId" => filter.matches(parent(execution)),
        "childFilter" => filter.matches(if parent(execution).is_empty() { "MAIN" } else { "CHILD" }),
        name => filter.matches(execution.text(name)),
    }
}

/// The execution that started this one as a subflow; empty for none.
fn parent(execution: &Execution) -> &str {
    let trigger = execution.0.get("trigger").and_then(|trigger| trigger.get("variables")?.get("executionId"));
    trigger.and_then(Value::as_str).unwrap_or_default()
}

fn column(execution: &Execution, name: &str) -> Option<String> {
    let text = match name {
        "id" => execution.id(),
        "namespace" => execution.namespace(),
        "flowId" => execution.flow_id(),
        "state.current" => execution.state(),
        "state.startDate" => execution.start_date(),
        "state.endDate" => execution.end_date(),
        "state.duration" => return Some(format!("{:030}", nanoseconds(execution))),
        _ => return None,
    };
    Some(text.into())
}

/// How long it took; 0 for one that has not ended.
fn nanoseconds(execution: &Execution) -> i128 {
    let date = |text: &str| text.parse::<Timestamp>().ok();
    let ended = date(execution.end_date()).zip(date(execution.start_date()));
    ended.map_or(0, |(end, start)| end.as_nanosecond() - start.as_nanosecond())
}

/// The values that a field has in the executions of a query, each once.
pub(super) async fn distinct(call: Call) -> Reply {
    let field = call.query.required("field")?.to_owned();
    let size = call.query.number("size")?.and_then(|size| usize::try_from(size).ok()).unwrap_or(100);
    let unknown = || Fault::Argument(format!("there are no distinct values of {field}"));
    // As filters name it, `flowId`, or as Java does: `FLOW_ID`.
    let name = field.replace('_', "").to_lowercase();
    let value = |found: &Execution| match name.as_str() {
        "namespace" => Ok(found.namespace().to_owned()),
        "flowid" => Ok(found.flow_id().to_owned()),
        "state" => Ok(found.state().to_owned()),
        "kind" => Ok(found.text("kind").to_owned()),
        "parentid" => Ok(found.text("parentId").to_owned()),
        _ => Err(unknown()),
    };
    let found = find(&call.app, &call.query).await?;
    let mut values = found.iter().map(value).collect::<Result<BTreeSet<String>, Fault>>()?;
    values.remove("");
    reply::json(&values.into_iter().take(size).collect::<Vec<String>>())
}

/// A flow by name, as this call takes it.
#[derive(Deserialize)]
struct Identity {
    namespace: String,
    id: String,
}

/// The newest execution of each of some flows.
pub(super) async fn latest(call: Call) -> Reply {
    let wanted: Vec<Identity> = call.json()?;
    let found = call.app.store.read(move |c| {
        let newest = wanted.iter().map(|flow| executions::latest(c, &flow.namespace, &flow.id));
        newest.filter_map(Result::transpose).collect::<Result<Vec<Execution>, _>>()
    });
    let line = |found: &Execution| {
        json!({
            "id": found.id(), "flowId": found.flow_id(), "namespace": found.namespace(),
            "startDate": found.start_date(), "status": found.state(),
        })
    };
    reply::json(&found.await?.iter().map(line).collect::<Vec<Value>>())
}
