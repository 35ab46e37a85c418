//! The API of a sandbox with an engine, as a client uses it.

use std::{env, time::Duration};

use futures_util::StreamExt;
use harness::{Shipped, engine::prepared, shipped};
use reqwest::{Client, Method, Response, multipart::Form};
use sandbox::{Options, Release, Sandbox};
use serde_json::Value;
use tokio::{task::block_in_place, time::timeout};

/// How long an engine may take for what is asked of it, on a machine that does much else.
const LONGEST: Duration = Duration::from_secs(60);

/// A server's API.
pub(super) struct Api {
    pub(super) http: Client,
    pub(super) url: String,
}

impl Api {
    pub(super) fn new(server: &str) -> Self {
        let http = Client::builder().no_proxy().build().expect("a client");
        Self { http, url: format!("{server}/api/v1/main") }
    }

    pub(super) async fn call(&self, method: Method, path: &str, body: &str, kind: &str) -> Response {
        let request = self.http.request(method, format!("{}/{path}", self.url));
        request.header("content-type", kind).body(body.to_owned()).send().await.expect("an answer")
    }

    pub(super) async fn put_flow(&self, source: &str) -> Value {
        good(self.call(Method::POST, "flows", source, "application/x-yaml").await).await
    }

    pub(super) async fn get(&self, path: &str) -> Value {
        good(self.http.get(format!("{}/{path}", self.url)).send().await.expect("an answer")).await
    }

    /// Starts a flow and returns the execution's id.
    pub(super) async fn start(&self, flow: &str, inputs: &[(&'static str, &'static str)]) -> String {
        self.start_in("team.a", flow, inputs).await
    }

    pub(super) async fn start_in(
        &self,
        namespace: &str,
        flow: &str,
        inputs: &[(&'static str, &'static str)],
    ) -> String {
        let mut request = self.http.post(format!("{}/executions/{namespace}/{flow}", self.url));
        if !inputs.is_empty() {
            let form = inputs.iter().fold(Form::new(), |form, (name, value)| form.text(*name, *value));
            request = request.multipart(form);
        }
        let created = good(request.send().await.expect("an answer")).await;
        assert_eq!(created["state"]["current"], "CREATED", "{created}");
        created["id"].as_str().expect("an id").to_owned()
    }

    /// Follows an execution until an event has these words.
    pub(super) async fn follow(&self, id: &str, words: &str) {
        self.hear(&format!("executions/{id}/follow"), words).await;
    }

    /// Follows the log of an execution until a line has these words.
    pub(super) async fn logged(&self, id: &str, words: &str) {
        self.hear(&format!("logs/{id}/follow"), words).await;
    }

    pub(super) async fn hear(&self, path: &str, words: &str) {
        let url = format!("{}/{path}", self.url);
        let mut events = self.http.get(url).send().await.expect("an answer").bytes_stream();
        let mut heard = String::new();
        while !heard.contains(words) {
            let Some(event) = events.next().await else { panic!("no {words} in {heard}") };
            heard += &String::from_utf8_lossy(&event.expect("an event"));
        }
    }

    /// What an execution is when it has ended.
    pub(super) async fn end(&self, id: &str) -> Value {
        self.follow(id, "id: end").await;
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
        let mut runs = execution["taskRunList"].as_array().into_iter().flatten();
        let run =
            runs.find(|run| run["taskId"] == task).unwrap_or_else(|| panic!("no {task} in {execution}"));
        match run.get("outputs") {
            Some(outputs) => outputs.clone(),
            None => self.get(&format!("outputs/tasks/{id}/{}", run["id"].as_str().unwrap_or_default())).await,
        }
    }

    /// The text of a file of an execution.
    pub(super) async fn file(&self, id: &str, uri: &Value) -> String {
        let request = self.http.get(format!("{}/executions/{id}/file", self.url));
        let request = request.query(&[("path", uri.as_str().expect("an address"))]);
        request.send().await.expect("an answer").text().await.expect("a text")
    }

    pub(super) async fn set_kv(&self, namespace: &str, key: &str, value: &str) {
        let path = format!("namespaces/{namespace}/kv/{key}");
        good(self.call(Method::PUT, &path, &format!("\"{value}\""), "text/plain").await).await;
    }

    pub(super) async fn messages(&self, id: &str) -> Vec<String> {
        let logs = self.get(&format!("logs/{id}")).await;
        let messages = logs.as_array().into_iter().flatten().filter_map(|line| line["message"].as_str());
        messages.map(str::to_owned).collect()
    }
}

pub(super) async fn good(answer: Response) -> Value {
    let (status, text) = (answer.status(), answer.text().await.expect("a body"));
    assert!(status.is_success(), "{status}: {text}");
    serde_json::from_str(&text).unwrap_or(Value::Null)
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
