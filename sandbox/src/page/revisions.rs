//! The history of a flow, and what changed between two of its revisions.

use maud::{Markup, html};

use super::{address, diff, frame::View, namespace::way_into, parts};
use crate::{
    call::Call,
    fault::Fault,
    reply::Reply,
    store::flows::{self, Flow},
};

pub(super) async fn show(call: Call) -> Reply {
    let (namespace, id) = (call.variable("namespace"), call.variable("id"));
    let (within, wanted) = (namespace.clone(), id.clone());
    let revisions = call.app.store.read(move |c| flows::revisions(c, &within, &wanted)).await?;
    let Some(newest) = revisions.last() else {
        return Err(Fault::Missing(format!("Namespace {namespace} has no flow {id}.")));
    };
    let to = call.query.number("to")?.unwrap_or(newest.revision);
    let before = revisions.iter().rev().find(|flow| flow.revision < to).map(|flow| flow.revision);
    let from = call.query.number("from")?.or(before);
    let one = |number: i64| revisions.iter().find(|flow| flow.revision == number);
    let missing = |number: i64| Fault::Missing(format!("The flow {id} has no revision {number}."));
    let new = one(to).ok_or_else(|| missing(to))?;
    let old = from.map(|from| one(from).ok_or_else(|| missing(from))).transpose()?;
    let mut listed: Vec<Listed<'_>> =
        revisions.iter().enumerate().map(|(at, flow)| (flow, revisions[..at].last())).collect();
    listed.reverse();
    let place = address::revisions(&namespace, &id);
    let pages = parts::Pages::of(&call, &place, &["from", "to"], listed.len())?;
    let content = html! {
        header.title {
            h1 { (id) ": revisions" }
            p { "Flow of " a href=(address::namespace(&namespace)) { (namespace) } }
        }
        section #change {
            @if let Some(old) = old {
                h2 { "From revision " (old.revision) " to " (new.revision) }
                (diff::show(old, new))
            } @else { (parts::nothing("The flow has one revision.")) }
        }
        section #revisions { h2 { "All revisions" } (choice(pages.part(&listed), from, to)) (pages.show()) }
    };
    let mut way = way_into(&namespace);
    way.push((id.clone(), address::flow(&namespace, &id)));
    View { title: format!("{id}: revisions"), way, content }.reply(&call.app)
}

/// A revision and the one before it.
type Listed<'a> = (&'a Flow, Option<&'a Flow>);

/// Some revisions, of which two can be chosen.
fn choice(revisions: &[Listed<'_>], from: Option<i64>, to: i64) -> Markup {
    let radio = |name: &str, flow: &Flow, is_chosen: bool| {
        let label = format!("{name} revision {}", flow.revision);
        html! { input type="radio" name=(name) value=(flow.revision) checked[is_chosen] aria-label=(label); }
    };
    html! {
        form {
            table {
                thead { tr { th.number { "Revision" } th { "From" } th { "To" } th { "Stored" } th { "What changed" } } }
                tbody {
                    @for (flow, old) in revisions {
                        tr {
                            th.number scope="row" {
                                a href=(address::revision(&flow.namespace, &flow.id, flow.revision)) { (flow.revision) }
                            }
                            td { (radio("from", flow, from == Some(flow.revision))) }
                            td { (radio("to", flow, to == flow.revision)) }
                            td { (parts::moment(flow.updated.as_deref().unwrap_or_default())) }
                            td { (before(*old, flow)) }
                        }
                    }
                }
            }
            button { "Compare" }
        }
    }
}

/// What a revision changed, in one sentence with a link to the whole.
fn before(old: Option<&Flow>, new: &Flow) -> Markup {
    html! {
        @if new.deleted { span.state.bad { "deleted" } }
        @else if let Some(old) = old {
            a href=(address::change(&new.namespace, &new.id, old.revision, new.revision)) { (diff::sentence(old, new)) }
        } @else { "created" }
    }
}
