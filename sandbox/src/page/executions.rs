//! The executions, the newest first: all, or those of a namespace, a flow or a state.

use jiff::Timestamp;
use maud::{Markup, html};
use serde_json::Value;

use super::{address, frame::View, parts};
use crate::{
    call::Call,
    fault::Fault,
    filter::{Filter, Operator},
    reply::Reply,
    store::executions::{self, Execution, Head},
};

/// What a list is asked for: the name in its address, what it is called, and how it compares.
const FILTERS: [(&str, &str, Operator); 4] = [
    ("q", "Id, flow or namespace", Operator::Equals),
    ("namespace", "Namespace", Operator::Prefix),
    ("flow", "Flow", Operator::Equals),
    ("state", "State", Operator::Equals),
];

/// The states that a list can be asked for.
const STATES: [&str; 13] = [
    "CREATED",
    "QUEUED",
    "RUNNING",
    "PAUSED",
    "SUCCESS",
    "WARNING",
    "FAILED",
    "KILLING",
    "KILLED",
    "CANCELLED",
    "RETRYING",
    "RETRIED",
    "RESTARTED",
];

pub(super) async fn show(call: Call) -> Reply {
    let given = |name| call.query.one(name).unwrap_or_default();
    let asked = FILTERS.iter().filter(|(name, ..)| !given(name).is_empty());
    let filters = asked.map(|(name, _, operator)| Filter::new(name, *operator, None, given(name)));
    let filters = filters.collect::<Result<Vec<Filter>, Fault>>()?;
    let store = &call.app.store;
    let found = store.read(move |c| executions::numbers(c, |head| filters.iter().all(|f| passes(head, f))));
    let found = found.await?;
    let pages = parts::Pages::of(&call, address::EXECUTIONS, &FILTERS.map(|(name, ..)| name), found.len())?;
    let part = pages.part(&found).to_vec();
    let shown = store.read(move |c| executions::numbered(c, &part)).await?;
    let content = html! {
        header.title { h1 { "Executions" } p { (parts::count(found.len(), "execution")) } }
        form.filters action=(address::EXECUTIONS) {
            @for (name, label, _) in FILTERS { (field(name, label, given(name))) }
            button { "Find" }
        }
        @if found.is_empty() { (parts::nothing("No execution is found.")) } @else { (table(&shown, true)) }
        (pages.show())
    };
    View { title: "Executions".into(), way: Vec::new(), content }.reply(&call.app)
}

fn passes(head: &Head<'_>, filter: &Filter) -> bool {
    match filter.field.as_str() {
        "q" => filter.finds(&[head.id, head.namespace, head.flow_id]),
        "namespace" => filter.matches(head.namespace),
        "flow" => filter.matches(head.flow_id),
        _ => filter.matches(head.state),
    }
}

fn field(name: &str, label: &str, value: &str) -> Markup {
    html! {
        label {
            (label) " "
            @if name == "state" {
                select name=(name) {
                    option value="" { "any" }
                    @for state in STATES { option selected[state == value] { (state) } }
                }
            } @else { input type="search" name=(name) value=(value); }
        }
    }
}

/// Some executions, with their flows where these differ.
pub(super) fn table(executions: &[Execution], with_flow: bool) -> Markup {
    let now = Timestamp::now();
    html! {
        table {
            thead { tr { th { "Execution" } th { "State" } @if with_flow { th { "Flow" } } th { "Started" } th.number { "Took" } th { "By" } } }
            tbody {
                @for execution in executions {
                    tr {
                        th scope="row" { a href=(address::execution(execution.id())) { code { (execution.id()) } } }
                        td { (parts::state(execution.state())) }
                        @if with_flow { td { (of_flow(execution)) } }
                        td { (parts::moment(execution.start_date())) }
                        td.number { (took(execution, now)) }
                        td { (by(execution)) }
                    }
                }
            }
        }
    }
}

/// The flow of an execution.
pub(super) fn of_flow(execution: &Execution) -> Markup {
    let (namespace, id) = (execution.namespace(), execution.flow_id());
    html! { a href=(address::flow(namespace, id)) { span.above { (namespace) " / " } (id) } }
}

/// How long it took; one that has not begun takes no time.
pub(super) fn took(execution: &Execution, now: Timestamp) -> String {
    let has_begun = execution.state() != "CREATED";
    let elapsed = parts::elapsed(execution.start_date(), execution.end_date(), now).filter(|_| has_begun);
    elapsed.map(parts::duration).unwrap_or_default()
}

/// The trigger that started it.
fn by(execution: &Execution) -> &str {
    let trigger = execution.0.get("trigger").and_then(|trigger| trigger.get("id"));
    trigger.and_then(Value::as_str).unwrap_or("API")
}
