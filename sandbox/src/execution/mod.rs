//! Executions as Kestra prints a new one. Nothing here runs a task: an execution that no engine takes up stays
//! `CREATED`, and its log says why.

pub(crate) mod inputs;
pub(crate) mod labels;

use jiff::Timestamp;
use rusqlite::Connection;
use serde_json::{Map, Value, json};
use uuid::Uuid;

use crate::store::{
    self,
    executions::{self, Execution},
    flows::Flow,
    logs::{self, Level, LogEntry},
};
use labels::Label;

/// The log line of an execution that nothing will run.
const NO_ENGINE: &str =
    "No engine is attached to this sandbox: the execution is kept in state CREATED, and no task of it runs.";

/// The log line of an execution that someone wants to end.
const NOT_KILLED: &str =
    "The wish to kill this execution is kept here: no engine is attached that could heed it.";

/// What is said about an execution when it is created, besides its flow.
#[derive(Debug, Default)]
pub(crate) struct Start {
    /// The values of the flow's inputs; `None` for a flow without inputs.
    pub(crate) inputs: Option<Map<String, Value>>,
    pub(crate) labels: Vec<Label>,
    /// Who started it: `api` or `trigger`.
    pub(crate) from: &'static str,
    /// The trigger that started it, with what it saw.
    pub(crate) trigger: Option<Value>,
    /// Not to run before this moment.
    pub(crate) schedule_date: Option<Timestamp>,
    pub(crate) kind: Option<String>,
    pub(crate) breakpoints: Option<Value>,
}

/// A new execution of a flow.
pub(crate) fn create(flow: &Flow, id: &str, start: Start, now: Timestamp) -> Execution {
    let labels = labels::of_new(flow, start.labels, start.from, id);
    let mut body = Map::new();
    let mut put = |name: &str, value: Value| body.insert(name.into(), value);
    put("id", id.into());
    put("namespace", flow.namespace.as_str().into());
    put("flowId", flow.id.as_str().into());
    put("flowRevision", flow.revision.into());
    put_some(&mut put, "inputs", start.inputs.map(Value::from));
    put("labels", json!(labels));
    put("state", created(now));
    put("originalId", id.into());
    put_some(&mut put, "trigger", start.trigger);
    put("deleted", false.into());
    put("metadata", json!({"attemptNumber": 1, "originalCreatedDate": now.to_string()}));
    put_some(&mut put, "scheduleDate", start.schedule_date.map(|date| date.to_string().into()));
    put_some(&mut put, "kind", start.kind.map(Value::from));
    put_some(&mut put, "breakpoints", start.breakpoints);
    Execution(body)
}

fn put_some(put: &mut impl FnMut(&str, Value) -> Option<Value>, name: &str, value: Option<Value>) {
    if let Some(value) = value {
        put(name, value);
    }
}

/// A new execution with the inputs and labels of another, which is marked as replayed.
pub(crate) fn replay(original: &mut Execution, id: &str, revision: Option<i64>, now: Timestamp) -> Execution {
    let mut body = original.0.clone();
    body.insert("id".into(), id.into());
    body.insert("taskRunList".into(), json!([]));
    body.insert("state".into(), created(now));
    body.insert("parentId".into(), original.id().into());
    if let Some(revision) = revision {
        body.insert("flowRevision".into(), revision.into());
    }
    let attempts = body.get("metadata").and_then(|metadata| metadata.get("attemptNumber")?.as_i64());
    if let Some(metadata) = body.get_mut("metadata").and_then(Value::as_object_mut) {
        metadata.insert("attemptNumber".into(), (attempts.unwrap_or(1) + 1).into());
    }
    labels::mark(&mut body, labels::REPLAY);
    mark_replayed(original);
    Execution(body)
}

/// Marks an execution that another was made from.
pub(crate) fn mark_replayed(original: &mut Execution) {
    labels::mark(&mut original.0, labels::REPLAYED);
}

/// Takes a new execution in; where nothing executes it, its log says so.
pub(crate) fn accept(
    connection: &Connection,
    execution: &Execution,
    is_executed: bool,
) -> Result<(), store::Error> {
    executions::insert(connection, execution)?;
    if is_executed { Ok(()) } else { warn(connection, execution, NO_ENGINE) }
}

/// Takes the wish in that an execution ends.
pub(crate) fn kill(connection: &Connection, execution: &Execution) -> Result<(), store::Error> {
    if execution.is_terminated() { Ok(()) } else { warn(connection, execution, NOT_KILLED) }
}

/// Writes a warning into the log of an execution.
pub(crate) fn warn(
    connection: &Connection,
    execution: &Execution,
    message: &str,
) -> Result<(), store::Error> {
    let entry = LogEntry {
        namespace: execution.namespace().into(),
        flow_id: execution.flow_id().into(),
        task_id: None,
        execution_id: Some(execution.id().into()),
        task_run_id: None,
        attempt_number: None,
        trigger_id: None,
        timestamp: Timestamp::now().to_string(),
        level: Level::Warn,
        thread: None,
        message: message.into(),
    };
    logs::append(connection, &entry)
}

fn created(now: Timestamp) -> Value {
    let now = now.to_string();
    json!({"current": "CREATED", "histories": [{"state": "CREATED", "date": now}], "startDate": now})
}

/// A new id as Kestra makes them: a random number of 128 bits in 22 digits and letters.
pub(crate) fn new_id() -> String {
    const DIGITS: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    let digit = |rest: &mut u128| {
        let digit = char::from(DIGITS[(*rest % 62) as usize]);
        *rest /= 62;
        digit
    };
    let mut rest = Uuid::new_v4().as_u128();
    (0..22).map(|_| digit(&mut rest)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn flow() -> Flow {
        let body = json!({"labels": [{"key": "team", "value": "data"}]});
        Flow {
            namespace: "a.b".into(),
            id: "f".into(),
            revision: 3,
            deleted: false,
            updated: None,
            source: String::new(),
            body: body.as_object().unwrap().clone(),
        }
    }

    #[test]
    fn a_new_execution_is_created_and_nothing_else() {
        let now = Timestamp::UNIX_EPOCH;
        let execution = create(&flow(), "x", Start { from: "api", ..Start::default() }, now);
        let state = json!({
            "current": "CREATED",
            "histories": [{"state": "CREATED", "date": "1970-01-01T00:00:00Z"}],
            "startDate": "1970-01-01T00:00:00Z",
        });
        assert_eq!(execution.0["state"], state);
        let keys: Vec<&str> = execution.0.keys().map(String::as_str).collect();
        let expected = "id namespace flowId flowRevision labels state originalId deleted metadata";
        assert_eq!(keys.join(" "), expected);
    }

    #[test]
    fn a_replay_belongs_to_its_original() {
        let now = Timestamp::UNIX_EPOCH;
        let mut original = create(&flow(), "x", Start { from: "api", ..Start::default() }, now);
        let copy = replay(&mut original, "y", Some(4), now);
        assert_eq!((copy.id(), copy.text("parentId"), copy.text("originalId")), ("y", "x", "x"));
        assert_eq!((copy.revision(), &copy.0["metadata"]["attemptNumber"]), (Some(4), &json!(2)));
        let last = |execution: &Execution| execution.0["labels"].as_array().unwrap().last().unwrap().clone();
        assert_eq!(last(&copy), json!({"key": "system.replay", "value": "true"}));
        assert_eq!(last(&original), json!({"key": "system.replayed", "value": "true"}));
    }

    #[test]
    fn ids_are_letters_and_digits_and_differ() {
        let (one, other) = (new_id(), new_id());
        assert!(one.len() == 22 && one.chars().all(|c| c.is_ascii_alphanumeric()) && one != other);
    }
}
