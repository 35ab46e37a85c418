//! What people do to one execution. Kestra first says whether its state allows that; the rest is an engine's work.

use axum::http::{Method, StatusCode};
use engine::Request;
use schema::{KestraLine, state::is_terminal};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{
    action, existing, existing_or, parts, print,
    replay::{check_task_run, flow, nothing_to_restart},
};
use crate::{
    app::App,
    call::{Call, MULTIPART, Part},
    execution,
    fault::Fault,
    reply::{self, Reply},
    router::Route,
    store::executions::Execution,
};

/// Why the state of an execution, or what the caller sent, does not allow an action.
type Check = fn(&Call, &Execution) -> Result<(), Fault>;

/// What the engine is asked for.
type Ask = fn(&Call, String) -> Result<Request, Fault>;

/// The last part of the path, what to call the action, its check, and what the engine is asked for.
const ACTIONS: [(&str, &str, Check, Ask); 5] = [
    ("resume-from-breakpoint", "resume", resume_from_breakpoint, ask_resume_from_breakpoint),
    ("change-status", "change the status of", change_status, ask_change_status),
    ("state", "change a task run of", task_run_state, ask_task_run_state),
    ("unqueue", "unqueue", unqueue, ask_unqueue),
    ("force-run", "run", force_run, |_, execution_id| Ok(Request::ForceRun { execution_id })),
];

pub(super) fn routes() -> Vec<Route> {
    let checked = ACTIONS.into_iter().flat_map(|(path, name, check, ask)| {
        action(Method::POST, path, move |call: Call| act(call, name, check, ask))
    });
    let resumed =
        [action(Method::POST, "resume", resume), action(Method::POST, "resume/validate", validate_resume)];
    let resumed = resumed.into_iter().flatten().map(|route| route.consuming(&[MULTIPART]));
    let others = [action(Method::POST, "pause", pause), action(Method::POST, "restart", restart)];
    let by_engine = checked.chain(resumed).chain(others.into_iter().flatten()).map(Route::by_engine);
    by_engine.chain(action(Method::DELETE, "kill", kill)).collect()
}

async fn act(call: Call, name: &'static str, check: Check, ask: Ask) -> Reply {
    let execution = existing(&call).await?;
    check(&call, &execution)?;
    let request = ask(&call, execution.id().into())?;
    let is_told = !matches!(request, Request::ResumeFromBreakpoint { .. });
    let now = asked(&call.app, execution, name, request).await?;
    if is_told { reply::json(&print::one(now, call.line())) } else { changed(now, call.line()) }
}

/// Lets the engine act on an execution, and returns what has become of it.
async fn asked(
    app: &App,
    execution: Execution,
    name: &'static str,
    request: Request,
) -> Result<Execution, Fault> {
    let executor = app.executor.as_ref().ok_or(Fault::NoEngine(name))?;
    executor.act(app, execution, request).await
}

/// The wish is taken in, as Kestra takes it in: what comes of it is seen in the state.
async fn kill(call: Call) -> Reply {
    let execution = existing(&call).await?;
    if execution.is_terminated() && !call.query.flag("isOnKillCascade", true) {
        return Err(Fault::State("Execution is already finished, can't kill it".into()));
    }
    let killed = if let Some(executor) = &call.app.executor {
        let (execution_id, cascade) = (execution.id().into(), call.query.flag("isOnKillCascade", true));
        executor.about(&call.app, &execution, &Request::Kill { execution_id, cascade }).await?;
        execution
    } else {
        call.app.store.write(move |c| execution::kill(c, &execution).map(|()| execution)).await?
    };
    call.app.changes.announce();
    match call.line() {
        KestraLine::V1_3 => reply::empty(StatusCode::ACCEPTED),
        KestraLine::V2_0 => reply::json(&print::one(killed, KestraLine::V2_0)),
    }
}

async fn pause(call: Call) -> Reply {
    let execution = existing(&call).await?;
    if !["RUNNING", "KILLING"].contains(&execution.state()) {
        return Err(Fault::Argument("The execution is not running".into()));
    }
    let execution_id = execution.id().into();
    let now = asked(&call.app, execution, "pause", Request::Pause { execution_id }).await?;
    changed(now, call.line())
}

async fn resume(call: Call) -> Reply {
    let execution = paused(&call).await?;
    let (app, line, execution_id) = (call.app.clone(), call.line(), execution.id().into());
    let inputs = inputs(call).await?;
    changed(asked(&app, execution, "resume", Request::Resume { execution_id, inputs }).await?, line)
}

/// What is sent to an execution that waits, by the names of its inputs.
async fn inputs<V: From<String>, M: FromIterator<(String, V)>>(call: Call) -> Result<M, Fault> {
    let text = |part: Part| (part.name, String::from_utf8_lossy(&part.content).into_owned().into());
    Ok(parts(call).await?.into_iter().map(text).collect())
}

/// 1.3 does not say what has become of the execution.
fn changed(now: Execution, line: KestraLine) -> Reply {
    match line {
        KestraLine::V1_3 => reply::empty(StatusCode::NO_CONTENT),
        KestraLine::V2_0 => reply::json(&print::one(now, line)),
    }
}

async fn validate_resume(call: Call) -> Reply {
    let execution = paused(&call).await?;
    let app = call.app.clone();
    let executor = app.executor.as_ref().ok_or(Fault::NoEngine("check what is sent to"))?;
    let inputs = inputs(call).await?;
    let request = Request::CheckResume { execution_id: execution.id().into(), inputs };
    let checked = executor.about(&app, &execution, &request).await?;
    let (id, namespace) = (execution.flow_id(), execution.namespace());
    reply::json(&json!({"id": id, "namespace": namespace, "inputs": checked, "checks": []}))
}

async fn paused(call: &Call) -> Result<Execution, Fault> {
    let execution = existing_or(call, |id| format!("Execution '{id}' not found.")).await?;
    if execution.state() != "PAUSED" {
        return Err(Fault::State(format!("Execution '{}' is not paused, can't resume it", execution.id())));
    }
    Ok(execution)
}

async fn restart(call: Call) -> Reply {
    let revision = call.query.number("revision")?;
    let execution = existing(&call).await?;
    if revision.is_some() {
        flow(&call, &execution, revision).await?;
    }
    restartable(&execution)?;
    let request = Request::Restart { execution_id: execution.id().into(), revision };
    let now = asked(&call.app, execution, "restart", request).await?;
    reply::json(&print::one(now, call.line()))
}

fn restartable(execution: &Execution) -> Result<(), Fault> {
    let state = execution.state();
    if !execution.is_terminated() && state != "PAUSED" {
        return Err(Fault::State(format!(
            "Execution must be terminated to be restarted, current state is '{state}' !"
        )));
    }
    let runs = execution.0.get("taskRunList").and_then(Value::as_array);
    let states = runs.into_iter().flatten().map(|run| run["state"]["current"].as_str());
    let broken = states.flatten().any(|state| ["FAILED", "PAUSED"].contains(&state));
    if broken { Ok(()) } else { Err(nothing_to_restart()) }
}

fn resume_from_breakpoint(_: &Call, execution: &Execution) -> Result<(), Fault> {
    let stopped = execution.state() == "BREAKPOINT";
    if stopped { Ok(()) } else { Err(Fault::State("Execution is not suspended".into())) }
}

fn ask_resume_from_breakpoint(call: &Call, execution_id: String) -> Result<Request, Fault> {
    let breakpoints = call.query.one("breakpoints").map(str::to_owned);
    Ok(Request::ResumeFromBreakpoint { execution_id, breakpoints })
}

fn change_status(call: &Call, execution: &Execution) -> Result<(), Fault> {
    terminal(call.query.required("status")?)?;
    let words = "You can only change the state of a terminated execution.";
    if execution.is_terminated() { Ok(()) } else { Err(Fault::Argument(words.into())) }
}

fn ask_change_status(call: &Call, execution_id: String) -> Result<Request, Fault> {
    Ok(Request::ChangeState { execution_id, state: call.query.required("status")?.to_owned() })
}

/// The state someone wants an execution to have, which must be a last one.
pub(super) fn terminal(state: &str) -> Result<(), Fault> {
    let words = "You can only change the state of an execution to a terminal state.";
    if is_terminal(state) { Ok(()) } else { Err(Fault::Argument(words.into())) }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct StateRequest {
    task_run_id: String,
    state: Option<String>,
}

fn task_run_state(call: &Call, execution: &Execution) -> Result<(), Fault> {
    let request: StateRequest = call.json()?;
    check_task_run(execution, &request.task_run_id)
}

fn ask_task_run_state(call: &Call, execution_id: String) -> Result<Request, Fault> {
    let StateRequest { task_run_id, state } = call.json()?;
    let state = state.ok_or_else(|| Fault::Argument("a task run needs a state to have".into()))?;
    Ok(Request::ChangeTaskRunState { execution_id, task_run_id, state })
}

fn unqueue(_: &Call, execution: &Execution) -> Result<(), Fault> {
    let queued = execution.state() == "QUEUED";
    if queued { Ok(()) } else { Err(Fault::Argument("Only QUEUED execution can be unqueued".into())) }
}

fn ask_unqueue(call: &Call, execution_id: String) -> Result<Request, Fault> {
    Ok(Request::Unqueue { execution_id, state: call.query.one("state").map(str::to_owned) })
}

fn force_run(_: &Call, execution: &Execution) -> Result<(), Fault> {
    let words = "Only non terminated executions can be forced run.";
    if execution.is_terminated() { Err(Fault::Argument(words.into())) } else { Ok(()) }
}
