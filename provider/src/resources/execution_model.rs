//! What a configuration says about an execution, and what Kestra says: what is sent, what is taken over, and when.

use std::collections::BTreeMap;
use std::time::Duration;

use client::Start;
use tfplugin::model::{Attr, Model};
use tfplugin::timeouts::{duration, limit};

use super::kv_value::text;
use crate::kestra::revision;

/// How long an execution may take where nothing is said.
const LONGEST: Duration = Duration::from_secs(600);

/// An execution of a flow, which starts when the resource is created.
///
/// Another flow, revision, input or label means another execution. `replace_triggered_by` starts one for other reasons. An
/// execution that has failed is no error: its `state` says so, and a `postcondition` or the `assert` of a test can demand
/// something else. Destroying the resource kills what still runs, and deletes the execution with its logs.
///
/// Meant for tests of flows, where `flowsmith sandbox --engine` executes them, and for flows that set something up. What is
/// executed again and again wants a trigger.
#[derive(Clone, Debug, Default, Model)]
pub(crate) struct ExecutionModel {
    /// Id of the execution, as for `terraform import`.
    #[attr(computed, stable, identity)]
    pub(super) id: Attr<String>,
    /// Namespace of the flow.
    #[attr(required, replace)]
    pub(super) namespace: Attr<String>,
    /// Id of the flow.
    #[attr(required, replace)]
    pub(super) flow_id: Attr<String>,
    /// Revision of the flow: the current one when not set. Give that of a `kestra_flow` to execute each of its revisions.
    #[attr(optional, computed, stable, replace)]
    revision: Attr<i64>,
    /// Values of the flow's inputs by their names, as texts. Inputs of the type `FILE` cannot be given.
    #[attr(optional, replace)]
    inputs: Attr<BTreeMap<String, String>>,
    /// Labels of the execution, beside those of the flow.
    #[attr(optional, replace)]
    labels: Attr<BTreeMap<String, String>>,
    /// Whether to wait for the end of the execution. Without it the outputs are there after the next refresh.
    #[attr(optional, computed, default = true)]
    pub(super) wait: Attr<bool>,
    /// How long to wait for the end, such as `30s` or `1h30m`; `10m` when not set.
    #[attr(optional, validate = duration())]
    pub(super) timeout: Attr<String>,
    /// State of the execution, such as `SUCCESS`, `WARNING` or `FAILED`.
    #[attr(computed)]
    state: Attr<String>,
    /// Outputs of the flow as a JSON document. Not marked as sensitive, as Kestra shows them to everyone.
    #[attr(computed)]
    outputs: Attr<String>,
    /// Runs of tasks, in the order in which they began; a task in a loop has several.
    #[attr(computed)]
    task_runs: Attr<Vec<TaskRun>>,
    /// Tenant of the execution: that of the provider. Another tenant means another execution.
    #[attr(computed, stable, replace)]
    pub(super) tenant_id: Attr<String>,
}

/// A run of a task.
#[derive(Clone, Debug, Default, Model)]
pub(crate) struct TaskRun {
    /// Id of the task.
    #[attr(computed)]
    task_id: Attr<String>,
    /// What a loop runs the task for.
    #[attr(computed)]
    value: Attr<String>,
    /// State of the run.
    #[attr(computed)]
    state: Attr<String>,
    /// How often the task was tried.
    #[attr(computed)]
    attempts: Attr<i64>,
    /// Outputs of the task as a JSON document.
    #[attr(computed)]
    outputs: Attr<String>,
}

impl ExecutionModel {
    /// What to start the flow with.
    pub(super) fn start(&self) -> Start {
        let map = |attribute: &Attr<BTreeMap<String, String>>| attribute.known().cloned().unwrap_or_default();
        Start {
            inputs: map(&self.inputs),
            labels: map(&self.labels),
            revision: self.revision.known().and_then(|revision| u64::try_from(*revision).ok()),
        }
    }

    pub(super) fn waits(&self) -> bool {
        self.wait.known() == Some(&true)
    }

    /// How long to wait for the end.
    pub(super) fn longest(&self) -> Duration {
        limit(&self.timeout, LONGEST)
    }

    /// Takes over what the server has. What was given is read back after an import only: Kestra completes inputs and labels.
    pub(super) fn adopt(&mut self, found: client::Execution) {
        if self.flow_id.is_null() {
            self.wait = Attr::Known(true);
            let inputs = found.inputs.iter().flatten().filter(|(_, value)| !value.is_null());
            self.inputs = some(inputs.map(|(name, value)| (name.clone(), text(value))));
            self.labels = some(found.labels().map(|(key, value)| (key.to_owned(), value.to_owned())));
        }
        self.state = Attr::from(found.state());
        let runs = found.task_runs().iter().map(TaskRun::of);
        self.task_runs = Attr::Known(runs.collect());
        self.outputs = Attr::Known(json(found.outputs));
        self.revision = revision(found.flow_revision);
        self.id = Attr::Known(found.id);
        self.namespace = Attr::Known(found.namespace);
        self.flow_id = Attr::Known(found.flow_id);
    }
}

impl TaskRun {
    fn of(run: &client::TaskRun) -> Self {
        Self {
            task_id: Attr::from(run.task_id.as_str()),
            value: run.value.clone().into(),
            state: Attr::from(run.state()),
            attempts: i64::try_from(run.attempts()).ok().into(),
            outputs: Attr::Known(json(run.outputs.clone())),
        }
    }
}

/// What an import makes of a map: nothing of an empty one, as nobody writes it down.
fn some(entries: impl Iterator<Item = (String, String)>) -> Attr<BTreeMap<String, String>> {
    let entries: BTreeMap<String, String> = entries.collect();
    Some(entries).filter(|entries| !entries.is_empty()).into()
}

/// Outputs as a document; none are an empty map.
fn json(outputs: Option<serde_json::Map<String, serde_json::Value>>) -> String {
    serde_json::Value::Object(outputs.unwrap_or_default()).to_string()
}
