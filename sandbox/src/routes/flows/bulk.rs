//! Many flows in one call. Nothing is rolled back: what came before an invalid flow stays, as in Kestra.

use std::{collections::BTreeSet, sync::LazyLock};

use jiff::Timestamp;
use regex::{NoExpand, Regex};
use rusqlite::Connection;
use schema::KestraLine::V2_0;
use serde::Deserialize;
use serde_json::{Value, json as document};

use super::{View, crud::ambiguous, json, saved_json, search};
use crate::{
    app::App,
    call::Call,
    fault::{Fault, Violation},
    filter::is_or_is_below,
    flow,
    reply::{self, Reply},
    store::flows::{self, Draft, Flow},
};

/// A flow by name, as the calls on many flows take it.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Identity {
    namespace: String,
    id: String,
}

impl Identity {
    pub(super) fn of(flow: &Flow) -> Identity {
        Identity { namespace: flow.namespace.clone(), id: flow.id.clone() }
    }

    fn of_draft(draft: &Draft) -> Identity {
        Identity { namespace: draft.namespace.clone(), id: draft.id.clone() }
    }

    /// The flow, which must exist.
    pub(super) fn find(&self, connection: &Connection) -> Result<Flow, Fault> {
        let found = flows::existing(connection, &self.namespace, &self.id)?;
        found.ok_or_else(|| Fault::Missing("No value present".into()))
    }
}

pub(super) async fn delete_by_ids(call: Call) -> Reply {
    let app = call.app.clone();
    delete(&app, call.json()?).await
}

pub(super) async fn delete_by_query(call: Call) -> Reply {
    let found = search::find(&call.app, &call.query).await?;
    delete(&call.app, found.iter().map(Identity::of).collect()).await
}

async fn delete(app: &App, wanted: Vec<Identity>) -> Reply {
    let count = wanted.len();
    for identity in wanted {
        app.store
            .write(move |c| Ok::<_, Fault>(flows::delete(c, identity.find(c)?, Timestamp::now())?))
            .await?;
    }
    reply::json(&document!({"count": count}))
}

/// Which flows a bulk update may touch, and whether it removes the others.
struct Scope {
    namespace: Option<String>,
    children: bool,
    delete: bool,
}

impl Scope {
    fn holds(&self, namespace: &str) -> bool {
        match &self.namespace {
            Some(wanted) if self.children => is_or_is_below(namespace, wanted),
            Some(wanted) => namespace == wanted,
            None => true,
        }
    }
}

/// Creates and updates the flows of any namespace; each document is stored as it stands between the dashes.
pub(super) async fn update(call: Call) -> Reply {
    let scope = Scope {
        namespace: call.query.one("namespace").map(str::to_owned),
        children: call.query.flag("allowNamespaceChild", false),
        delete: call.query.flag("delete", true),
    };
    let (app, sources) = (call.app.clone(), documents(call).await?);
    apply(&app, scope, sources).await
}

/// The same for one namespace; here Kestra trims each document before it stores it.
pub(super) async fn update_namespace(call: Call) -> Reply {
    if call.media_type().is_empty() {
        return Err(ambiguous(&call.head.method, call.head.uri.path()));
    }
    let namespace = call.variable("namespace");
    let moved = call.line() == V2_0 && call.query.flag("override", false);
    let scope = Scope {
        namespace: Some(namespace.clone()),
        children: false,
        delete: call.query.flag("delete", true),
    };
    let (app, sources) = (call.app.clone(), documents(call).await?);
    let trimmed = sources.iter().map(|source| source.trim());
    let sources = trimmed.map(|source| if moved { within(source, &namespace) } else { source.to_owned() });
    apply(&app, scope, sources.collect()).await
}

/// A text with another namespace.
fn within(source: &str, namespace: &str) -> String {
    static LINE: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"(?m)^namespace:.*$").expect("a constant pattern"));
    LINE.replace(source, NoExpand(&format!("namespace: {namespace}"))).into_owned()
}

/// The documents of a body: Kestra splits at any three dashes.
async fn documents(call: Call) -> Result<Vec<String>, Fault> {
    let media_type = call.media_type();
    if media_type == "multipart/form-data" {
        let parts = call.parts().await?.into_iter().filter(|part| part.name == "flows");
        return Ok(parts.map(|part| String::from_utf8_lossy(&part.content).into_owned()).collect());
    }
    if media_type == "application/json" {
        return written_as_json(&call);
    }
    let text = call.text();
    Ok(text.split("---").filter(|source| !source.trim().is_empty()).map(str::to_owned).collect())
}

/// Flows in a body that only 1.3 takes, one or a list. Kestra checks all of them before anything else.
fn written_as_json(call: &Call) -> Result<Vec<String>, Fault> {
    let flows = match call.json()? {
        Value::Array(flows) => flows,
        flow => vec![flow],
    };
    let mut violations = Vec::new();
    for (position, flow) in flows.iter().enumerate() {
        let Err(Fault::Entity { violations: found, .. }) =
            flow::draft_of_json(flow.clone(), call.app.rules())
        else {
            continue;
        };
        let list = format!("updateFlowsInNamespaceFromJson.flows[{position}]");
        let placed = |found: Violation| Violation { path: format!("{list}.{}", found.path), ..found };
        violations.extend(found.into_iter().map(placed));
    }
    if !violations.is_empty() {
        let lines = violations.iter().map(|found| format!("{}: {}", found.path, found.message));
        return Err(Fault::Entity { message: lines.collect::<Vec<_>>().join(", "), violations });
    }
    if flows.is_empty() { Ok(Vec::new()) } else { Err(Fault::Unserved("flows written as JSON".into())) }
}

async fn apply(app: &App, scope: Scope, sources: Vec<String>) -> Reply {
    let line = app.line();
    let identities =
        sources.iter().map(|source| flow::identity(source, line)).collect::<Result<Vec<_>, _>>()?;
    if let Some((namespace, id)) = identities.iter().find(|(namespace, _)| !scope.holds(namespace)) {
        let message = format!("main_{namespace}_{id}_-1 - flow namespace is invalid");
        return Err(Fault::rule("flow.namespace", message));
    }
    let distinct: BTreeSet<_> = identities.iter().collect();
    if distinct.len() < identities.len() {
        return Err(Fault::rule("flow.id", "Duplicate flow id"));
    }
    let (mut written, mut kept) = (Vec::new(), BTreeSet::new());
    for source in sources {
        let draft = flow::draft(source, app.rules())?;
        kept.insert(Identity::of_draft(&draft));
        let saved = app.store.write(move |c| flows::save(c, draft, Timestamp::now()));
        written.push(saved_json(saved.await?, line));
    }
    let mut answer = if scope.delete { delete_others(app, scope, kept).await? } else { Vec::new() };
    answer.append(&mut written);
    reply::json(&answer)
}

/// Removes the flows of a scope that were not sent, and prints them as they were.
async fn delete_others(app: &App, scope: Scope, kept: BTreeSet<Identity>) -> Result<Vec<Value>, Fault> {
    let line = app.line();
    let removed = app.store.write(move |c| {
        let mut others = flows::list(c, None)?;
        others.retain(|flow| scope.holds(&flow.namespace) && !kept.contains(&Identity::of(flow)));
        for flow in &others {
            flows::delete(c, flow.clone(), Timestamp::now())?;
        }
        Ok::<_, Fault>(others)
    });
    Ok(removed.await?.into_iter().map(|flow| json(flow, View::ReadWithSource, line)).collect())
}
