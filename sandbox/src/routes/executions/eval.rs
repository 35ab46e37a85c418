//! Expressions as an execution or one of its task runs sees them: only an engine can render them.

use engine::Request;

use super::existing_or;
use crate::{
    call::Call,
    fault::Fault,
    reply::{self, Reply},
};

/// The body is the expression; what can't be rendered is told in the answer.
pub(super) async fn eval(call: Call) -> Reply {
    let execution = existing_or(&call, |id| format!("Unable to find execution '{id}'")).await?;
    let executor = call.app.executor.as_ref().ok_or(Fault::NoEngine("evaluate an expression in"))?;
    let task_run_id = Some(call.variable("taskRunId")).filter(|id| !id.is_empty());
    let request =
        Request::Evaluate { execution_id: execution.id().into(), task_run_id, expression: call.text() };
    reply::json(&executor.about(&call.app, &execution, &request).await?)
}
