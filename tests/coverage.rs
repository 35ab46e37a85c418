//! The coverage ledger: every endpoint of Kestra's API, which server has it, whether the sandbox serves it, and whether the
//! provider calls it. It is made from the routes of the sandbox and the calls of the client;
//! `docs/sandbox-coverage.md` is what it looks like.

mod calls;
mod page;

use std::collections::BTreeSet;

use sandbox::{Endpoint, endpoints};

use crate::{
    golden::{self, Files},
    tidy::none,
};

const PAGE: &str = "docs/sandbox-coverage.md";

/// What the sandbox does not serve, in endpoints: this number only gets smaller, unless more of Kestra comes into sight.
const UNSERVED: usize = 97;

#[test]
fn the_page_of_coverage_is_up_to_date() {
    let served = served();
    let called = calls::of_client().iter().filter_map(|call| goes_to(call, &served)).collect();
    golden::compare(&Files::from([(PAGE.to_owned(), Some(page::page(&endpoints(), &called)))]));
}

#[test]
fn what_is_not_served_gets_less() {
    let unserved = endpoints().iter().filter(|endpoint| endpoint.why_unserved.is_some()).count();
    assert_eq!(unserved, UNSERVED, "a smaller number is good news: write it into {}", file!());
}

#[test]
fn every_call_of_the_client_goes_to_an_endpoint_that_is_served() {
    let (calls, served) = (calls::of_client(), served());
    assert!(calls.len() > 20, "the calls of the client are found: {calls:?}");
    let unknown = calls.iter().filter(|call| goes_to(call, &served).is_none());
    none(unknown.map(|call| format!("the client calls {call}, which the sandbox does not serve")).collect());
}

fn served() -> BTreeSet<String> {
    endpoints().iter().filter(|endpoint| endpoint.why_unserved.is_none()).map(shape).collect()
}

/// The endpoint that takes a call: its own, or one with a variable where the call has a text.
fn goes_to(call: &str, served: &BTreeSet<String>) -> Option<String> {
    let fits = |endpoint: &&String| {
        let (own, its) = (call.split('/'), endpoint.split('/'));
        own.clone().count() == its.clone().count() && own.zip(its).all(|(own, its)| own == its || its == "{}")
    };
    served.get(call).or_else(|| served.iter().find(fits)).cloned()
}

/// An endpoint without the names of its variables: `GET /api/v1/{}/flows/{}`.
fn shape(endpoint: &Endpoint) -> String {
    let segment = |segment| if str::starts_with(segment, "{") { "{}" } else { segment };
    let path: Vec<&str> = endpoint.template.split('/').map(segment).collect();
    format!("{} {}", endpoint.method, path.join("/"))
}
