//! What an engine has been told of the store; the rest it is told next.

use std::{collections::BTreeMap, sync::Arc};

use base64::{Engine as _, prelude::BASE64_STANDARD};
use engine::{Outputs, Request, Serve};
use serde_json::{Map, Value, json};

use super::heard::Heard;
use crate::{
    app::App,
    execution,
    store::{
        Error, execution_files,
        executions::Execution,
        flows, kv, namespace_files,
        news::{self, News, Version},
    },
};

/// A namespace, and the key of an entry or the path of a file in it.
pub(super) type Place = (String, String);

/// What of each kind one engine knows.
#[derive(Default)]
pub(super) struct Told {
    /// The newest flow, as the store counts them.
    flow: i64,
    /// The version of each KV entry, by namespace and key.
    pub(super) entries: BTreeMap<Place, i64>,
    /// The revision of each namespace file, by namespace and path.
    pub(super) files: BTreeMap<Place, i64>,
}

impl Told {
    /// Tells the engine what is new. Flows come before the executions of them.
    pub(super) async fn tell(&mut self, app: &Arc<App>, serve: &Serve, heard: &mut Heard) {
        let flow = self.flow;
        let news = match app.store.read(move |c| news::since(c, flow)).await {
            Ok(news) => news,
            Err(Error::Closed) => return,
            Err(cause) => return tracing::error!(%cause, "the store can't be read for the engine"),
        };
        let News { flows, entries, files, executions } = news;
        for (number, flow) in flows {
            self.flow = number;
            say(serve, flow_request(flow)).await;
        }
        self.entries(app, serve, entries).await;
        self.files(app, serve, files).await;
        for execution in executions {
            if heard.is_new(execution.id()) {
                execute(app, serve, execution).await;
            }
        }
    }

    async fn entries(&mut self, app: &App, serve: &Serve, versions: Vec<Version>) {
        for Version { namespace, name, number, is_there } in versions {
            let place = (namespace.clone(), name.clone());
            if self.entries.get(&place) == Some(&number) && is_there {
                continue;
            }
            let found = {
                let (namespace, name) = place.clone();
                app.store.read(move |c| kv::get(c, &namespace, &name)).await
            };
            match found {
                Ok(Some(entry)) => {
                    say(serve, entry_request(entry)).await;
                    self.entries.insert(place, number);
                }
                _ if self.entries.remove(&place).is_some() => {
                    say(serve, Request::DeleteKv { namespace, key: name }).await;
                }
                _ => {}
            }
        }
    }

    async fn files(&mut self, app: &App, serve: &Serve, versions: Vec<Version>) {
        let mut gone = std::mem::take(&mut self.files);
        for Version { namespace, name, number, .. } in versions {
            let place = (namespace.clone(), name.clone());
            if gone.remove(&place) != Some(number) {
                let (of, path) = place.clone();
                let found = app.store.read(move |c| namespace_files::content(c, &of, &path, None)).await;
                let Ok(Some(content)) = found else { continue };
                let content = BASE64_STANDARD.encode(content);
                say(serve, Request::PutFile { namespace, path: name, content }).await;
            }
            self.files.insert(place, number);
        }
        for (namespace, path) in gone.into_keys() {
            say(serve, Request::DeleteFile { namespace, path }).await;
        }
    }
}

fn flow_request(flow: flows::Flow) -> Request {
    let flows::Flow { namespace, id: flow_id, revision, source, .. } = flow;
    if flow.deleted {
        Request::DeleteFlow { namespace, flow_id }
    } else {
        Request::PutFlow { source, revision: Some(revision) }
    }
}

fn entry_request(entry: kv::Entry) -> Request {
    Request::PutKv {
        namespace: entry.namespace,
        key: entry.key,
        r#type: entry.kind,
        value: entry.value,
        description: entry.description,
        expiration_date: entry.expires.map(|at| at.to_string()),
    }
}

/// Hands an execution over to be executed.
async fn execute(app: &Arc<App>, serve: &Serve, execution: Execution) {
    needed(app, serve, &execution).await;
    let request = Request::Execute { execution: execution.0.clone().into() };
    if let Err(error) = serve.ask(&request).await {
        let words = format!("Kestra's engine does not take this execution: {error}");
        let told = app.store.write(move |c| execution::warn(c, &execution, &words)).await;
        if told.is_ok() {
            app.changes.announce();
        }
    }
}

/// Hands an execution over that has run, with its outputs, so that the engine can act on it.
pub(super) async fn remember(app: &App, serve: &Serve, execution: &Execution) -> Result<(), engine::Error> {
    needed(app, serve, execution).await;
    let runs = execution.0.get("taskRunList").and_then(Value::as_array).into_iter().flatten();
    let of_run = |run: &Value| Some((run["id"].as_str()?.to_owned(), run.get("outputs")?.clone()));
    let task_runs: Map<String, Value> = runs.filter_map(of_run).collect();
    let own = execution.0.get("outputs").filter(|outputs| outputs.is_object()).cloned();
    let outputs = Outputs { execution: own.unwrap_or_else(|| json!({})), task_runs: task_runs.into() };
    serve.ask(&Request::Remember { execution: execution.0.clone().into(), outputs }).await.map(drop)
}

/// Hands over what an execution needs: its files, and the revision of its flow if that is not the current one.
async fn needed(app: &App, serve: &Serve, execution: &Execution) {
    let of = execution.clone();
    let older = app.store.read(move |c| {
        let current = flows::current(c, of.namespace(), of.flow_id())?;
        let wanted = of.revision().filter(|wanted| current.is_none_or(|current| current.revision != *wanted));
        wanted.map_or(Ok(None), |wanted| flows::revision(c, of.namespace(), of.flow_id(), wanted))
    });
    if let Ok(Some(older)) = older.await {
        say(serve, flow_request(older)).await;
    }
    let id = execution.id().to_owned();
    for (uri, content) in app.store.read(move |c| execution_files::of(c, &id)).await.unwrap_or_default() {
        let (namespace, content) = (execution.namespace().to_owned(), BASE64_STANDARD.encode(content));
        say(serve, Request::PutExecutionFile { namespace, uri, content }).await;
    }
}

/// Tells the engine; what it refuses is not there for executions, whose logs then say so.
async fn say(serve: &Serve, request: Request) {
    if let Err(error) = serve.ask(&request).await {
        tracing::warn!(%error, "Kestra's engine refuses a part of the store");
    }
}
