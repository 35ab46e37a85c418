//! Switching flows off and on, which rewrites their text and therefore makes revisions.

use std::sync::LazyLock;

use regex::Regex;
use rusqlite::Connection;
use serde_json::json;

use super::{bulk::Identity, rewrite::rewrite, search};
use crate::{
    app::App,
    call::Call,
    flow,
    reply::{self, Reply},
    store::flows::{Flow, Saved},
};

pub(super) async fn disable_by_ids(call: Call) -> Reply {
    by_ids(call, true).await
}

pub(super) async fn enable_by_ids(call: Call) -> Reply {
    by_ids(call, false).await
}

pub(super) async fn disable_by_query(call: Call) -> Reply {
    by_query(call, true).await
}

pub(super) async fn enable_by_query(call: Call) -> Reply {
    by_query(call, false).await
}

async fn by_ids(call: Call, disabled: bool) -> Reply {
    let wanted: Vec<Identity> = call.json()?;
    switch(&call.app, wanted, disabled).await
}

async fn by_query(call: Call, disabled: bool) -> Reply {
    let found = search::find(&call.app, &call.query).await?;
    switch(&call.app, found.iter().map(Identity::of).collect(), disabled).await
}

/// Switches flows and counts those that were not so already.
async fn switch(app: &App, wanted: Vec<Identity>, disabled: bool) -> Reply {
    let find = move |c: &Connection| wanted.iter().map(|one| one.find(c)).collect();
    let edit = |flow: &Flow| {
        let already = flow.body.get("disabled") == Some(&disabled.into());
        (!already).then(|| flow::draft(switched(&flow.source, disabled), app.rules())).transpose()
    };
    let saved = rewrite(app, find, edit).await?;
    // A flow that was named twice is switched once.
    let count = saved.iter().filter(|saved| matches!(saved, Saved::New(_))).count();
    reply::json(&json!({"count": count}))
}

/// The text with its `disabled:` line replaced, or with one at its end.
fn switched(source: &str, disabled: bool) -> String {
    static LINE: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"(?m)^disabled\s*:.*$\n?").expect("a constant pattern"));
    if LINE.is_match(source) {
        LINE.replace(source, format!("disabled: {disabled}\n")).into_owned()
    } else {
        format!("{source}\ndisabled: {disabled}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_is_replaced_or_added() {
        for (source, disabled, expected) in [
            ("id: a\n", true, "id: a\n\ndisabled: true"),
            ("id: a\n\ndisabled: true", false, "id: a\n\ndisabled: false\n"),
            ("id: a\ndisabled: true\ntasks: []\n", false, "id: a\ndisabled: false\ntasks: []\n"),
            ("id: a\nx:\n  disabled: true", true, "id: a\nx:\n  disabled: true\ndisabled: true"),
        ] {
            assert_eq!(switched(source, disabled), expected, "{source:?}");
        }
    }
}
