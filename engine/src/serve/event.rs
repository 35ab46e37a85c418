//! What a running engine says by itself.

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// What happens in a running engine.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// An execution is there, or has changed.
    Execution(Change),
    /// A line of a log, as Kestra's API writes it.
    Log(Value),
    /// The process has ended; no event follows.
    Ended(Ended),
}

/// An execution after a change.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Change {
    /// The execution as the API of the line writes it.
    pub execution: Value,
    /// In 2.0, where outputs are not in the execution: its outputs, and those of its task runs by their ids.
    #[serde(default)]
    pub outputs: Option<Outputs>,
}

/// Outputs that are kept beside an execution.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Outputs {
    /// Those of the execution.
    pub execution: Value,
    /// Those of its task runs, by the ids of the task runs.
    pub task_runs: Value,
}

/// How an engine has ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ended {
    /// How the process has ended, in the system's words: `exit status: 0` after it was stopped.
    pub status: String,
    /// The end of what Kestra has logged.
    pub log: String,
}

/// A line of the engine.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub(super) enum Line {
    Answer {
        id: u64,
        answer: Value,
    },
    Problem {
        id: u64,
        problem: String,
    },
    Execution(Change),
    Log {
        log: Value,
    },
    Ready {
        #[serde(rename = "ready")]
        _ready: bool,
    },
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_told_apart() {
        for (line, expected) in [
            (r#"{"id":1,"answer":null}"#, "Answer { id: 1, answer: Null }"),
            (r#"{"id":2,"problem":"no"}"#, r#"Problem { id: 2, problem: "no" }"#),
            (r#"{"log":{"level":"INFO"}}"#, r#"Log { log: Object {"level": String("INFO")} }"#),
            (r#"{"ready":true}"#, "Ready { _ready: true }"),
            (
                r#"{"execution":{"id":"a"}}"#,
                r#"Execution(Change { execution: Object {"id": String("a")}, outputs: None })"#,
            ),
        ] {
            let line: Line = serde_json::from_str(line).expect("a line");
            assert_eq!(format!("{line:?}"), expected);
        }
        let beside = r#"{"execution":{},"outputs":{"execution":{"a":1},"taskRuns":{"x":{}}}}"#;
        let Ok(Line::Execution(Change { outputs: Some(outputs), .. })) = serde_json::from_str(beside) else {
            panic!("outputs")
        };
        assert_eq!(outputs.execution["a"], 1);
    }
}
