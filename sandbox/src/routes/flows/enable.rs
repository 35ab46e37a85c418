//! Switching flows off and on, which rewrites their text and therefore makes revisions.

use std::sync::LazyLock;

use jiff::Timestamp;
use regex::Regex;
use rusqlite::Connection;
use serde_json::json;

use super::{bulk::Identity, search};
use crate::{
    call::Call,
    fault::Fault,
    flow,
    reply::{self, Reply},
    store::flows::{self, Flow},
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
    let app = call.app.clone();
    let wanted: Vec<Identity> = call.json()?;
    let count = app.store.write(move |c| switch(c, wanted, disabled)).await?;
    reply::json(&json!({"count": count}))
}

async fn by_query(call: Call, disabled: bool) -> Reply {
    let found: Vec<Identity> = search::find(&call.app, &call.query).await?.iter().map(Identity::of).collect();
    let count = call.app.store.write(move |c| switch(c, found, disabled)).await?;
    reply::json(&json!({"count": count}))
}

/// Switches flows and counts those that were not so already.
fn switch(connection: &Connection, wanted: Vec<Identity>, disabled: bool) -> Result<usize, Fault> {
    let mut count = 0;
    for identity in wanted {
        let Flow { source, body, .. } = identity.find(connection)?;
        if body.get("disabled") != Some(&disabled.into()) {
            flows::save(connection, flow::draft(switched(&source, disabled))?, Timestamp::now())?;
            count += 1;
        }
    }
    Ok(count)
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
