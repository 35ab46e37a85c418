//! What an engine can be asked for.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::{Map, Value};

use super::event::Outputs;

/// A request. Where nothing else is said, the answer is `null`.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "snake_case", rename_all_fields = "camelCase")]
pub enum Request {
    /// Saves a flow if Kestra can read it; what a flow must keep beyond that is not checked. The answer is
    /// `{"revision": …}`.
    PutFlow {
        /// The flow in YAML.
        source: String,
        /// Its revision; the next one where there is none. One that is older than the last is there for whoever asks
        /// for it by its number, and changes nothing else.
        revision: Option<i64>,
    },
    /// Deletes a flow; one that is not there is no problem.
    DeleteFlow {
        /// Its namespace.
        namespace: String,
        /// Its id.
        flow_id: String,
    },
    /// Lets Kestra make an execution, with checked inputs, and starts it. The answer is the execution as the API
    /// writes it.
    Start(Start),
    /// Starts an execution that is already made: in state `CREATED`, as the API writes it.
    Execute {
        /// The execution.
        execution: Value,
    },
    /// Kills an execution, and with `cascade` its subflows.
    Kill {
        /// The execution.
        execution_id: String,
        /// Whether the executions that it has started are killed too.
        cascade: bool,
    },
    /// Pauses a running execution.
    Pause {
        /// The execution.
        execution_id: String,
    },
    /// Lets a paused execution go on.
    Resume {
        /// The execution.
        execution_id: String,
        /// The values of `onResume`.
        inputs: Map<String, Value>,
    },
    /// Starts a failed execution again, from where it has failed.
    Restart {
        /// The execution.
        execution_id: String,
        /// Another revision of the flow.
        revision: Option<i64>,
    },
    /// Executes again, as a new execution. The answer is `{"executionId": …}`.
    Replay {
        /// The execution.
        execution_id: String,
        /// From this task run on; otherwise from the start.
        task_run_id: Option<String>,
        /// Another revision of the flow.
        revision: Option<i64>,
        /// Where the new one stops, as the API takes it: `task,task.value`.
        breakpoints: Option<String>,
    },
    /// Takes over an execution that has run in another engine; nothing is started.
    Remember {
        /// The execution as the API writes it.
        execution: Value,
        /// Its outputs, which 2.0 keeps beside it.
        outputs: Outputs,
    },
    /// Gives an execution that has ended another last state.
    ChangeState {
        /// The execution.
        execution_id: String,
        /// The state.
        state: String,
    },
    /// Gives a task run of an execution that has ended another state, from which the execution goes on.
    ChangeTaskRunState {
        /// The execution.
        execution_id: String,
        /// The task run.
        task_run_id: String,
        /// The state.
        state: String,
    },
    /// Takes an execution out of the queue of its flow.
    Unqueue {
        /// The execution.
        execution_id: String,
        /// The state that it has then; Kestra's own choice where there is none.
        state: Option<String>,
    },
    /// Lets an execution run that waits for something.
    ForceRun {
        /// The execution.
        execution_id: String,
    },
    /// Lets an execution go on that stands at a breakpoint.
    ResumeFromBreakpoint {
        /// The execution.
        execution_id: String,
        /// The next breakpoints, as the API takes them: `task,task.value`.
        breakpoints: Option<String>,
    },
    /// Renders an expression as an execution sees it. The answer is `{"result": …}` or `{"error": …, "stackTrace": …}`.
    Evaluate {
        /// The execution.
        execution_id: String,
        /// The task run that sees it.
        task_run_id: Option<String>,
        /// The expression.
        expression: String,
    },
    /// The graph of an execution's flow with its task runs, as the API writes it.
    Graph {
        /// The execution.
        execution_id: String,
        /// The task runs of subflows to be drawn too.
        subflows: Vec<String>,
    },
    /// What Kestra says about the inputs that a paused execution waits for: a list, as the API writes it.
    CheckResume {
        /// The execution.
        execution_id: String,
        /// The inputs, as text.
        inputs: BTreeMap<String, String>,
    },
    /// Calls a webhook. The answer is `{"status": …, "contentType": …, "body": …}`; it may take as long as an execution.
    Webhook {
        /// The namespace of the flow.
        namespace: String,
        /// The flow's id.
        flow_id: String,
        /// The key that the caller knows.
        key: String,
        /// What follows the key in the address, if anything does.
        path: Option<String>,
        /// The method of the call.
        method: String,
        /// The whole address that was called.
        uri: String,
        /// The headers.
        headers: BTreeMap<String, Vec<String>>,
        /// The body; empty where there is none.
        body: String,
    },
    /// Sets a KV entry.
    PutKv {
        /// Its namespace.
        namespace: String,
        /// Its key.
        key: String,
        /// The type, as the API names it: `STRING`, `DATE` and so on.
        r#type: String,
        /// The value, as the API writes it.
        value: Value,
        /// What people say about it.
        description: Option<String>,
        /// When it goes, as an ISO 8601 instant.
        expiration_date: Option<String>,
    },
    /// Deletes a KV entry; one that is not there is no problem.
    DeleteKv {
        /// Its namespace.
        namespace: String,
        /// Its key.
        key: String,
    },
    /// The KV entries of all namespaces, which flows may have set: a list of what [`Request::PutKv`] takes.
    ListKv {},
    /// Writes a namespace file.
    PutFile {
        /// Its namespace.
        namespace: String,
        /// Its path, such as `/scripts/main.py`.
        path: String,
        /// The bytes, in base64.
        content: String,
    },
    /// Deletes a namespace file or folder; one that is not there is no problem.
    DeleteFile {
        /// Its namespace.
        namespace: String,
        /// Its path.
        path: String,
    },
    /// The namespace files that flows have written or deleted since they were asked for last: a list of what
    /// [`Request::PutFile`] takes, without a content where one was deleted.
    ListWrittenFiles {},
    /// Writes a file that an execution is given.
    PutExecutionFile {
        /// The namespace of the flow.
        namespace: String,
        /// Its address, below `kestra:///`.
        uri: String,
        /// The bytes, in base64.
        content: String,
    },
    /// Reads a file of an execution, of at most 64 MiB. The answer is `{"content": …}`, in base64.
    GetExecutionFile {
        /// The namespace of the flow.
        namespace: String,
        /// Its address, below `kestra:///`.
        uri: String,
    },
}

/// An execution to start.
#[derive(Clone, Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Start {
    /// Its id; Kestra makes one where there is none.
    pub id: Option<String>,
    /// The flow's namespace.
    pub namespace: String,
    /// The flow's id.
    pub flow_id: String,
    /// The flow's revision; the last one where there is none.
    pub revision: Option<i64>,
    /// The inputs, as text or JSON values.
    pub inputs: Map<String, Value>,
    /// Labels beside the flow's own.
    pub labels: Vec<Label>,
    /// Not before this instant (ISO 8601).
    pub schedule_date: Option<String>,
}

/// A label of an execution.
#[derive(Clone, Debug, Serialize)]
pub struct Label {
    /// Its key.
    pub key: String,
    /// Its value.
    pub value: String,
}

impl Request {
    /// The line that asks for it: `{"id": …, "request": {"put_flow": {…}}}`.
    pub(super) fn line(&self, id: u64) -> Vec<u8> {
        // Maps have only names as keys, so that writing them can't fail.
        serde_json::to_vec(&Numbered { id, request: self }).unwrap_or_default()
    }
}

#[derive(Serialize)]
struct Numbered<'r> {
    id: u64,
    request: &'r Request,
}
