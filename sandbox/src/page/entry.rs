//! One KV entry with its value.

use jiff::Timestamp;
use maud::html;

use super::{address, frame::View, namespace::way_into, parts};
use crate::{call::Call, fault::Fault, reply::Reply, store::kv};

pub(super) async fn show(call: Call) -> Reply {
    let (namespace, key) = (call.variable("namespace"), call.variable("key"));
    let missing = Fault::Missing(format!("Namespace {namespace} has no value {key}."));
    let (within, wanted) = (namespace.clone(), key.clone());
    let found = call.app.store.read(move |c| kv::get(c, &within, &wanted)).await?;
    let entry = found.filter(|entry| !entry.expired(Timestamp::now())).ok_or(missing)?;
    let content = html! {
        header.title { h1 { (key) } p { "KV value of " a href=(address::namespace(&namespace)) { (namespace) } } }
        @if let Some(description) = &entry.description { p.description { (description) } }
        dl {
            dt { "Type" } dd { (entry.kind) }
            dt { "Version" } dd { (entry.version) }
            dt { "Changed" } dd { (parts::moment(&entry.updated)) }
            @if let Some(expires) = entry.expires { dt { "Expires" } dd { (parts::moment(&expires.to_string())) } }
        }
        section { h2 { "Value" } (parts::value(&entry.value)) }
    };
    View { title: key.clone(), way: way_into(&namespace), content }.reply(&call.app)
}
