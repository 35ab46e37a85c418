//! The flows that are there, all or those that a search finds.

use maud::{Markup, html};
use serde_json::Value;

use super::{address, frame::View, parts};
use crate::{
    call::{Call, Query},
    reply::Reply,
    routes::find_flows,
    store::flows::Flow,
};

pub(super) async fn show(call: Call) -> Reply {
    let wanted = call.query.one("q").unwrap_or_default();
    let found = find_flows(&call.app, &Query::given([("filters[q][EQUALS]", wanted)])).await?;
    let pages = parts::Pages::of(&call, address::FLOWS, &["q"], found.len())?;
    let content = html! {
        header.title { h1 { "Flows" } p { (parts::count(found.len(), "flow")) @if !wanted.is_empty() { " for “" (wanted) "”" } } }
        form.filters action=(address::FLOWS) {
            label { "Id or namespace " input type="search" name="q" value=(wanted); }
            button { "Find" }
        }
        @if found.is_empty() { (parts::nothing("No flow is found.")) } @else { (table(pages.part(&found), true)) }
        (pages.show())
    };
    View { title: "Flows".into(), way: Vec::new(), content }.reply(&call.app)
}

/// Some flows, with their namespaces where these differ.
pub(super) fn table(flows: &[Flow], with_namespace: bool) -> Markup {
    html! {
        table {
            thead {
                tr {
                    th { "Flow" }
                    @if with_namespace { th { "Namespace" } }
                    th { "Description" } th.number { "Revision" } th { "Changed" }
                }
            }
            tbody {
                @for flow in flows {
                    tr {
                        th scope="row" { a href=(address::flow(&flow.namespace, &flow.id)) { (flow.id) } (off(flow)) }
                        @if with_namespace { td { a href=(address::namespace(&flow.namespace)) { (flow.namespace) } } }
                        td.short { (description(flow).lines().next().unwrap_or_default()) }
                        td.number { (flow.revision) }
                        td { (parts::moment(flow.updated.as_deref().unwrap_or_default())) }
                    }
                }
            }
        }
    }
}

pub(super) fn description(flow: &Flow) -> &str {
    flow.body.get("description").and_then(Value::as_str).unwrap_or_default()
}

/// A mark on a flow that nothing starts.
pub(super) fn off(flow: &Flow) -> Markup {
    let is_off = flow.body.get("disabled").is_some_and(|disabled| disabled == true);
    html! { @if is_off { " " span.state.idle { "disabled" } } }
}
