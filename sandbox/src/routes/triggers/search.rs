//! Finding triggers.

use rusqlite::Connection;
use schema::KestraLine;
use serde_json::{Value, json};

use super::{Trigger, all, of_flow as triggers_of};
use crate::{
    call::Call,
    csv,
    fault::Fault,
    filter::{self, Filter, Filters, Older, Operator},
    paging::Paging,
    reply::{self, Reply},
    store::flows,
};

const FIELDS: [&str; 7] = ["q", "scope", "namespace", "flowId", "triggerId", "workerId", "timeRange"];

const OLDER: [Older; 4] = [
    ("q", "q", Operator::Equals),
    ("namespace", "namespace", Operator::Prefix),
    ("flowId", "flowId", Operator::Equals),
    ("workerId", "workerId", Operator::Equals),
];

pub(super) async fn search(call: Call) -> Reply {
    let paging = Paging::parse(&call.query, "searchTriggers")?;
    let filters = filters(&call)?;
    let mut found = call.app.store.read(move |c| passing(c, &filters)).await?;
    paging.sort(&mut found, column)?;
    let line = call.line();
    let both = |found: &Trigger| match line {
        KestraLine::V1_3 => json!({"abstractTrigger": found.declaration, "triggerContext": found.json(line)}),
        KestraLine::V2_0 => json!({"trigger": found.declaration, "state": found.json(line)}),
    };
    reply::json(&paging.page(found).json(both))
}

pub(super) async fn of_flow(call: Call) -> Reply {
    let paging = Paging::parse(&call.query, "searchTriggersForFlow")?;
    let (namespace, flow) = (call.variable("namespace"), call.variable("flowId"));
    let q = call.query.one("q").map(|q| Filter::new("q", Operator::Equals, None, q)).transpose()?;
    let found = call.app.store.read(move |c| {
        let flow = flows::existing(c, &namespace, &flow)?;
        flow.map_or(Ok(Vec::new()), |flow| triggers_of(c, &flow))
    });
    let mut found: Vec<Trigger> = found.await?;
    found.retain(|trigger| q.iter().all(|filter| passes(trigger, filter)));
    paging.sort(&mut found, column)?;
    reply::json(&paging.page(found).json(|trigger| trigger.json(call.line())))
}

/// The order of columns; each line has its own names for some.
const ORDER: [&str; 14] = [
    "tenantId",
    "namespace",
    "flowId",
    "triggerId",
    "date",
    "evaluatedAt",
    "nextExecutionDate",
    "nextEvaluationDate",
    "backfill",
    "disabled",
    "executionId",
    "updatedDate",
    "updatedAt",
    "locked",
];

/// The states of triggers as a table.
pub(super) async fn export_by_query(call: Call) -> Reply {
    let filters = filters(&call)?;
    let found = call.app.store.read(move |c| passing(c, &filters)).await?;
    let states: Vec<Value> = found.iter().map(|trigger| trigger.json(call.line())).collect();
    csv::export("triggers", &states, &ORDER)
}

pub(super) fn filters(call: &Call) -> Result<Filters, Fault> {
    filter::with_older(&call.query, &FIELDS, &OLDER, call.line())
}

/// The triggers that pass all filters.
pub(super) fn passing(connection: &Connection, filters: &Filters) -> Result<Vec<Trigger>, Fault> {
    let mut found = all(connection)?;
    found.retain(|trigger| filters.pass(&|filter| passes(trigger, filter)));
    Ok(found)
}

fn passes(trigger: &Trigger, filter: &Filter) -> bool {
    let id = &trigger.id;
    match filter.field.as_str() {
        "q" => filter.finds(&[&id.trigger_id, &id.flow_id, &id.namespace]),
        "scope" => filter.matches(filter::scope(&id.namespace)),
        "namespace" => filter.matches(&id.namespace),
        "flowId" => filter.matches(&id.flow_id),
        "triggerId" => filter.matches(&id.trigger_id),
        // No worker evaluates triggers, and no evaluation lies in any range of time.
        _ => false,
    }
}

fn column(trigger: &Trigger, name: &str) -> Option<String> {
    Some(match name {
        "namespace" => trigger.id.namespace.clone(),
        "flowId" => trigger.id.flow_id.clone(),
        "triggerId" => trigger.id.trigger_id.clone(),
        "date" => trigger.state.date.clone().unwrap_or_default(),
        "nextExecutionDate" => trigger.state.next_execution_date.clone().unwrap_or_default(),
        "executionId" => trigger.state.execution_id.clone().unwrap_or_default(),
        _ => return None,
    })
}
