//! `kestra_execution`: a flow that is executed when the resource is created, with what came of it.

use std::collections::BTreeMap;
use std::time::Duration;

use client::{Client, Error, Start};
use tfplugin::diagnostics::{Diagnostics, Result};
use tfplugin::model::{Attr, Model};
use tfplugin::resource::{
    ApplyError, CreateRequest, DeleteRequest, Plan, PlanRequest, ReadRequest, Resource, Saved, UpdateRequest,
};
use tfplugin::timeouts::{duration, limit};
use tfplugin::{Context, Private};
use tokio::time::{Instant, timeout_at};

use crate::explain::{Explain, deleted, explained};
use crate::kestra::{Kestra, known, revision};

/// How long an execution may take where nothing is said.
const LONGEST: Duration = Duration::from_secs(600);

/// Between two looks at an execution; it doubles each time.
const SHORTEST_PAUSE: Duration = Duration::from_millis(200);
const LONGEST_PAUSE: Duration = Duration::from_secs(5);

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
    pub(super) revision: Attr<i64>,
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
    pub(super) state: Attr<String>,
    /// Outputs of the flow as a JSON document. Not marked as sensitive, as Kestra shows them to everyone.
    #[attr(computed)]
    pub(super) outputs: Attr<String>,
    /// Runs of tasks, in the order in which they began; a task in a loop has several.
    #[attr(computed)]
    pub(super) task_runs: Attr<Vec<TaskRun>>,
    /// Tenant of the execution: that of the provider. Another tenant means another execution.
    #[attr(computed, stable, replace)]
    tenant_id: Attr<String>,
}

/// A run of a task.
#[derive(Clone, Debug, Default, Model)]
pub(crate) struct TaskRun {
    /// Id of the task.
    #[attr(computed)]
    pub(super) task_id: Attr<String>,
    /// What a loop runs the task for.
    #[attr(computed)]
    pub(super) value: Attr<String>,
    /// State of the run.
    #[attr(computed)]
    pub(super) state: Attr<String>,
    /// How often the task was tried.
    #[attr(computed)]
    pub(super) attempts: Attr<i64>,
    /// Outputs of the task as a JSON document.
    #[attr(computed)]
    pub(super) outputs: Attr<String>,
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
        let executions = cx.client.client()?.executions();
        let found = match executions.get(known(&state.id)).await {
            Ok(found) => executions.with_outputs(found).await,
            error => error,
        };
        match found {
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
        let mut planned = request.planned;
        planned.tenant_id = cx.client.tenant();
        followed(cx, planned).await
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

/// Nothing ever comes of an execution in a sandbox without an engine.
async fn executes(client: &Client) -> Result<bool> {
    Ok(client.server().await.explain("Could not ask the server what it is")?.executes())
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

fn no_engine() -> Diagnostics {
    Diagnostics::error(
        "Nothing executes flows here",
        "The server is a sandbox without an engine, where executions stay CREATED. Start it with `flowsmith sandbox --engine`, \
         or set `wait = false`.",
    )
}

/// The state of an execution that is there, after its end where it is waited for.
async fn followed(
    cx: &Context<Kestra>,
    mut planned: ExecutionModel,
) -> Result<Saved<ExecutionModel>, ApplyError<ExecutionModel>> {
    let id = known(&planned.id).to_owned();
    let ended = if planned.waits() { end(cx, &id, planned.longest()).await } else { Ok(()) };
    let now = async {
        let executions = cx.client.client()?.executions();
        let found = executions.get(&id).await.explain("Could not read the execution")?;
        executions.with_outputs(found).await.explain("Could not read the outputs of the execution")
    };
    match now.await {
        Ok(found) => planned.adopt(found),
        Err(error) => {
            planned.forget();
            return Err(ApplyError::after(Saved::new(planned, Private::default()), error));
        }
    }
    let saved = Saved::new(planned, Private::default());
    match ended {
        Ok(()) => Ok(saved),
        Err(error) => Err(ApplyError::after(saved, error)),
    }
}

/// Waits for the end of an execution.
async fn end(cx: &Context<Kestra>, id: &str, longest: Duration) -> Result<()> {
    let executions = cx.client.client()?.executions();
    let (deadline, mut pause) = (Instant::now() + longest, SHORTEST_PAUSE);
    loop {
        let execution = executions.get(id).await.explain("Could not read the execution")?;
        if execution.is_terminated() {
            return Ok(());
        }
        let stopped = timeout_at(deadline.min(Instant::now() + pause), cx.stop.cancelled()).await.is_ok();
        if stopped || Instant::now() >= deadline {
            let why =
                if stopped { "the run was stopped".to_owned() } else { format!("{longest:?} have passed") };
            return Err(Diagnostics::error(
                "The execution has not ended",
                format!(
                    "The execution {id} is {} after {why}. It goes on, and is in the state as it is now. One that is PAUSED waits \
                     for somebody; for one that takes long, raise `timeout` or set `wait = false`.",
                    execution.state()
                ),
            ));
        }
        pause = LONGEST_PAUSE.min(pause * 2);
    }
}

impl ExecutionModel {
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

    fn longest(&self) -> Duration {
        limit(&self.timeout, LONGEST)
    }

    /// Takes over what the server has. What was given is read back after an import only: Kestra completes inputs and labels.
    fn adopt(&mut self, found: client::Execution) {
        if self.flow_id.is_null() {
            self.wait = Attr::Known(true);
            self.inputs =
                some(found.inputs.iter().flatten().map(|(name, value)| (name.clone(), text(value))));
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

    /// What is not known of an execution that cannot be read now.
    fn forget(&mut self) {
        let nothing = |attribute: &mut Attr<String>| {
            if attribute.is_unknown() {
                *attribute = Attr::Null;
            }
        };
        nothing(&mut self.state);
        nothing(&mut self.outputs);
        if self.task_runs.is_unknown() {
            self.task_runs = Attr::Null;
        }
        if self.revision.is_unknown() {
            self.revision = Attr::Null;
        }
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

/// The value of an input as the text that gives it.
fn text(value: &serde_json::Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// Outputs as a document; none are an empty map.
fn json(outputs: Option<serde_json::Map<String, serde_json::Value>>) -> String {
    serde_json::Value::Object(outputs.unwrap_or_default()).to_string()
}
