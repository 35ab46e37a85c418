//! Finding log lines.

use schema::KestraLine;
use serde_json::json;

use super::level;
use crate::{
    call::{Call, Query},
    fault::Fault,
    filter::{self, Filter, Filters, Older, Operator},
    paging::Paging,
    reply::{self, Reply},
    store::logs::{self, LogEntry},
};

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

pub(super) async fn search(call: Call) -> Reply {
    let paging = Paging::parse(&call.query, "searchLogs")?;
    let filters = filters(&call.query, &OLDER, call.line())?;
    let passes = move |entry: &LogEntry| filters.pass(&|filter| passes(entry, filter));
    let mut found = call.app.store.read(move |c| logs::search(c, passes)).await?;
    paging.sort(&mut found, column)?;
    let mut page = paging.page(found).json(|entry| json!(entry));
    if call.line() == KestraLine::V2_0 {
        // The other way to page, by cursors, is for stores that cannot count.
        page["type"] = "OFFSET".into();
    }
    reply::json(&page)
}

/// Filters, each level among them one that exists.
pub(super) fn filters(query: &Query, older: &[Older], line: KestraLine) -> Result<Filters, Fault> {
    let existing = |filter: Filter| match filter.field.as_str() {
        "level" => level("level", &filter.value).map(|_| filter),
        _ => Ok(filter),
    };
    filter::with_older(query, &FIELDS, older, line)?.try_map(&existing)
}

pub(super) fn passes(entry: &LogEntry, filter: &Filter) -> bool {
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
