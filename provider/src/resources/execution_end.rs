//! The end of an execution: whether there will be one, and waiting for it.

use std::time::Duration;

use client::Client;
use tfplugin::Context;
use tfplugin::diagnostics::{Diagnostics, Result};
use tokio::time::{Instant, timeout};

use crate::explain::Explain;
use crate::kestra::Kestra;

/// Between two looks at an execution; it doubles each time.
const SHORTEST_PAUSE: Duration = Duration::from_millis(200);
const LONGEST_PAUSE: Duration = Duration::from_secs(5);

/// Nothing ever comes of an execution in a sandbox without an engine.
pub(super) async fn executes(client: &Client) -> Result<bool> {
    Ok(client.server().await.explain("Could not ask the server what it is")?.executes())
}

pub(super) fn no_engine() -> Diagnostics {
    Diagnostics::error(
        "Nothing executes flows here",
        "The server is a sandbox without an engine, where executions stay CREATED. Start it with `flowsmith sandbox --engine`, \
         or set `wait = false`.",
    )
}

/// Waits for the end of an execution.
pub(super) async fn end(cx: &Context<Kestra>, id: &str, longest: Duration) -> Result<()> {
    let client = cx.client.client()?;
    let (start, mut pause) = (Instant::now(), SHORTEST_PAUSE);
    loop {
        let execution = client.executions().get(id).await.explain("Could not read the execution")?;
        if execution.is_terminated() {
            return Ok(());
        }
        if !executes(client).await? {
            return Err(no_engine());
        }
        let left = longest.saturating_sub(start.elapsed());
        let stopped = timeout(left.min(pause), cx.stop.cancelled()).await.is_ok();
        if stopped || start.elapsed() >= longest {
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
