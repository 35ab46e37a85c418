//! Executions as a table.

use serde_json::Value;

use super::{print, search};
use crate::{call::Call, csv, reply::Reply};

/// The properties of an execution in the order Kestra prints them.
const ORDER: [&str; 19] = [
    "id",
    "namespace",
    "flowId",
    "flowRevision",
    "taskRunList",
    "inputs",
    "outputs",
    "labels",
    "variables",
    "state",
    "parentId",
    "originalId",
    "trigger",
    "deleted",
    "metadata",
    "scheduleDate",
    "traceParent",
    "kind",
    "breakpoints",
];

pub(super) async fn export_by_query(call: Call) -> Reply {
    let found = search::find(&call.app, &call.query).await?;
    let executions: Vec<Value> =
        found.iter().map(|execution| print::listed(execution, call.line())).collect();
    csv::export("executions", &executions, &ORDER)
}
