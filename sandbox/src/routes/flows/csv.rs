//! Flows as a table.

use serde_json::Value;

use super::{ORDER, View, json, search};
use crate::{call::Call, csv, reply::Reply};

pub(super) async fn export_by_query(call: Call) -> Reply {
    let found = search::find(&call.app, &call.query).await?;
    let flows: Vec<Value> = found.into_iter().map(|flow| json(flow, View::Read, call.line())).collect();
    csv::export("flows", &flows, &ORDER)
}
