//! What an engine says, on its way into the store. It is no news to the engine, which need not be told of it: every line of
//! a log would make it look through the whole store.

use std::{cmp::Ordering, collections::BTreeSet, sync::Arc};

use base64::{Engine as _, prelude::BASE64_STANDARD};
use engine::{Change, Outputs, Request, Serve};
use serde_json::Value;

use super::{told::Told, written};
use crate::{
    app::App,
    execution::{self, inputs::folder},
    store::{
        Error, execution_files,
        executions::{self, Execution},
        logs::{self, LogEntry},
    },
};

/// The log line of an execution whose engine is gone.
const ORPHANED: &str = "Kestra's engine has ended before this execution: its state is the last one the engine has told, and \
     nothing continues it.";

/// The executions that one engine has been given or has made.
#[derive(Default)]
pub(super) struct Heard {
    executions: BTreeSet<String>,
}

impl Heard {
    /// Whether the engine does not know an execution; from now on it does.
    pub(super) fn is_new(&mut self, id: &str) -> bool {
        self.executions.insert(id.to_owned())
    }

    /// Keeps what an execution has become; what it did to KV entries and namespace files, too, when it has ended.
    pub(super) async fn execution(&mut self, app: &Arc<App>, serve: &Serve, change: Change, told: &mut Told) {
        let Some(execution) = whole(change) else { return };
        let (is_new, ended) = (self.is_new(execution.id()), execution.is_terminated());
        let mut files = Vec::new();
        if ended {
            written::entries(app, serve, told).await;
            written::files(app, serve, told).await;
            files = made(app, serve, &execution).await;
        }
        let kept = app.store.write_quietly(move |c| {
            for (uri, content) in &files {
                execution_files::put(c, uri, execution.id(), content)?;
            }
            match executions::get(c, execution.id())? {
                Some(kept) => match news(&kept, execution) {
                    Some(news) => executions::update(c, &news).map(drop),
                    None => Ok(()),
                },
                None if is_new => executions::insert(c, &execution),
                // An execution that the engine knows and the store does not has been deleted meanwhile.
                None => Ok::<_, Error>(()),
            }
        });
        announce(app, kept.await);
    }

    /// Says in the logs of what was running that it goes on no more.
    pub(super) async fn ended(&mut self, app: &Arc<App>) {
        let known = std::mem::take(&mut self.executions);
        let said = app.store.write_quietly(move |c| {
            for id in known {
                let execution = executions::get(c, &id)?;
                let alive = execution.filter(|found| !found.is_terminated() && found.state() != "CREATED");
                alive.map_or(Ok(()), |execution| execution::warn(c, &execution, ORPHANED))?;
            }
            Ok::<_, Error>(())
        });
        announce(app, said.await);
    }
}

/// What is to be kept of what an engine says of an execution; nothing when that is late. Labels of what has ended are the
/// store's, as people change them there.
fn news(kept: &Execution, mut heard: Execution) -> Option<Execution> {
    match heard.states().cmp(&kept.states()) {
        Ordering::Less => return None,
        Ordering::Equal if kept.is_terminated() => {
            heard.0.extend(kept.0.get("labels").map(|labels| ("labels".to_owned(), labels.clone())));
        }
        Ordering::Equal | Ordering::Greater => {}
    }
    Some(heard)
}

/// The files that an execution has made and tells of, which are gone with the engine.
async fn made(app: &Arc<App>, serve: &Serve, execution: &Execution) -> Vec<(String, Vec<u8>)> {
    let folder = folder(execution.namespace(), execution.flow_id(), execution.id());
    let mut named = BTreeSet::new();
    let mut left: Vec<&Value> = execution.0.values().collect();
    while let Some(value) = left.pop() {
        match value {
            Value::String(text) if text.starts_with(&folder) => drop(named.insert(text.clone())),
            Value::Array(values) => left.extend(values),
            Value::Object(members) => left.extend(members.values()),
            _ => {}
        }
    }
    let mut files = Vec::new();
    for uri in named {
        let wanted = uri.clone();
        if let Ok(None) = app.store.read(move |c| execution_files::get(c, &wanted)).await {
            let request =
                Request::GetExecutionFile { namespace: execution.namespace().to_owned(), uri: uri.clone() };
            match serve.ask(&request).await {
                Ok(file) => files.extend(content(&file).map(|content| (uri, content))),
                Err(error) => tracing::warn!(%error, uri, "a file of an execution can't be kept"),
            }
        }
    }
    files
}

fn content(file: &Value) -> Option<Vec<u8>> {
    BASE64_STANDARD.decode(file["content"].as_str()?).ok()
}

/// An execution with its outputs in it, wherever the engine's line keeps them.
fn whole(change: Change) -> Option<Execution> {
    let Value::Object(mut body) = change.execution else { return None };
    if let Some(Outputs { execution, mut task_runs }) = change.outputs {
        let runs = body.get_mut("taskRunList").and_then(Value::as_array_mut).into_iter().flatten();
        for run in runs.filter_map(Value::as_object_mut) {
            let of = run.get("id").and_then(Value::as_str).and_then(|id| task_runs.get_mut(id));
            let outputs = of.map(Value::take).unwrap_or_default();
            run.insert("outputs".into(), outputs);
        }
        body.insert("outputs".into(), execution);
    }
    Some(Execution(body))
}

/// Keeps a line of a log.
pub(super) async fn log(app: &Arc<App>, line: Value) {
    match serde_json::from_value::<LogEntry>(line) {
        Ok(line) => announce(app, app.store.write_quietly(move |c| logs::append(c, &line)).await),
        Err(cause) => tracing::warn!(%cause, "a line of the engine's log has another shape than expected"),
    }
}

fn announce(app: &App, kept: Result<(), Error>) {
    match kept {
        Ok(()) => app.changes.announce(),
        // The sandbox stops.
        Err(Error::Closed) => {}
        Err(cause) => tracing::error!(%cause, "what the engine says can't be kept"),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn execution(states: &[&str], label: &str, runs: usize) -> Execution {
        let histories: Vec<Value> = states.iter().map(|state| json!({"state": state})).collect();
        let body = json!({
            "id": "one",
            "labels": [{"key": "of", "value": label}],
            "state": {"current": states.last(), "histories": histories},
            "taskRunList": vec!["a run"; runs],
        });
        Execution(body.as_object().unwrap().clone())
    }

    #[test]
    fn what_is_late_replaces_nothing() {
        let ended: &[&str] = &["CREATED", "RUNNING", "SUCCESS"];
        let running = &ended[..2];
        for (kept, heard, expected) in [
            // An older state, and a newer one.
            (execution(ended, "a", 2), execution(running, "a", 1), None),
            (execution(running, "a", 1), execution(ended, "b", 2), Some(execution(ended, "b", 2))),
            // A task that has run meanwhile, and labels that it sets.
            (execution(running, "a", 1), execution(running, "b", 2), Some(execution(running, "b", 2))),
            // A task that runs after the end, and labels that people have set by then.
            (execution(ended, "b", 2), execution(ended, "a", 3), Some(execution(ended, "b", 3))),
            (execution(ended, "b", 2), execution(ended, "a", 2), Some(execution(ended, "b", 2))),
        ] {
            assert_eq!(news(&kept, heard.clone()), expected, "{kept:?} {heard:?}");
        }
    }
}
