//! The API of a sandbox with an engine, as a client uses it. A call that is refused says which one, and who made it.

use std::{env, panic::Location, time::Duration};

use futures_util::StreamExt;
use harness::{Shipped, engine::prepared, shipped};
use reqwest::{
    Client, Method, RequestBuilder, StatusCode,
    header::CONTENT_TYPE,
    multipart::{Form, Part},
};
use sandbox::{Options, Release, Sandbox};
use serde_json::Value;
use tokio::{task::block_in_place, time::timeout};

/// How long an engine may take for what is asked of it, on a machine that does much else.
const LONGEST: Duration = Duration::from_secs(60);

/// A server's API.
pub(super) struct Api {
    http: Client,
    url: String,
}

impl Api {
    pub(super) fn new(server: &str) -> Self {
        let http = Client::builder().no_proxy().build().expect("a client");
        Self { http, url: format!("{server}/api/v1/main") }
    }

    /// A call that can be given a body, for [`good`] or [`answered`].
    pub(super) fn call(&self, method: Method, path: &str) -> RequestBuilder {
        self.http.request(method, format!("{}/{path}", self.url))
    }

    /// A call with a text, which is of this type.
    pub(super) fn send(&self, method: Method, path: &str, kind: &str, text: &str) -> RequestBuilder {
        self.call(method, path).header(CONTENT_TYPE, kind).body(text.to_owned())
    }

    #[track_caller]
    pub(super) fn get(&self, path: &str) -> impl Future<Output = Value> {
        good(self.call(Method::GET, path))
    }

    #[track_caller]
    pub(super) fn put_flow(&self, source: &str) -> impl Future<Output = Value> {
        good(self.send(Method::POST, "flows", "application/x-yaml", source))
    }

    #[track_caller]
    pub(super) fn put_file(&self, namespace: &str, path: &str, text: &str) -> impl Future<Output = Value> {
        let part = Part::text(text.to_owned()).file_name("file.txt");
        let call = self.call(Method::POST, &format!("namespaces/{namespace}/files?path={path}"));
        good(call.multipart(Form::new().part("fileContent", part)))
    }

    #[track_caller]
    pub(super) fn set_kv(&self, namespace: &str, key: &str, value: &str) -> impl Future<Output = Value> {
        let path = format!("namespaces/{namespace}/kv/{key}");
        good(self.send(Method::PUT, &path, "text/plain", &format!("\"{value}\"")))
    }

    /// Does something to several executions.
    #[track_caller]
    pub(super) fn bulk(&self, action: &str, ids: &[&str]) -> impl Future<Output = Value> {
        good(self.call(Method::POST, &format!("executions/{action}")).json(ids))
    }

    /// The call of a flow's webhook.
    pub(super) fn webhook(&self, namespace: &str, flow: &str, key: &str, body: &Value) -> RequestBuilder {
        self.call(Method::POST, &format!("executions/webhook/{namespace}/{flow}/{key}")).json(body)
    }

    /// Starts a flow and returns the execution's id.
    #[track_caller]
    pub(super) fn start(
        &self,
        flow: &str,
        inputs: &[(&'static str, &'static str)],
    ) -> impl Future<Output = String> {
        self.start_in("team.a", flow, inputs)
    }

    #[track_caller]
    pub(super) fn start_in(
        &self,
        namespace: &str,
        flow: &str,
        inputs: &[(&'static str, &'static str)],
    ) -> impl Future<Output = String> {
        let mut call = self.call(Method::POST, &format!("executions/{namespace}/{flow}"));
        if !inputs.is_empty() {
            let form = inputs.iter().fold(Form::new(), |form, (name, value)| form.text(*name, *value));
            call = call.multipart(form);
        }
        let created = good(call);
        async {
            let created = created.await;
            assert_eq!(created["state"]["current"], "CREATED", "{created}");
            id_of(&created)
        }
    }

    /// Follows an execution until it is in a state itself: a run of its tasks may be there before.
    pub(super) async fn becomes(&self, id: &str, state: &str) {
        self.follow(id, state, |execution| execution["state"]["current"] == state).await;
    }

    /// Follows an execution until it has come to a task.
    pub(super) async fn reaches(&self, id: &str, task: &str) {
        let has_come = |execution: &Value| {
            let mut runs = execution["taskRunList"].as_array().into_iter().flatten();
            runs.any(|run| run["taskId"] == task)
        };
        self.follow(id, task, has_come).await;
    }

    async fn follow(&self, id: &str, wanted: &str, is_it: impl Fn(&Value) -> bool) {
        let event = |line: &str| serde_json::from_str(line.strip_prefix("data:")?).ok();
        let is_heard = |heard: &str| heard.lines().filter_map(event).any(|execution| is_it(&execution));
        self.hear(&format!("executions/{id}/follow"), wanted, is_heard).await;
    }

    /// Follows the log of an execution until a line has these words.
    pub(super) async fn logged(&self, id: &str, words: &str) {
        self.hear(&format!("logs/{id}/follow"), words, |heard| heard.contains(words)).await;
    }

    async fn hear(&self, path: &str, wanted: &str, is_heard: impl Fn(&str) -> bool) {
        let answer = self.call(Method::GET, path).send().await.expect("an answer");
        let mut events = answer.bytes_stream();
        let mut heard = String::new();
        while !is_heard(&heard) {
            let Some(event) = events.next().await else { panic!("no {wanted} in {heard}") };
            heard += &String::from_utf8_lossy(&event.expect("an event"));
        }
    }

    /// What an execution is when it has ended.
    pub(super) async fn end(&self, id: &str) -> Value {
        self.hear(&format!("executions/{id}/follow"), "end", |heard| heard.contains("id: end")).await;
        self.get(&format!("executions/{id}")).await
    }

    /// What an execution is that has ended before, when it has ended again, in this state: what was asked of it takes the
    /// engine a moment, in which it is what it was.
    pub(super) async fn end_again(&self, id: &str, state: &str) -> Value {
        let again = async {
            loop {
                let done = self.end(id).await;
                if done["state"]["current"] == state {
                    return done;
                }
            }
        };
        let done = timeout(LONGEST, again).await;
        done.unwrap_or_else(|_| panic!("{id} has not become {state} in {LONGEST:?}"))
    }

    /// Executes a flow and returns the id of the execution, which ends in this state.
    pub(super) async fn ended(
        &self,
        namespace: &str,
        flow: &str,
        inputs: &[(&'static str, &'static str)],
        state: &str,
    ) -> String {
        let id = self.start_in(namespace, flow, inputs).await;
        self.ends(&id, state).await;
        id
    }

    /// An execution ends in this state; otherwise its log is shown.
    pub(super) async fn ends(&self, id: &str, state: &str) {
        let done = self.end(id).await;
        let messages = self.messages(id).await;
        assert_eq!(done["state"]["current"], state, "{done} {messages:#?}");
    }

    /// The outputs of a task, wherever the line tells them.
    pub(super) async fn outputs(&self, id: &str, task: &str) -> Value {
        let execution = self.get(&format!("executions/{id}")).await;
        let run = task_run(&execution, task);
        match run.get("outputs") {
            Some(outputs) => outputs.clone(),
            None => self.get(&format!("outputs/tasks/{id}/{}", id_of(run))).await,
        }
    }

    /// The outputs of a flow, wherever the line tells those of its execution.
    pub(super) async fn flow_outputs(&self, id: &str) -> Value {
        let execution = self.get(&format!("executions/{id}")).await;
        match execution.get("outputs") {
            Some(outputs) => outputs.clone(),
            None => self.get(&format!("outputs/executions/{id}")).await,
        }
    }

    /// The text of a file of an execution.
    pub(super) async fn file(&self, id: &str, uri: &Value) -> String {
        let call = self.call(Method::GET, &format!("executions/{id}/file"));
        answered(call.query(&[("path", uri.as_str().expect("an address"))])).await.1
    }

    pub(super) async fn messages(&self, id: &str) -> Vec<String> {
        let logs = self.get(&format!("logs/{id}")).await;
        let messages = logs.as_array().into_iter().flatten().filter_map(|line| line["message"].as_str());
        messages.map(str::to_owned).collect()
    }
}

/// What a call answers that succeeds: JSON, or nothing.
#[track_caller]
pub(super) fn good(call: RequestBuilder) -> impl Future<Output = Value> {
    // Known only here: the body of an async function has no caller.
    let caller = Location::caller();
    async move {
        let (http, request) = call.build_split();
        let request = request.expect("a request");
        let called = format!("{} {}, called at {caller}", request.method(), request.url());
        let (status, text) = answered(RequestBuilder::from_parts(http, request)).await;
        assert!(status.is_success(), "{called}: {status}: {text}");
        if text.is_empty() {
            return Value::Null;
        }
        serde_json::from_str(&text).unwrap_or_else(|error| panic!("{called}: {error}: {text}"))
    }
}

/// What any call answers.
pub(super) async fn answered(call: RequestBuilder) -> (StatusCode, String) {
    let answer = call.send().await.expect("an answer");
    (answer.status(), answer.text().await.expect("a text"))
}

/// What an execution or the run of a task is called.
#[track_caller]
pub(super) fn id_of(document: &Value) -> String {
    document["id"].as_str().unwrap_or_else(|| panic!("no id in {document}")).to_owned()
}

/// The run of a task, which has one.
#[track_caller]
pub(super) fn task_run<'a>(execution: &'a Value, task: &str) -> &'a Value {
    let mut runs = execution["taskRunList"].as_array().into_iter().flatten();
    runs.find(|run| run["taskId"] == task).unwrap_or_else(|| panic!("no {task} in {execution}"))
}

/// A sandbox with an engine, and its API; `None` where Java or Maven is missing.
pub(super) async fn started(emulate: Release) -> Option<(Sandbox, Api)> {
    let engine = Some(prepared(emulate.line())?.clone());
    let options = Options { engine, emulate, ..Options::default() };
    let sandbox = Sandbox::start(options).await.expect("a sandbox");
    let api = Api::new(&sandbox.url());
    Some((sandbox, api))
}

/// `flowsmith sandbox --engine` as a process of its own, with arguments and variables of its own, and its API.
pub(super) fn spawned(arguments: &[&str], variables: &[(&str, &str)]) -> (Shipped, Api) {
    let mut command = shipped::sandbox(&env::temp_dir(), &[&["--memory", "--engine"], arguments].concat());
    let sandbox = block_in_place(|| Shipped::run(command.envs(variables.iter().copied())));
    let api = Api::new(sandbox.url());
    (sandbox, api)
}
