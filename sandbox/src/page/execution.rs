//! One execution while it runs and afterwards: its state, the runs of its tasks, what it took and gave, and its log.

use jiff::Timestamp;
use maud::{Markup, html};
use serde_json::{Map, Value};

use super::{
    address,
    executions::{of_flow, took},
    frame::View,
    log,
    namespace::way_into,
    parts, timeline,
};
use crate::{
    app::App,
    call::Call,
    fault::Fault,
    reply::Reply,
    store::{
        executions::{self, Execution},
        logs,
    },
};

pub(super) async fn show(call: Call) -> Reply {
    let id = call.variable("executionId");
    let missing = Fault::Missing(format!("There is no execution {id}."));
    let wanted = id.clone();
    let found = call
        .app
        .store
        .read(move |c| Ok::<_, Fault>((executions::get(c, &wanted)?, logs::of_execution(c, &wanted, 0)?)));
    let (execution, lines) = found.await?;
    let execution = execution.ok_or(missing)?;
    let content = html! {
        div data-follow=(streams(&execution)) {
            div #state data-live aria-live="polite" { (head(&call.app, &execution)) }
            section #timeline data-live { h2 { "Task runs" } (timeline::show(&execution, Timestamp::now())) }
            div.columns {
                @if let Some(inputs) = some(execution.0.get("inputs")) { section { h2 { "Inputs" } (table("Name", inputs)) } }
                div #outputs data-live { (outputs(&execution)) }
            }
            section #log data-live { h2 { "Log" } (log::show(&lines)) }
            @if !execution.is_terminated() { noscript { (parts::nothing("Load the page again to see what is new.")) } }
        }
    };
    let mut way = way_into(execution.namespace());
    way.push((execution.flow_id().to_owned(), address::flow(execution.namespace(), execution.flow_id())));
    View { title: format!("{} {}", execution.flow_id(), execution.state()), way, content }.reply(&call.app)
}

/// The streams of the API that say when this view is out of date: lines come late, states not after the end.
fn streams(execution: &Execution) -> String {
    let id = address::encoded(execution.id());
    let log = format!("/api/v1/main/logs/{id}/follow");
    if execution.is_terminated() { log } else { format!("{log} /api/v1/main/executions/{id}/follow") }
}

fn head(app: &App, execution: &Execution) -> Markup {
    let now = Timestamp::now();
    html! {
        header.title {
            h1 { (execution.flow_id()) " " (parts::state(execution.state())) }
            p { "Execution " code { (execution.id()) } " of " (of_flow(execution)) }
        }
        @if !app.executes() && !execution.is_terminated() {
            p.note { "No engine is attached to this sandbox: the execution is kept, and no task of it runs." }
        }
        dl {
            @if let Some(revision) = execution.revision() {
                dt { "Revision" }
                dd { a href=(address::revision(execution.namespace(), execution.flow_id(), revision)) { (revision) } }
            }
            dt { "Created" } dd { (parts::moment(execution.start_date())) }
            @if !execution.end_date().is_empty() { dt { "Ended" } dd { (parts::moment(execution.end_date())) } }
            @let took = took(execution, now);
            @if !took.is_empty() { dt { "Took" } dd { (took) } }
            @for (key, value) in labels(execution) { dt { (key) } dd { (value) } }
        }
    }
}

/// The labels that people gave it.
fn labels(execution: &Execution) -> impl Iterator<Item = (&str, &str)> {
    let labels = execution.0.get("labels").and_then(Value::as_array);
    labels.into_iter().flatten().filter_map(|label| {
        Some((label.get("key")?.as_str()?, label.get("value")?.as_str()?))
            .filter(|(key, _)| !key.starts_with("system."))
    })
}

/// What the flow gave, and what each of its tasks gave.
fn outputs(execution: &Execution) -> Markup {
    let of_flow = some(execution.0.get("outputs"));
    let runs = execution.0.get("taskRunList").and_then(Value::as_array);
    let of_task = |run: &Value| {
        let name = run.get("taskId").and_then(Value::as_str).unwrap_or_default();
        some(run.get("outputs")).map(|outputs| table(&format!("Output of {name}"), outputs))
    };
    let of_tasks: Vec<Markup> = runs.into_iter().flatten().filter_map(of_task).collect();
    html! {
        @if of_flow.is_some() || !of_tasks.is_empty() {
            section {
                h2 { "Outputs" }
                @if let Some(outputs) = of_flow { (table("Name", outputs)) }
                @if !of_tasks.is_empty() {
                    details #task-outputs {
                        summary { (parts::count(of_tasks.len(), "task run")) " with outputs" }
                        @for table in of_tasks { (table) }
                    }
                }
            }
        }
    }
}

/// The properties of an object that has any.
fn some(values: Option<&Value>) -> Option<&Map<String, Value>> {
    values.and_then(Value::as_object).filter(|values| !values.is_empty())
}

fn table(caption: &str, values: &Map<String, Value>) -> Markup {
    parts::values(caption, values.iter())
}
