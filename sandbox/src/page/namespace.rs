//! One namespace: its flows, its KV entries without their values, and its files.

use jiff::Timestamp;
use maud::{Markup, html};

use super::{address, flows::table, frame::View, parts};
use crate::{
    call::Call,
    fault::Fault,
    reply::Reply,
    store::{
        flows, kv,
        kv::Entry,
        namespace_files::{self, Attributes},
    },
};

pub(super) async fn show(call: Call) -> Reply {
    let namespace = call.variable("namespace");
    let wanted = namespace.clone();
    let found = call.app.store.read(move |c| {
        let now = Timestamp::now();
        let files = namespace_files::below(c, &wanted, "")?;
        Ok::<_, Fault>((flows::list(c, Some(&wanted))?, kv::list(c, Some(&wanted), now)?, files))
    });
    let (flows, entries, files) = found.await?;
    let place = address::namespace(&namespace);
    let pages = parts::Pages::of(&call, &place, &[], flows.len())?;
    let content = html! {
        header.title { h1 { (namespace) } p { "Namespace" } }
        section {
            h2 { "Flows" }
            @if flows.is_empty() { (parts::nothing("No flow is in this namespace.")) } @else { (table(pages.part(&flows), false)) }
            (pages.show())
        }
        section {
            h2 { "KV" }
            @if entries.is_empty() { (parts::nothing("No value is kept here.")) } @else { (keys(&entries)) }
        }
        section {
            h2 { "Files" }
            @if files.is_empty() { (parts::nothing("No file is kept here.")) } @else { (paths(&namespace, &files)) }
        }
        section { h2 { "Secrets" } (parts::nothing("Secrets are never shown.")) }
    };
    View { title: namespace.clone(), way: way(), content }.reply(&call.app)
}

pub(super) fn way() -> Vec<(String, String)> {
    vec![("Namespaces".into(), address::NAMESPACES.into())]
}

/// The way to what is in a namespace.
pub(super) fn way_into(namespace: &str) -> Vec<(String, String)> {
    let mut way = way();
    way.push((namespace.to_owned(), address::namespace(namespace)));
    way
}

fn keys(entries: &[Entry]) -> Markup {
    html! {
        table {
            thead { tr { th { "Key" } th { "Type" } th { "Description" } th { "Changed" } } }
            tbody {
                @for entry in entries {
                    tr {
                        th scope="row" { a href=(address::entry(&entry.namespace, &entry.key)) { (entry.key) } }
                        td { (entry.kind) }
                        td { (entry.description.as_deref().unwrap_or_default()) }
                        td { (parts::moment(&entry.updated)) }
                    }
                }
            }
        }
    }
}

/// Files and folders of a namespace.
pub(super) fn paths(namespace: &str, files: &[Attributes]) -> Markup {
    let changed = |milliseconds| Timestamp::from_millisecond(milliseconds).unwrap_or_default().to_string();
    html! {
        table {
            thead { tr { th { "Path" } th.number { "Bytes" } th { "Changed" } } }
            tbody {
                @for file in files {
                    tr {
                        th scope="row" { a href=(address::file(namespace, &file.path)) { (file.path) @if file.directory { "/" } } }
                        td.number { @if !file.directory { (file.size) } }
                        td { (parts::moment(&changed(file.modified))) }
                    }
                }
            }
        }
    }
}
