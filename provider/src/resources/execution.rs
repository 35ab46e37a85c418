//! `kestra_execution`: a flow that is executed when the resource is created, with what came of it.

use std::time::Duration;

use client::{Client, Error};
use tfplugin::diagnostics::{Diagnostics, Result};
use tfplugin::resource::{
    ApplyError, CreateRequest, DeleteRequest, Plan, PlanRequest, ReadRequest, Resource, Saved, UpdateRequest,
};
use tfplugin::{Context, Private};
use tokio::time::{Instant, timeout_at};

use super::execution_model::ExecutionModel;
use crate::explain::{Explain, deleted, explained};
use crate::kestra::{Kestra, known};

/// Between two looks at an execution; it doubles each time.
const SHORTEST_PAUSE: Duration = Duration::from_millis(200);
const LONGEST_PAUSE: Duration = Duration::from_secs(5);

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

/// Waits for the end of an execution.
async fn end(cx: &Context<Kestra>, id: &str, longest: Duration) -> Result<()> {
    let client = cx.client.client()?;
    let (deadline, mut pause) = (Instant::now() + longest, SHORTEST_PAUSE);
    loop {
        let execution = client.executions().get(id).await.explain("Could not read the execution")?;
        if execution.is_terminated() {
            return Ok(());
        }
        if !executes(client).await? {
            return Err(no_engine());
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
