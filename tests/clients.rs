//! Kestra's own clients against the shipped sandbox: kestrapy as a user of 2.0, the package kestra as a user of 1.3. Their
//! scenarios are in Python, beside this file.

use std::{path::PathBuf, process::Command};

use harness::Shipped;
use schema::KestraLine;

use crate::{python::Environment, tidy::root};

const TOKEN: &str = "opensesame";

#[test]
fn kestrapy_finds_a_kestra_2_0() {
    let Some(environment) = environment("kestrapy") else { return };
    let open_source = Shipped::start(&["--emulate", "2.0"]);
    let enterprise = Shipped::start(&["--emulate", "2.0", "--edition", "ee"]);
    let executing = executing(KestraLine::V2_0);
    let mut scenario = scenario(&environment, "kestrapy");
    scenario.env("OPEN_SOURCE", open_source.url()).env("ENTERPRISE", enterprise.url());
    scenario.envs(executing.as_ref().map(|server| ("EXECUTING", server.url())));
    succeeds(&mut scenario);
}

#[test]
fn the_package_kestra_finds_a_kestra_1_3() {
    let Some(environment) = environment("kestra") else { return };
    let open_source = Shipped::start(&["--emulate", "1.3"]);
    let auth = format!("ann:{TOKEN}");
    let protected = Shipped::start(&["--emulate", "1.3", "--edition", "ee", "--auth", &auth]);
    let executing = executing(KestraLine::V1_3);
    let mut scenario = scenario(&environment, "kestra");
    scenario.env("OPEN_SOURCE", open_source.url());
    scenario.env("PROTECTED", protected.url()).env("TOKEN", TOKEN);
    scenario.envs(executing.as_ref().map(|server| ("EXECUTING", server.url())));
    succeeds(&mut scenario);
}

fn environment(client: &str) -> Option<Environment> {
    Environment::with(&folder(client).join("requirements.txt"), client)
}

fn folder(client: &str) -> PathBuf {
    root().join("tests/clients").join(client)
}

/// A server with Kestra's own engine, where there is one.
fn executing(line: KestraLine) -> Option<Shipped> {
    harness::engine::prepared(line)?;
    Some(Shipped::start(&["--emulate", &line.to_string(), "--engine"]))
}

/// The scenario of a client, whose steps are asserted in Python.
fn scenario(environment: &Environment, client: &str) -> Command {
    let mut command = environment.python();
    command.arg(folder(client)).env("NO_PROXY", "*");
    command
}

#[track_caller]
fn succeeds(scenario: &mut Command) {
    let output = scenario.output().expect("the interpreter starts");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
}
