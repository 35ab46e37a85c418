//! Outputs, which 2.0 keeps apart from executions; without an engine there are none.

use serde_json::{Value, json};

use super::existing;
use crate::{
    call::Call,
    fault::Fault,
    reply::{self, Reply},
};

/// The outputs of the flow.
pub(super) async fn of_execution(call: Call) -> Reply {
    let execution = existing(&call).await?;
    reply::json(&execution.0.get("outputs").unwrap_or(&json!({})))
}

/// Which task runs there are that have outputs.
pub(super) async fn of_tasks(call: Call) -> Reply {
    let described = |run: &Value| {
        let mut line = json!({"taskId": run["taskId"], "taskRunId": run["id"]});
        for name in ["value", "iteration"] {
            if let Some(value) = run.get(name) {
                line[name] = value.clone();
            }
        }
        line["inline"] = true.into();
        line
    };
    let found: Vec<Value> = runs(&call).await?.iter().map(described).collect();
    reply::json(&found)
}

pub(super) async fn of_task(call: Call) -> Reply {
    let wanted = call.variable("taskRunId");
    let found = runs(&call).await?.into_iter().find(|run| run["id"] == wanted);
    reply::json(&found.ok_or(Fault::NotFound)?["outputs"])
}

async fn runs(call: &Call) -> Result<Vec<Value>, Fault> {
    let mut execution = existing(call).await?;
    let Some(Value::Array(mut runs)) = execution.0.shift_remove("taskRunList") else { return Ok(Vec::new()) };
    runs.retain(|run| run.get("outputs").is_some());
    Ok(runs)
}
