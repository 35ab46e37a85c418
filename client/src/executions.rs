//! `executions`: flows that run or have run, with their task runs and outputs. The lines differ in where outputs are and in
//! the path of actions; nobody else has to know.

use std::collections::BTreeMap;
use std::fmt;

use reqwest::Method;
use schema::KestraLine;
use schema::state::is_terminal;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use crate::call::{Body, Call};
use crate::client::Client;
use crate::error::Error;
use crate::flows::Label;
use crate::retry::Repeat;
use crate::route::Route;

/// How labels begin that only Kestra sets.
const SYSTEM: &str = "system.";

/// What to start a flow with.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Start {
    /// Values of inputs by their names, as texts.
    pub inputs: BTreeMap<String, String>,
    pub labels: BTreeMap<String, String>,
    /// The current one when there is none.
    pub revision: Option<u64>,
}

/// An execution. `Debug` leaves out what it was given and what came out of it.
#[derive(Clone, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Execution {
    pub id: String,
    pub namespace: String,
    pub flow_id: String,
    #[serde(default)]
    pub flow_revision: u64,
    state: State,
    /// As Kestra has read and completed them.
    #[serde(default)]
    pub inputs: Option<Map<String, Value>>,
    #[serde(default)]
    labels: Option<Vec<Label>>,
    #[serde(default)]
    pub outputs: Option<Map<String, Value>>,
    #[serde(default, rename = "taskRunList")]
    task_runs: Option<Vec<TaskRun>>,
}

/// A run of one task; a task in a loop has several.
#[derive(Clone, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TaskRun {
    pub id: String,
    pub task_id: String,
    /// What a loop runs it for.
    #[serde(default)]
    pub value: Option<String>,
    state: State,
    #[serde(default)]
    attempts: Option<Vec<Value>>,
    #[serde(default)]
    pub outputs: Option<Map<String, Value>>,
}

#[derive(Clone, PartialEq, Eq, Deserialize)]
struct State {
    current: String,
}

impl Execution {
    /// Its state, such as `RUNNING`.
    #[must_use]
    pub fn state(&self) -> &str {
        &self.state.current
    }

    /// Whether it has ended.
    #[must_use]
    pub fn is_terminated(&self) -> bool {
        is_terminal(self.state())
    }

    /// Its labels, but for those that Kestra sets.
    pub fn labels(&self) -> impl Iterator<Item = (&str, &str)> {
        let labels = self.labels.iter().flatten().filter(|label| !label.key.starts_with(SYSTEM));
        labels.map(|label| (label.key.as_str(), label.value.as_str()))
    }

    /// The runs of its tasks, in the order in which they began.
    #[must_use]
    pub fn task_runs(&self) -> &[TaskRun] {
        self.task_runs.as_deref().unwrap_or_default()
    }
}

impl TaskRun {
    /// Its state.
    #[must_use]
    pub fn state(&self) -> &str {
        &self.state.current
    }

    /// How often it was tried.
    #[must_use]
    pub fn attempts(&self) -> usize {
        self.attempts.as_ref().map_or(0, Vec::len)
    }
}

impl fmt::Debug for Execution {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Execution")
            .field("id", &self.id)
            .field("state", &self.state())
            .finish_non_exhaustive()
    }
}

/// The calls about executions.
#[derive(Clone, Copy, Debug)]
pub struct Executions<'c> {
    pub(crate) client: &'c Client,
}

impl Executions<'_> {
    /// Starts a flow and does not wait for its end.
    ///
    /// # Errors
    /// [`Error::NotFound`] for a flow or revision that is not there, [`Error::Invalid`] for inputs that it does not take.
    /// Sent once only.
    pub async fn start(&self, namespace: &str, flow_id: &str, start: &Start) -> Result<Execution, Error> {
        let mut route = self.client.tenant(Method::POST, &["executions", namespace, flow_id])?;
        for (key, value) in &start.labels {
            route = route.query("labels", format!("{key}:{value}"));
        }
        if let Some(revision) = start.revision {
            route = route.query("revision", revision);
        }
        let call = Call::new(route, Repeat::Harmful);
        // Kestra refuses a form without parts.
        let call = if start.inputs.is_empty() {
            call
        } else {
            call.body(Body::Form(start.inputs.clone().into_iter().collect()))
        };
        self.client.send(call).await?.json()
    }

    /// Reads an execution; outputs may be missing, see [`Self::with_outputs`].
    ///
    /// # Errors
    /// [`Error::NotFound`].
    pub async fn get(&self, id: &str) -> Result<Execution, Error> {
        self.read(self.client.tenant(Method::GET, &["executions", id])?).await
    }

    /// Reads an execution with its outputs and those of its task runs, which 2.0 has to be asked for.
    ///
    /// # Errors
    /// [`Error::NotFound`].
    pub async fn with_outputs(&self, id: &str) -> Result<Execution, Error> {
        let mut execution = self.get(id).await?;
        if self.line().await? == KestraLine::V1_3 {
            return Ok(execution);
        }
        let own = self.client.tenant(Method::GET, &["outputs", "executions", id])?;
        execution.outputs = Some(self.read(own).await?);
        let of_tasks = self.client.tenant(Method::GET, &["outputs", "tasks", id])?;
        let there: Vec<WithOutputs> = self.read(of_tasks).await?;
        for run in execution.task_runs.iter_mut().flatten() {
            if there.iter().any(|there| there.task_run_id == run.id) {
                let of_run = self.client.tenant(Method::GET, &["outputs", "tasks", id, &run.id])?;
                run.outputs = self.read(of_run).await?;
            }
        }
        Ok(execution)
    }

    /// Asks for the end of an execution, which comes some time later.
    ///
    /// # Errors
    /// [`Error::NotFound`].
    pub async fn kill(&self, id: &str) -> Result<(), Error> {
        let route = match self.line().await? {
            KestraLine::V1_3 => self.client.tenant(Method::DELETE, &["executions", id, "kill"])?,
            KestraLine::V2_0 => self.client.tenant(Method::DELETE, &["executions", id, "actions", "kill"])?,
        };
        self.client.send(Call::new(route, Repeat::Harmless)).await.map(drop)
    }

    /// Deletes an execution with its logs.
    ///
    /// # Errors
    /// [`Error::NotFound`] when there was none, unless an earlier attempt of this call may have deleted it.
    pub async fn delete(&self, id: &str) -> Result<(), Error> {
        let route = self.client.tenant(Method::DELETE, &["executions", id])?;
        self.client.send(Call::new(route, Repeat::Deletion)).await.map(drop)
    }

    async fn read<T: DeserializeOwned>(&self, route: Route) -> Result<T, Error> {
        self.client.send(Call::new(route, Repeat::Harmless)).await?.json()
    }

    /// The line of the server; the newest where it says none that is known.
    async fn line(&self) -> Result<KestraLine, Error> {
        Ok(self.client.server().await?.line().unwrap_or(KestraLine::V2_0))
    }
}

/// A task run that has outputs.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct WithOutputs {
    task_run_id: String,
}

#[cfg(test)]
mod tests;
