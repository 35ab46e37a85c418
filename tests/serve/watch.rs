//! Waits for what an engine says, and looks into it.

use std::{collections::BTreeMap, time::Duration};

use engine::{Change, Event, Events, Request, Serve, Start};
use harness::engine::prepared;
use schema::KestraLine;
use serde_json::Value;
use tokio::time::timeout;

/// Longer than any of these executions takes, even on a loaded machine.
const LONGEST: Duration = Duration::from_secs(60);

/// A running engine and what it has said.
pub(crate) struct Watch {
    pub(crate) engine: Serve,
    pub(crate) events: Events,
    logs: BTreeMap<String, Vec<String>>,
}

impl Watch {
    /// `None` where Java or Maven is missing.
    pub(crate) async fn start(line: KestraLine) -> Option<Self> {
        let (engine, events) =
            prepared(line)?.serve().await.unwrap_or_else(|error| panic!("{line}: {error}"));
        Some(Self { engine, events, logs: BTreeMap::new() })
    }

    pub(crate) async fn ask(&self, request: Request) -> Value {
        self.engine.ask(&request).await.unwrap_or_else(|error| panic!("{request:?}: {error}"))
    }

    pub(crate) async fn put<const N: usize>(&self, flows: [&str; N]) {
        for source in flows {
            let request = Request::PutFlow { source: source.into(), revision: None };
            assert_eq!(self.ask(request).await["revision"], 1, "{source}");
        }
    }

    /// Starts an execution and returns its id.
    pub(crate) async fn starts(&self, start: Start) -> String {
        self.ask(Request::Start(start)).await["id"].as_str().expect("an id").to_owned()
    }

    /// Waits until an execution is in a state.
    pub(crate) async fn until(&mut self, id: &str, state: &str) -> Change {
        let what = format!("execution {id} {state}");
        self.find(&what, |now| now["id"] == id && now["state"]["current"] == state).await
    }

    /// Waits until an execution of a flow is in a state.
    pub(crate) async fn until_flow(&mut self, flow: &str, state: &str) -> Change {
        let what = format!("an execution of {flow} {state}");
        self.find(&what, |now| now["flowId"] == flow && now["state"]["current"] == state).await
    }

    /// Waits until a task of an execution is in a state.
    pub(crate) async fn until_task(&mut self, id: &str, task_id: &str, state: &str) -> Change {
        let what = format!("task {task_id} of {id} {state}");
        self.find(&what, |now| now["id"] == id && task(now, task_id)["state"]["current"] == state).await
    }

    async fn find(&mut self, what: &str, is_it: impl Fn(&Value) -> bool) -> Change {
        let mut heard = Vec::new();
        loop {
            match timeout(LONGEST, self.events.recv()).await {
                Ok(Some(Event::Execution(change))) if is_it(&change.execution) => return change,
                Ok(Some(Event::Execution(change))) => heard.push(tasks(&change.execution)),
                Ok(Some(Event::Log(log))) => self.heard(&log),
                other => panic!("{what} is not heard of, but {other:?} after {heard:?}"),
            }
        }
    }

    /// Waits until an execution has logged these messages.
    pub(crate) async fn until_logged(&mut self, id: &str, messages: &[String]) {
        while !messages.iter().all(|message| self.logs.get(id).is_some_and(|logs| logs.contains(message))) {
            match timeout(LONGEST, self.events.recv()).await {
                Ok(Some(Event::Log(log))) => self.heard(&log),
                Ok(Some(Event::Execution(_))) => {}
                other => panic!("{messages:?} are not logged, but {other:?} after {:?}", self.logs),
            }
        }
    }

    fn heard(&mut self, log: &Value) {
        let text = |name: &str| log[name].as_str().unwrap_or_default().to_owned();
        self.logs.entry(text("executionId")).or_default().push(text("message"));
    }

    /// Stops the engine, which ends well.
    pub(crate) async fn stops(mut self) {
        self.engine.stop().await;
        while let Some(event) = self.events.recv().await {
            if let Event::Ended(ended) = event {
                assert_eq!(ended.status, "exit status: 0", "{}", ended.log);
                return;
            }
        }
        panic!("the end is not told");
    }
}

/// The states that an execution has had.
pub(crate) fn histories(execution: &Value) -> Vec<String> {
    let histories = execution["state"]["histories"].as_array().into_iter().flatten();
    histories.filter_map(|entry| Some(entry["state"].as_str()?.to_owned())).collect()
}

/// The tasks of an execution and their states.
pub(crate) fn tasks(execution: &Value) -> Vec<(String, String)> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let runs = execution["taskRunList"].as_array().into_iter().flatten();
    runs.map(|run| (text(&run["taskId"]), text(&run["state"]["current"]))).collect()
}

/// The run of a task; `null` where there is none.
pub(crate) fn task<'e>(execution: &'e Value, id: &str) -> &'e Value {
    let mut runs = execution["taskRunList"].as_array().into_iter().flatten();
    runs.find(|run| run["taskId"] == id).unwrap_or(&Value::Null)
}

/// The outputs of a task, wherever the line keeps them.
pub(crate) fn output<'e>(change: &'e Change, id: &str) -> &'e Value {
    let run = task(&change.execution, id);
    match &change.outputs {
        Some(outputs) => &outputs.task_runs[run["id"].as_str().unwrap_or_default()],
        None => &run["outputs"],
    }
}
