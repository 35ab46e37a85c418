//! The addresses of the views, and where the addresses of Kestra's own pages lead: links that its API hands out, and
//! those that people have kept, end at the view of the same thing.

use std::future::{Ready, ready};

use axum::http::{HeaderValue, Method, StatusCode, header};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::{
    call::Call,
    fault::Fault,
    reply::{self, Reply},
    router::{Route, route},
};

/// What stands for something else in a part of an address.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

pub(super) const NAMESPACES: &str = "/";
pub(super) const FLOWS: &str = "/flows";
pub(super) const EXECUTIONS: &str = "/executions";

pub(super) fn namespace(namespace: &str) -> String {
    joined("/namespaces", &[namespace])
}

pub(super) fn entry(namespace: &str, key: &str) -> String {
    format!("{}{}", self::namespace(namespace), joined("/kv", &[key]))
}

/// A file or folder of a namespace; its path starts with `/`.
pub(super) fn file(namespace: &str, path: &str) -> String {
    format!("{}/files?{}", self::namespace(namespace), query(&[("path", path)]))
}

pub(super) fn flow(namespace: &str, id: &str) -> String {
    joined(FLOWS, &[namespace, id])
}

/// A flow as it was.
pub(super) fn revision(namespace: &str, id: &str, revision: i64) -> String {
    format!("{}?revision={revision}", flow(namespace, id))
}

pub(super) fn revisions(namespace: &str, id: &str) -> String {
    format!("{}/revisions", flow(namespace, id))
}

/// What changed between two revisions.
pub(super) fn change(namespace: &str, id: &str, from: i64, to: i64) -> String {
    format!("{}?from={from}&to={to}", revisions(namespace, id))
}

pub(super) fn topology(namespace: &str, id: &str, revision: i64) -> String {
    format!("{}/topology.svg?revision={revision}", flow(namespace, id))
}

pub(super) fn execution(id: &str) -> String {
    joined(EXECUTIONS, &[id])
}

/// The executions of a flow.
pub(super) fn executions_of(namespace: &str, id: &str) -> String {
    format!("{EXECUTIONS}?{}", query(&[("namespace", namespace), ("flow", id)]))
}

/// Parameters that have a value, as a query.
pub(super) fn query(parameters: &[(&str, &str)]) -> String {
    let given = parameters.iter().filter(|(_, value)| !value.is_empty());
    let pairs: Vec<String> = given.map(|(name, value)| format!("{name}={}", encoded(value))).collect();
    pairs.join("&")
}

fn joined(place: &str, names: &[&str]) -> String {
    names.iter().fold(place.to_owned(), |address, name| format!("{address}/{}", encoded(name)))
}

/// A part of an address of Kestra's API or of ours.
pub(super) fn encoded(text: &str) -> String {
    utf8_percent_encode(text, RESERVED).to_string()
}

/// The addresses of Kestra's pages that have a view here.
pub(super) fn of_kestra() -> Vec<Route> {
    const TENANT: &str = "/ui/main";
    let flow = |call: &Call| flow(&call.variable("namespace"), &call.variable("id"));
    let execution = |call: &Call| execution(&call.variable("executionId"));
    let edited = format!("{TENANT}/flows/edit/{{namespace}}/{{id}}");
    let executed = format!("{TENANT}/executions/{{namespace}}/{{id}}/{{executionId}}");
    vec![
        moved("/ui", |_| NAMESPACES.into()),
        moved(TENANT, |_| NAMESPACES.into()),
        moved(&format!("{TENANT}/flows"), |_| FLOWS.into()),
        moved(&format!("{TENANT}/executions"), |_| EXECUTIONS.into()),
        moved(&edited, flow),
        moved(&format!("{edited}/{{tab}}"), flow),
        moved(&executed, execution),
        moved(&format!("{executed}/{{tab}}"), execution),
    ]
}

fn moved(from: &str, to: impl Fn(&Call) -> String + Send + Sync + 'static) -> Route {
    route(Method::GET, from, move |call| redirected(&to(&call))).producing(super::HTML)
}

fn redirected(to: &str) -> Ready<Reply> {
    let location = HeaderValue::try_from(to).map_err(|_| Fault::NotFound);
    ready(location.map(|location| {
        let mut response = reply::bare(StatusCode::FOUND);
        response.headers_mut().insert(header::LOCATION, location);
        response
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_encoded_in_addresses() {
        assert_eq!(flow("a.b", "f-1_x"), "/flows/a.b/f-1_x");
        assert_eq!(entry("a.b", "x/y?z"), "/namespaces/a.b/kv/x%2Fy%3Fz");
        assert_eq!(file("a", "/ü & co"), "/namespaces/a/files?path=%2F%C3%BC%20%26%20co");
        assert_eq!(query(&[("q", ""), ("state", "FAILED")]), "state=FAILED");
    }
}
