//! What people do to executions that an engine has run or runs, on both lines: by Kestra's own code, through the API.

use harness::RELEASES;
use reqwest::{Method, StatusCode, multipart::Form};
use sandbox::Release;
use serde_json::{Value, json};

use super::api::{Api, answered, good, id_of, started, task_run};

/// Fails at its second task, and handles that.
const FAILING: &str = r#"
id: failing
namespace: team.a
inputs:
  - id: who
    type: STRING
    defaults: Ann
tasks:
  - id: first
    type: io.kestra.plugin.core.debug.Return
    format: "hello {{ inputs.who }}"
  - id: second
    type: io.kestra.plugin.core.execution.Fail
  - id: third
    type: io.kestra.plugin.core.debug.Return
    format: "{{ outputs.first.value }} again"
"#;

/// Asks a question while it is paused.
const ASKING: &str = r#"
id: asking
namespace: team.a
tasks:
  - id: ask
    type: io.kestra.plugin.core.flow.Pause
    onResume:
      - id: why
        type: STRING
  - id: answer
    type: io.kestra.plugin.core.debug.Return
    format: "because {{ outputs.ask.onResume.why }}"
"#;

/// One at a time; the next waits in a queue.
const NARROW: &str = r#"
id: narrow
namespace: team.a
concurrency:
  limit: 1
  behavior: QUEUE
tasks:
  - id: wait
    type: io.kestra.plugin.core.flow.Pause
"#;

const CALLED: &str = r#"
id: called
namespace: team.a
inputs:
  - id: who
    type: STRING
tasks:
  - id: greet
    type: io.kestra.plugin.core.debug.Return
    format: "hello {{ inputs.who }}"
outputs:
  - id: greeting
    type: STRING
    value: "{{ outputs.greet.value }}"
triggers:
  - id: hook
    type: io.kestra.plugin.core.trigger.Webhook
    key: "{{ 'a' ~ 'key' }}"
    wait: true
    returnOutputs: true
    inputs:
      who: "{{ trigger.body.who }}"
    CONDITION
"#;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_done_to_executions_is_done_by_the_engine() {
    for release in RELEASES {
        let Some((sandbox, api)) = started(release).await else { return };
        let actions = Actions { api, release };
        for flow in [FAILING, ASKING, NARROW] {
            actions.api.put_flow(flow).await;
        }
        actions.a_failure_is_asked_about_and_goes_on().await;
        actions.a_question_is_checked_before_it_is_answered().await;
        actions.a_queue_is_left().await;
        actions.a_breakpoint_is_passed().await;
        actions.a_webhook_answers().await;
        sandbox.stop().await.expect("a good end");
    }
}

struct Actions {
    api: Api,
    release: Release,
}

impl Actions {
    async fn a_failure_is_asked_about_and_goes_on(&self) {
        let id = self.api.start("failing", &[]).await;
        let failed = self.api.end(&id).await;
        assert_eq!(states(&failed), ["first SUCCESS", "second FAILED"], "{failed}");
        let (first, second) = (id_of(task_run(&failed, "first")), id_of(task_run(&failed, "second")));

        for (place, expression, member, expected) in [
            (format!("eval/{second}"), "{{ outputs.first.value }}", "result", "hello Ann"),
            ("eval".to_owned(), "{{ flow.id }} {{ inputs.who }}", "result", "failing Ann"),
            (format!("eval/{first}"), "{{ nobody.knows }}", "error", "nobody"),
        ] {
            let answer = self.post(&id, &place, expression).await;
            let text = answer[member].as_str().unwrap_or_default();
            assert!(text.contains(expected), "{expression}: {answer}");
        }
        let graph = self.api.get(&format!("executions/{id}/graph")).await;
        let drawn = graph["nodes"].as_array().into_iter().flatten();
        let drawn = drawn.filter(|node| node["taskRun"]["id"] == *second).count();
        assert_eq!(drawn, 1, "{graph}");

        let replayed = self.post(&id, &format!("replay?taskRunId={second}"), "").await;
        assert_eq!((&replayed["parentId"], &replayed["originalId"]), (&json!(id), &json!(id)), "{replayed}");
        let replay = self.api.end(&id_of(&replayed)).await;
        assert_eq!(states(&replay), ["first SUCCESS", "second FAILED"], "{replay}");
        let original = self.api.get(&format!("executions/{id}")).await;
        let marked = json!({"key": "system.replayed", "value": "true"});
        assert!(original["labels"].as_array().is_some_and(|labels| labels.contains(&marked)), "{original}");

        let wish = json!({"taskRunId": second, "state": "SUCCESS"});
        good(self.api.call(Method::POST, &self.place(&id, "state")).json(&wish)).await;
        let gone_on = self.api.end_again(&id, "SUCCESS").await;
        let all = ["first SUCCESS", "second SUCCESS", "third SUCCESS"];
        assert_eq!(
            (states(&gone_on).as_slice(), &gone_on["state"]["current"]),
            (all.map(String::from).as_slice(), &json!("SUCCESS"))
        );

        let changed = self.post(&id, "change-status?status=WARNING", "").await;
        assert_eq!(changed["state"]["current"], "WARNING", "{changed}");
        self.api.bulk("change-status/by-ids?newStatus=FAILED", &[&id]).await;
        self.api.end_again(&id, "FAILED").await;
    }

    async fn a_question_is_checked_before_it_is_answered(&self) {
        let id = self.api.start("asking", &[]).await;
        self.api.becomes(&id, "PAUSED").await;
        let answer = |action: &str, name: &'static str| {
            let call = self.api.call(Method::POST, &self.place(&id, action));
            call.multipart(Form::new().text(name, "it is late"))
        };
        for (name, errors) in [("why", 0), ("what", 1)] {
            let checked = good(answer("resume/validate", name)).await;
            let input = &checked["inputs"][0];
            assert_eq!(
                (&checked["id"], &input["input"]["id"]),
                (&json!("asking"), &json!("why")),
                "{checked}"
            );
            assert_eq!(input["errors"].as_array().map(Vec::len), Some(errors), "{checked}");
        }
        good(answer("resume", "why")).await;
        let done = self.api.end(&id).await;
        let place = format!("eval/{}", id_of(task_run(&done, "answer")));
        let rendered = self.post(&id, &place, "{{ outputs.answer.value }}").await;
        assert_eq!(rendered["result"], "because it is late", "{done}");
    }

    async fn a_queue_is_left(&self) {
        let running = self.api.start("narrow", &[]).await;
        self.api.becomes(&running, "PAUSED").await;
        let (forced, unqueued) = (self.api.start("narrow", &[]).await, self.api.start("narrow", &[]).await);
        for id in [&forced, &unqueued] {
            self.api.becomes(id, "QUEUED").await;
        }
        self.post(&unqueued, "unqueue?state=CANCELLED", "").await;
        assert_eq!(self.api.end(&unqueued).await["state"]["current"], "CANCELLED");
        self.api.bulk("force-run/by-ids", &[&forced]).await;
        self.api.becomes(&forced, "PAUSED").await;
        self.api.bulk("resume/by-ids", &[&running, &forced]).await;
        for id in [&running, &forced] {
            assert_eq!(self.api.end(id).await["state"]["current"], "SUCCESS");
        }
    }

    async fn a_breakpoint_is_passed(&self) {
        let id = self.api.start("failing?breakpoints=second", &[]).await;
        self.api.becomes(&id, "BREAKPOINT").await;
        self.post(&id, "resume-from-breakpoint", "").await;
        assert_eq!(self.api.end(&id).await["state"]["current"], "FAILED");
    }

    async fn a_webhook_answers(&self) {
        let (condition, refused) = match self.release {
            Release::V1_3 => (
                "conditions:\n      - type: io.kestra.plugin.core.condition.Expression\n        expression: \"{{ trigger.body.who == 'Eve' }}\"",
                StatusCode::CONFLICT,
            ),
            _ => ("when: \"{{ trigger.body.who == 'Eve' }}\"", StatusCode::NO_CONTENT),
        };
        self.api.put_flow(&CALLED.replace("CONDITION", condition)).await;
        let call = |key: &str, who: &str| self.api.webhook("team.a", "called", key, &json!({"who": who}));
        let answer = good(call("akey", "Eve")).await;
        assert_eq!(answer, json!({"greeting": "hello Eve"}), "{:?}", self.release);
        assert_eq!(answered(call("akey", "Bob")).await.0, refused);
        assert_eq!(answered(call("another", "Eve")).await.0, StatusCode::NOT_FOUND);
    }

    /// Where an action of an execution is, on this line.
    fn place(&self, id: &str, action: &str) -> String {
        let between = if self.release == Release::V1_3 { "" } else { "actions/" };
        format!("executions/{id}/{between}{action}")
    }

    #[track_caller]
    fn post(&self, id: &str, action: &str, body: &str) -> impl Future<Output = Value> {
        let kind = if body.is_empty() { "application/json" } else { "text/plain" };
        good(self.api.send(Method::POST, &self.place(id, action), kind, body))
    }
}

/// The tasks that have run, and their states.
fn states(execution: &Value) -> Vec<String> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let runs = execution["taskRunList"].as_array().into_iter().flatten();
    runs.map(|run| format!("{} {}", text(&run["taskId"]), text(&run["state"]["current"]))).collect()
}
