//! One action on many executions, by ids or by query: on all of them, or on none when one of them does not allow it.

use std::sync::Arc;

use axum::http::Method;
use engine::Request;
use rusqlite::Connection;
use schema::KestraLine;
use serde::Deserialize;
use serde_json::{Map, json};

use super::{actions::terminal, labels, replay, search};
use crate::{
    app::App,
    call::{Call, Query},
    execution::{self, labels::Label},
    fault::{Fault, Violation},
    reply::{self, Reply},
    router::{Route, route},
    store::{
        executions::{self, Execution},
        flows, logs,
    },
};

/// An action on many executions.
struct Bulk {
    /// Its paths end with `/by-ids` and `/by-query`.
    path: &'static str,
    /// What Kestra calls it in a refusal.
    name: &'static str,
    method: &'static Method,
    /// Why a query is refused, whichever executions it is about.
    check: fn(&Query) -> Result<(), Fault>,
    /// Whether the body has labels, beside the ids where there are ids.
    has_labels: bool,
    /// Why an execution does not allow it.
    refuses: fn(&Execution, &Given) -> Option<&'static str>,
    work: Work,
    /// What is said of as many executions.
    answer: fn(usize, KestraLine) -> Reply,
}

/// Acts on an execution in the store.
type Apply = fn(&Connection, Execution, &Given) -> Result<(), Fault>;

/// What an engine is asked for, by the id of an execution.
type Ask = fn(String, &Given) -> Request;

/// Who acts on executions.
enum Work {
    Store(Apply),
    /// The engine where there is one.
    Either(Apply, Ask),
    /// Nobody where there is no engine, which is said in this word.
    Engine(&'static str, Ask),
}

/// What a caller says besides which executions.
#[derive(Clone)]
struct Given {
    query: Query,
    labels: Vec<Label>,
    /// Whether there is an engine, which takes up what is new.
    is_executed: bool,
}

const DELETE: &Method = &Method::DELETE;
const POST: &Method = &Method::POST;

static BULKS: [Bulk; 10] = [
    Bulk { method: DELETE, answer: counted, ..bulk("/executions", "delete", alive, Work::Store(delete)) },
    Bulk { method: DELETE, ..bulk("/executions/kill", "kill", finished, Work::Either(kill, ask_kill)) },
    Bulk {
        has_labels: true,
        ..bulk("/executions/labels", "set labels", unfinished, Work::Store(set_labels))
    },
    bulk("/executions/replay", "replay", nothing, Work::Store(replay_again)),
    bulk("/executions/restart", "restart", not_failed, Work::Engine("restart", ask_restart)),
    bulk("/executions/resume", "resume", not_paused, Work::Engine("resume", ask_resume)),
    bulk("/executions/pause", "pause", not_running, Work::Engine("pause", ask_pause)),
    bulk("/executions/unqueue", "unqueue", not_queued, Work::Engine("unqueue", ask_unqueue)),
    bulk("/executions/force-run", "force run", ended, Work::Engine("run", ask_force_run)),
    Bulk {
        check: ends,
        ..bulk(
            "/executions/change-status",
            "change executions state",
            not_ended,
            Work::Engine("change the status of", ask_change_status),
        )
    },
];

/// An action as most are.
const fn bulk(
    path: &'static str,
    name: &'static str,
    refuses: fn(&Execution, &Given) -> Option<&'static str>,
    work: Work,
) -> Bulk {
    let check = |_: &Query| Ok(());
    Bulk { path, name, method: POST, check, has_labels: false, refuses, work, answer: reply::bulk }
}

pub(super) fn routes() -> Vec<Route> {
    let routes = BULKS.iter().flat_map(|bulk| [by_ids(bulk), by_query(bulk)].map(|route| (bulk, route)));
    routes.map(|(bulk, route)| if bulk.work.needs_engine() { route.by_engine() } else { route }).collect()
}

impl Work {
    fn needs_engine(&self) -> bool {
        matches!(self, Work::Engine(..))
    }

    fn asks(&self) -> Option<Ask> {
        match self {
            Work::Store(_) => None,
            Work::Either(_, ask) | Work::Engine(_, ask) => Some(*ask),
        }
    }

    /// Acts on an execution that no engine is asked about.
    fn apply(&self, connection: &Connection, execution: Execution, given: &Given) -> Result<(), Fault> {
        match self {
            Work::Store(apply) | Work::Either(apply, _) => apply(connection, execution, given),
            Work::Engine(action, _) => Err(Fault::NoEngine(action)),
        }
    }
}

/// Executions and their new labels in one body.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct SetLabels {
    executions_id: Vec<String>,
    execution_labels: Vec<Label>,
}

fn by_ids(bulk: &'static Bulk) -> Route {
    let answer = move |call| on_ids(bulk, call);
    route(bulk.method.clone(), &format!("{}/by-ids", bulk.path), answer)
}

async fn on_ids(bulk: &'static Bulk, call: Call) -> Reply {
    (bulk.check)(&call.query)?;
    let (ids, labels) = if bulk.has_labels {
        let SetLabels { executions_id, execution_labels } = call.json()?;
        (executions_id, execution_labels)
    } else {
        (call.json()?, Vec::new())
    };
    act(bulk, &call.app, ids, given(&call, labels)).await
}

fn by_query(bulk: &'static Bulk) -> Route {
    let answer = move |call| on_query(bulk, call);
    route(bulk.method.clone(), &format!("{}/by-query", bulk.path), answer)
}

async fn on_query(bulk: &'static Bulk, call: Call) -> Reply {
    (bulk.check)(&call.query)?;
    let labels = if bulk.has_labels { call.json()? } else { Vec::new() };
    let found = search::find(&call.app, &call.query).await?;
    let ids = found.iter().map(|execution| execution.id().to_owned()).collect();
    act(bulk, &call.app, ids, given(&call, labels)).await
}

fn given(call: &Call, labels: Vec<Label>) -> Given {
    Given { query: call.query.clone(), labels, is_executed: call.app.executes() }
}

async fn act(bulk: &'static Bulk, app: &Arc<App>, ids: Vec<String>, given: Given) -> Reply {
    let asked = given.clone();
    let done = app.store.write(move |c| {
        let (mut executions, mut invalids) = (Vec::new(), Vec::new());
        for id in ids {
            let found = executions::get(c, &id)?;
            let refusal =
                found.as_ref().map_or(Some("execution not found"), |found| (bulk.refuses)(found, &given));
            invalids.extend(refusal.map(|message| invalid(&id, message)));
            executions.extend(found);
        }
        if !invalids.is_empty() {
            return Err(Fault::Bulk { action: bulk.name, invalids });
        }
        if !given.is_executed || bulk.work.asks().is_none() {
            executions.iter().try_for_each(|execution| bulk.work.apply(c, execution.clone(), &given))?;
        }
        Ok(executions)
    });
    let done = done.await?;
    if let (Some(executor), Some(asks)) = (&app.executor, bulk.work.asks()) {
        for execution in &done {
            executor.about(app, execution, &asks(execution.id().to_owned(), &asked)).await?;
        }
    }
    app.changes.announce();
    (bulk.answer)(done.len(), app.line())
}

/// A deletion has ended when it is answered, on both lines.
fn counted(count: usize, _: KestraLine) -> Reply {
    reply::json(&json!({"count": count}))
}

/// The status that is wanted must be a last one.
fn ends(query: &Query) -> Result<(), Fault> {
    terminal(query.required("newStatus")?)
}

fn invalid(id: &str, message: &str) -> Violation {
    let (path, label) = (id.to_owned(), id.to_owned());
    Violation { path, label, pointer: String::new(), message: message.into() }
}

fn ask_kill(execution_id: String, _: &Given) -> Request {
    Request::Kill { execution_id, cascade: true }
}

fn ask_restart(execution_id: String, _: &Given) -> Request {
    Request::Restart { execution_id, revision: None }
}

fn ask_resume(execution_id: String, _: &Given) -> Request {
    Request::Resume { execution_id, inputs: Map::new() }
}

fn ask_pause(execution_id: String, _: &Given) -> Request {
    Request::Pause { execution_id }
}

/// By ids the state is called otherwise than by query.
fn ask_unqueue(execution_id: String, given: &Given) -> Request {
    let state = given.query.one("newState").or(given.query.one("state"));
    Request::Unqueue { execution_id, state: state.map(str::to_owned) }
}

fn ask_force_run(execution_id: String, _: &Given) -> Request {
    Request::ForceRun { execution_id }
}

fn ask_change_status(execution_id: String, given: &Given) -> Request {
    Request::ChangeState { execution_id, state: given.query.one("newStatus").unwrap_or_default().to_owned() }
}

fn delete(connection: &Connection, execution: Execution, given: &Given) -> Result<(), Fault> {
    if given.query.flag("deleteLogs", true) {
        logs::delete(connection, execution.id(), |_| true)?;
    }
    executions::delete(connection, execution.id())?;
    Ok(())
}

fn kill(connection: &Connection, execution: Execution, _: &Given) -> Result<(), Fault> {
    Ok(execution::kill(connection, &execution)?)
}

fn set_labels(connection: &Connection, execution: Execution, given: &Given) -> Result<(), Fault> {
    let mut all = execution::labels::of(&execution.0);
    all.retain(|known| !given.labels.iter().any(|label| label.key == known.key));
    all.extend(given.labels.iter().cloned());
    labels::store(connection, execution, all).map(|_| ())
}

fn replay_again(connection: &Connection, execution: Execution, given: &Given) -> Result<(), Fault> {
    let latest = given.query.flag("latestRevision", false);
    let flow = flows::existing(connection, execution.namespace(), execution.flow_id())?.filter(|_| latest);
    if latest && flow.is_none() {
        return Err(Fault::Missing("No value present".into()));
    }
    replay::again(connection, execution, flow.map(|flow| flow.revision), given.is_executed)
}

fn nothing(_: &Execution, _: &Given) -> Option<&'static str> {
    None
}

/// Kestra says the same about an execution that lives and one that does not exist.
fn alive(execution: &Execution, given: &Given) -> Option<&'static str> {
    let removable = execution.is_terminated() || given.query.flag("includeNonTerminated", false);
    (!removable).then_some("execution not found")
}

fn finished(execution: &Execution, _: &Given) -> Option<&'static str> {
    execution.is_terminated().then_some("execution already finished")
}

fn ended(execution: &Execution, _: &Given) -> Option<&'static str> {
    execution.is_terminated().then_some("execution in a terminated state")
}

fn not_ended(execution: &Execution, _: &Given) -> Option<&'static str> {
    (!execution.is_terminated()).then_some("execution not in a terminated state")
}

fn unfinished(execution: &Execution, _: &Given) -> Option<&'static str> {
    (!execution.is_terminated()).then_some("execution is not terminated")
}

fn not_failed(execution: &Execution, _: &Given) -> Option<&'static str> {
    (execution.state() != "FAILED").then_some("execution not in state FAILED")
}

fn not_paused(execution: &Execution, _: &Given) -> Option<&'static str> {
    (execution.state() != "PAUSED").then_some("execution not in state PAUSED")
}

fn not_running(execution: &Execution, _: &Given) -> Option<&'static str> {
    let running = ["RUNNING", "KILLING"].contains(&execution.state());
    (!running).then_some("execution not in state RUNNING")
}

fn not_queued(execution: &Execution, _: &Given) -> Option<&'static str> {
    (execution.state() != "QUEUED").then_some("execution not in state QUEUED")
}
