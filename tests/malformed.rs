//! A thousand requests that no client should send, to every endpoint of each line: the sandbox answers or hangs up, writes
//! nothing that it does not acknowledge, and fails only where Kestra does.

mod body;
mod garbage;
mod known;
mod request;
mod store;
mod wire;

use std::{env, iter::repeat_n};

use harness::Shipped;
use sandbox::{Edition, Endpoint};
use schema::KestraLine;
use tempfile::TempDir;

use crate::tidy::none;
use known::KNOWN;
use request::Request;
use store::Store;
use wire::Answer;

/// Another number makes other requests: `FLOWSMITH_MALFORMED_SEED`.
const SEED: u64 = 6;

/// At least so many for each line; every endpoint gets the same number of them: `FLOWSMITH_MALFORMED_REQUESTS`.
const REQUESTS: u64 = 2_000;

fn number(variable: &str, default: u64) -> u64 {
    env::var(variable).map_or(default, |text| text.parse().expect("a number"))
}

#[test]
fn malformed_requests_are_answered_without_a_panic_a_write_or_an_unknown_failure() {
    for line in KestraLine::ALL {
        let mut sandbox = Sandbox::start(line);
        let mut endpoints = sandbox::endpoints();
        endpoints.retain(|endpoint| endpoint.servers.contains(&(line, Edition::Ee)));
        let mut random = fastrand::Rng::with_seed(number("FLOWSMITH_MALFORMED_SEED", SEED));
        let wanted = number("FLOWSMITH_MALFORMED_REQUESTS", REQUESTS) as usize;
        let each = wanted.div_ceil(endpoints.len());
        let requests = endpoints.iter().flat_map(|endpoint| repeat_n(endpoint, each));
        none(requests.filter_map(|endpoint| sandbox.finding(endpoint, &mut random)).collect());
        sandbox.is_alive_and_has_not_panicked();
    }
}

/// A row of the table that nothing proves any more is a row to remove.
#[test]
fn every_failure_that_is_known_still_happens() {
    for line in KestraLine::ALL {
        let sandbox = Sandbox::start(line);
        let healed = KNOWN.iter().filter(|known| {
            let request = known.request();
            sandbox.ask(&request).is_none_or(|answer| !known.is_like(&request, &answer, line))
        });
        none(healed.map(|known| format!("{line}: {:?} does not fail any more", known.example)).collect());
        sandbox.is_alive_and_has_not_panicked();
    }
}

/// What variables of paths name when they name something.
const FURNITURE: [(&str, &str); 10] = [
    ("tenant", "main"),
    ("tenant", "main"),
    ("tenant", "main"),
    ("namespace", "fuzz.team"),
    ("id", "one"),
    ("flowId", "one"),
    ("key", "key"),
    ("taskId", "say"),
    ("triggerId", "nightly"),
    ("type", "flow"),
];

const FLOW: &str = "\
id: one
namespace: fuzz.team
tasks:
  - id: say
    type: io.kestra.plugin.core.log.Log
    message: hi
triggers:
  - id: nightly
    type: io.kestra.plugin.core.trigger.Schedule
    cron: 0 3 * * *
  - id: hook
    type: io.kestra.plugin.core.trigger.Webhook
    key: key
";

/// An Enterprise server with something of everything in it.
struct Sandbox {
    line: KestraLine,
    server: Shipped,
    store: Store,
    /// The newest execution.
    execution: String,
    _folder: TempDir,
}

impl Sandbox {
    fn start(line: KestraLine) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let server =
            Shipped::start_with_log_in(folder.path(), &["--emulate", &line.to_string(), "--edition", "ee"]);
        let store = Store::open(folder.path());
        let mut sandbox = Self { line, server, store, execution: String::new(), _folder: folder };
        sandbox.furnish();
        sandbox
    }

    fn address(&self) -> &str {
        self.server.url().trim_start_matches("http://")
    }

    fn ask(&self, request: &Request) -> Option<Answer> {
        wire::ask(self.address(), request)
            .unwrap_or_else(|problem| panic!("{problem}: {}", request.summary()))
    }

    /// Puts back what requests have removed.
    fn furnish(&mut self) {
        let dashboard = "id: one\ntitle: One\ncharts: []\n";
        let file = "--b\r\ncontent-disposition: form-data; name=\"fileContent\"; filename=\"f\"\r\n\r\ntext\r\n--b--\r\n";
        for (method, path, media_type, body) in [
            ("POST", "/flows", "application/x-yaml", FLOW),
            ("PUT", "/namespaces/fuzz.team/kv/key", "text/plain", "1"),
            (
                "POST",
                "/namespaces/fuzz.team/files?path=/notes/one.txt",
                "multipart/form-data; boundary=b",
                file,
            ),
            ("POST", "/dashboards", "application/x-yaml", dashboard),
            ("POST", "/namespaces", "application/json", "{\"id\": \"fuzz.team\"}"),
        ] {
            self.ask(&Request::new(method, &format!("/api/v1/main{path}"), media_type, body.as_bytes()));
        }
        // Replays double whatever is there.
        let executions = "/api/v1/main/executions/by-query?includeNonTerminated=true";
        self.ask(&Request::new("DELETE", executions, "", b""));
        let start = Request::new("POST", "/api/v1/main/executions/fuzz.team/one", "", b"");
        let started = self.ask(&start).map(|answer| answer.text());
        let id = started.as_deref().and_then(|text| text.split('"').nth(3));
        self.execution = id.unwrap_or_default().to_owned();
        self.store.has_changed();
    }

    /// What is wrong with the answer to one more request.
    fn finding(&mut self, endpoint: &Endpoint, random: &mut fastrand::Rng) -> Option<String> {
        let request = {
            let known = [&FURNITURE[..], &[("executionId", &self.execution)]].concat();
            Request::draw(endpoint, &known, random)
        };
        let answer = self.ask(&request);
        if answer.is_none() {
            // The server may still be at it; it takes one write after the other.
            self.ask(&Request::new(
                "POST",
                "/api/v1/main/namespaces/fuzz.team/files/directory?path=/",
                "",
                b"",
            ));
        }
        let has_written = self.store.has_changed();
        if has_written {
            self.furnish();
        }
        let answer = answer.unwrap_or_default();
        let problem = if has_written && !known::may_write(&request, answer.status) {
            "a write that was not acknowledged"
        } else if answer.status >= 500
            && answer.status != 501
            && !known::is_known(&request, &answer, self.line)
        {
            "an unknown failure"
        } else {
            return None;
        };
        Some(format!("{problem}: {}\n    {}: {}", request.summary(), answer.status, answer.text()))
    }

    fn is_alive_and_has_not_panicked(&self) {
        let ping = self.ask(&Request::new("GET", "/ping", "", b""));
        assert_eq!(ping.map(|answer| answer.status), Some(200));
        let log = self.server.log();
        assert!(!log.contains("panicked"), "{log}");
    }
}
