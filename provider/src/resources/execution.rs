//! `kestra_execution`: a flow that is executed when the resource is created, with what came of it.

use std::collections::BTreeMap;
use std::time::Duration;

use client::{Error, Start};
use tfplugin::diagnostics::{Diagnostics, Result};
use tfplugin::model::{Attr, Model};
use tfplugin::resource::{
    ApplyError, CreateRequest, DeleteRequest, Plan, PlanRequest, ReadRequest, Resource, Saved, UpdateRequest,
};
use tfplugin::timeouts::{duration, limit};
use tfplugin::{Context, Private};

use super::execution_end::{end, executes, no_engine};
use super::kv_value::text;
use crate::explain::{Explain, deleted, explained};
use crate::kestra::{Kestra, known, revision};

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
    id: Attr<String>,
    /// Namespace of the flow.
    #[attr(required, replace)]
    namespace: Attr<String>,
    /// Id of the flow.
    #[attr(required, replace)]
    flow_id: Attr<String>,
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
    wait: Attr<bool>,
    /// How long to wait for the end, such as `30s` or `1h30m`; `10m` when not set.
    #[attr(optional, validate = duration())]
    timeout: Attr<String>,
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
    tenant_id: Attr<String>,
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

/// The resource type.
pub(crate) struct Execution;

impl Resource for Execution {
    type Client = Kestra;
    type Model = ExecutionModel;

    const NAME: &'static str = "kestra_execution";

    async fn plan(
        &self,
        cx: &Context<Kestra>,
        request: PlanRequest<ExecutionModel>,
    ) -> Result<Plan<ExecutionModel>> {
        let mut planned = request.planned;
        cx.client.plan_tenant(&mut planned.tenant_id);
        Ok(Plan::new(planned, request.private))
    }

    async fn create(
        &self,
        cx: &Context<Kestra>,
        request: CreateRequest<ExecutionModel>,
    ) -> Result<Saved<ExecutionModel>, ApplyError<ExecutionModel>> {
        let mut planned = request.planned;
        let client = cx.client.client()?;
        if planned.waits() && !executes(client).await? {
            return Err(no_engine().into());
        }
        let (namespace, flow_id) = (known(&planned.namespace), known(&planned.flow_id));
        let started = client.executions().start(namespace, flow_id, &planned.start()).await;
        planned.adopt(started.map_err(|error| not_started(&error))?);
        planned.tenant_id = cx.client.tenant();
        followed(cx, planned).await
    }

    async fn read(
        &self,
        cx: &Context<Kestra>,
        request: ReadRequest<ExecutionModel>,
    ) -> Result<Option<Saved<ExecutionModel>>> {
        let ReadRequest { mut state, private } = request;
        match cx.client.client()?.executions().with_outputs(known(&state.id)).await {
            Err(error) if error.is_gone() => return Ok(None),
            found => state.adopt(found.explain("Could not read the execution")?),
        }
        state.tenant_id = cx.client.tenant();
        Ok(Some(Saved::new(state, private)))
    }

    /// Only how long to wait can change, and there may still be something to wait for.
    async fn update(
        &self,
        cx: &Context<Kestra>,
        request: UpdateRequest<ExecutionModel>,
    ) -> Result<Saved<ExecutionModel>, ApplyError<ExecutionModel>> {
        let UpdateRequest { prior: mut state, planned, .. } = request;
        (state.wait, state.timeout) = (planned.wait, planned.timeout);
        state.tenant_id = cx.client.tenant();
        followed(cx, state).await
    }

    async fn delete(
        &self,
        cx: &Context<Kestra>,
        request: DeleteRequest<ExecutionModel>,
    ) -> Result<Diagnostics> {
        let (client, id) = (cx.client.client()?, known(&request.prior.id));
        let executions = client.executions();
        let found = match executions.get(id).await {
            Err(error) if error.is_gone() => return Ok(Diagnostics::new()),
            found => found.explain("Could not read the execution")?,
        };
        if !found.is_terminated() && executes(client).await? {
            deleted(executions.kill(id).await, "Could not kill the execution")?;
            end(cx, id, request.prior.longest()).await?;
        }
        deleted(executions.delete(id).await, "Could not delete the execution")
    }
}

/// Nobody may start a flow a second time only because the first answer was lost.
fn not_started(error: &Error) -> Diagnostics {
    if !error.leaves_outcome_unknown() {
        return explained("Could not start the flow", error);
    }
    Diagnostics::error(
        "The flow may have started",
        format!(
            "{error}\nIts execution may be there all the same: look for it, and import or delete it before the next apply."
        ),
    )
}

/// The state of an execution that is there, after its end where it is waited for.
async fn followed(
    cx: &Context<Kestra>,
    mut state: ExecutionModel,
) -> Result<Saved<ExecutionModel>, ApplyError<ExecutionModel>> {
    let id = known(&state.id).to_owned();
    let ended = if state.waits() { end(cx, &id, state.longest()).await } else { Ok(()) };
    let executions = cx.client.client()?.executions();
    let found = executions.with_outputs(&id).await.explain("Could not read the execution");
    let outcome = found.map(|found| state.adopt(found)).and(ended);
    let saved = Saved::new(state, Private::default());
    match outcome {
        Ok(()) => Ok(saved),
        Err(error) => Err(ApplyError::after(saved, error)),
    }
}

impl ExecutionModel {
    /// What to start the flow with.
    fn start(&self) -> Start {
        let map = |attribute: &Attr<BTreeMap<String, String>>| attribute.known().cloned().unwrap_or_default();
        Start {
            inputs: map(&self.inputs),
            labels: map(&self.labels),
            revision: self.revision.known().and_then(|revision| u64::try_from(*revision).ok()),
        }
    }

    fn waits(&self) -> bool {
        self.wait.known() == Some(&true)
    }

    /// How long to wait for the end.
    fn longest(&self) -> Duration {
        limit(&self.timeout, LONGEST)
    }

    /// Takes over what the server has. What was given is read back after an import only: Kestra completes inputs and labels.
    fn adopt(&mut self, found: client::Execution) {
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
