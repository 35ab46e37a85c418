//! One flow at a time: create, read, update, delete, and the flows of a namespace.

use axum::http::{Method, StatusCode};
use jiff::Timestamp;
use rusqlite::Connection;
use schema::KestraLine::{self, V1_3, V2_0};
use serde_json::Value;

use super::{View, YAML, json, rewrite::rewrite, saved_json, saved_json_without_source};
use crate::{
    call::Call,
    fault::Fault,
    flow,
    reply::{self, Reply},
    store::flows::{self, Draft, Flow, Saved},
};

/// How a write of a flow is answered.
type Print = fn(Saved, KestraLine) -> Value;

/// A flow in a request, and how a write of it is answered: one that came as JSON is answered without the text.
async fn sent(call: Call) -> Result<(Draft, Print), Fault> {
    if call.query.flag("draft", false) && call.line() == V2_0 {
        return Err(Fault::Unserved("drafts of flows".into()));
    }
    match call.media_type().as_str() {
        YAML | "" => {
            let text = call.text();
            if text.is_empty() {
                Err(Fault::MissingBody("flow"))
            } else {
                Ok((flow::draft(text, call.app.rules())?, saved_json))
            }
        }
        "application/json" => {
            let draft = flow::draft_of_json(call.json()?, call.app.rules())?;
            Ok((draft, |saved, _| saved_json_without_source(saved)))
        }
        _ => {
            let message = "Cannot convert type [class java.lang.String] to target type: class \
                io.kestra.core.models.flows.Flow. Considering defining a TypeConverter bean to handle this case.";
            Err(Fault::Conversion(message.into()))
        }
    }
}

pub(super) async fn create(call: Call) -> Reply {
    let (app, line) = (call.app.clone(), call.line());
    let (draft, print) = sent(call).await?;
    let saved = app.store.write(move |c| {
        if flows::existing(c, &draft.namespace, &draft.id)?.is_some() {
            return Err(exists(line, &draft));
        }
        Ok(flows::save(c, draft, Timestamp::now())?)
    });
    reply::json(&print(saved.await?, line))
}

fn exists(line: KestraLine, Draft { namespace, id, .. }: &Draft) -> Fault {
    match line {
        V1_3 => Fault::rule("flow.id", "Flow id already exists"),
        V2_0 => Fault::Exists(format!("Flow '{id}' already exists in namespace '{namespace}'.")),
    }
}

pub(super) async fn update(call: Call) -> Reply {
    let (app, line) = (call.app.clone(), call.line());
    let (namespace, id) = (call.variable("namespace"), call.variable("id"));
    let (draft, print) = sent(call).await?;
    let saved = app.store.write(move |c| {
        flows::existing(c, &namespace, &id)?.ok_or(Fault::NotFound)?;
        same_identity(&draft, &namespace, &id)?;
        Ok::<_, Fault>(flows::save(c, draft, Timestamp::now())?)
    });
    reply::json(&print(saved.await?, line))
}

/// An update may not move a flow.
fn same_identity(draft: &Draft, namespace: &str, id: &str) -> Result<(), Fault> {
    if draft.id != id {
        return Err(Fault::rule("flow.id", "Illegal flow id update"));
    }
    if draft.namespace != namespace {
        return Err(Fault::rule("flow.namespace", "Illegal namespace update"));
    }
    Ok(())
}

pub(super) async fn delete(call: Call) -> Reply {
    let (namespace, id) = (call.variable("namespace"), call.variable("id"));
    let deleted = call.app.store.write(move |c| {
        let flow = flows::existing(c, &namespace, &id)?.ok_or(Fault::NotFound)?;
        Ok::<_, Fault>(flows::delete(c, flow, Timestamp::now())?)
    });
    deleted.await?;
    reply::empty(StatusCode::NO_CONTENT)
}

pub(super) async fn get(call: Call) -> Reply {
    let (namespace, id) = (call.variable("namespace"), call.variable("id"));
    let (revision, deleted_too) = (call.query.number("revision")?, call.query.flag("allowDeleted", false));
    let view = if call.query.flag("source", false) { View::ReadWithSource } else { View::Read };
    let found = call.app.store.read(move |c| match revision {
        Some(revision) => flows::revision(c, &namespace, &id, revision),
        None => flows::current(c, &namespace, &id),
    });
    let found = found.await?.filter(|flow| deleted_too || !flow.deleted).ok_or(Fault::NotFound)?;
    reply::json(&json(found, view, call.line()))
}

pub(super) async fn list(call: Call) -> Reply {
    let namespace = call.variable("namespace");
    let found = call.app.store.read(move |c| flows::list(c, Some(&namespace))).await?;
    reply::json(&found.into_iter().map(|flow| json(flow, View::Read, call.line())).collect::<Vec<_>>())
}

pub(super) async fn task(call: Call) -> Reply {
    let (namespace, id, task) = (call.variable("namespace"), call.variable("id"), call.variable("taskId"));
    let revision = call.query.number("revision")?;
    let found = call.app.store.read(move |c| flows::existing_or_revision(c, &namespace, &id, revision));
    let found = found.await?.ok_or(Fault::NotFound)?;
    let found: Option<&Value> = flow::task(&found.body, &task);
    reply::json(found.ok_or(Fault::NotFound)?)
}

/// Replaces one task by one that comes as JSON, and with it the whole text.
pub(super) async fn update_task(call: Call) -> Reply {
    let (namespace, id, task) = (call.variable("namespace"), call.variable("id"), call.variable("taskId"));
    let replacement: Value = call.json()?;
    let (of, named) = (namespace.clone(), id.clone());
    let find = move |c: &Connection| Ok(vec![flows::existing(c, &of, &named)?.ok_or(Fault::NotFound)?]);
    let rules = call.app.rules();
    let edit = |flow: &Flow| {
        let draft = flow::with_task(&flow.source, &task, replacement.clone(), rules)?;
        let draft = draft.ok_or(Fault::NotFound)?;
        same_identity(&draft, &namespace, &id)?;
        Ok(Some(draft))
    };
    let mut saved = rewrite(&call.app, find, edit).await?;
    reply::json(&saved_json_without_source(saved.pop().ok_or(Fault::NotFound)?))
}

/// What Kestra's framework says when a request could mean several of its routes.
pub(super) fn ambiguous(method: &Method, path: &str) -> Fault {
    let route = format!("{method} - {path}");
    Fault::Internal(format!(
        "More than 1 route matched the incoming request. The following routes matched {path}: {route}, {route}, {route}"
    ))
}
