//! Creations that do not end as they should: the answer is lost, or there is none and somebody presses Ctrl-C.

use std::{
    sync::mpsc,
    time::{Duration, Instant},
};

use harness::{Server, for_each_host};
use serde_json::Value;

use super::gateway::{Failure, gateway};
use super::{ADDRESS, CONFIGURATION, FLOW, is_gone, project};

/// What the provider would wait for one answer, in seconds: far more than the test takes.
const TIMEOUT: &str = "300";
/// Only a machine under great load needs that long.
const SOON: Duration = Duration::from_secs(60);

#[test]
fn a_flow_whose_answer_was_lost_is_in_the_state() {
    for_each_host(|host| {
        let server = Server::start();
        let workspace = project(host, &server, CONFIGURATION);
        workspace.file("flow.yaml", FLOW);
        let workspace = workspace.env("KESTRA_URL", gateway(&server, Failure::AnswerLost));
        workspace.apply_and_settle().says("1 added");
        assert_eq!(workspace.attributes(ADDRESS)["revision"], 1);
        workspace.destroy();
        assert!(is_gone(&server, "hello"));
    });
}

/// Proves: resources/stop-during-create
#[test]
fn an_interrupted_creation_ends_at_once_and_is_not_in_the_state() {
    for_each_host(|host| {
        let server = Server::start();
        let workspace = project(host, &server, CONFIGURATION).env("KESTRA_TIMEOUT", TIMEOUT);
        workspace.file("flow.yaml", FLOW);
        let (told, stuck) = mpsc::channel();
        let workspace = workspace.env("KESTRA_URL", gateway(&server, Failure::Stuck(told)));

        let apply = workspace.start(&["apply", "-no-color", "-auto-approve"]);
        stuck.recv_timeout(SOON).expect("the flow is being created");
        let interrupted = Instant::now();
        apply.interrupt();
        let ended = apply.end().fails_with("stopped on request");
        assert!(interrupted.elapsed() < SOON, "{ended}");
        assert_eq!(workspace.attributes(ADDRESS), Value::Null);
        assert!(is_gone(&server, "hello"));
    });
}
