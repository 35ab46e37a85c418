//! How each line prints an execution: 2.0 dropped `deleted`, keeps outputs elsewhere, and lists without task runs.

use schema::KestraLine;
use serde_json::{Map, Value};

use crate::store::executions::Execution;

/// What 2.0 leaves out of the task runs of an execution: the execution says it, or the outputs have routes of their own.
const TOLD_ELSEWHERE: [&str; 4] = ["executionId", "namespace", "flowId", "outputs"];

/// An execution by itself.
pub(super) fn one(execution: Execution, line: KestraLine) -> Map<String, Value> {
    let Execution(mut body) = execution;
    if line == KestraLine::V2_0 {
        body.shift_remove("deleted");
        body.shift_remove("outputs");
        let runs = body.get_mut("taskRunList").and_then(Value::as_array_mut);
        for run in runs.into_iter().flatten().filter_map(Value::as_object_mut) {
            run.retain(|name, _| !TOLD_ELSEWHERE.contains(&name.as_str()));
        }
    }
    body
}

/// An execution among others.
pub(super) fn listed(execution: &Execution, line: KestraLine) -> Value {
    let mut body = one(execution.clone(), line);
    if line == KestraLine::V2_0 {
        body.shift_remove("taskRunList");
    }
    body.into()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn lines_print_differently() {
        let body = json!({
            "id": "x", "outputs": {"o": 1}, "deleted": false,
            "taskRunList": [{"id": "r", "executionId": "x", "namespace": "a", "flowId": "f", "outputs": {"v": 1}}],
        });
        let execution = Execution(body.as_object().unwrap().clone());
        assert_eq!(listed(&execution, KestraLine::V1_3), body);
        let slim: Value = one(execution.clone(), KestraLine::V2_0).into();
        assert_eq!(slim, json!({"id": "x", "taskRunList": [{"id": "r"}]}));
        assert_eq!(listed(&execution, KestraLine::V2_0), json!({"id": "x"}));
    }
}
