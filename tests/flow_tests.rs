//! Tests of flows as people write them: `terraform test` against a sandbox with Kestra's engine, on both lines. One that
//! should pass passes, one that should fail fails, and nothing is left behind.

use harness::{RELEASES, Server, Workspace, for_each_host};
use serde_json::json;

use crate::examples::{copy, text};

const PROJECT: &str = "examples/flow-tests";
const TESTS: &str = "examples/flow-tests/tests/orders-report.tftest.hcl";

#[test]
fn flows_are_tested_with_fixtures() {
    for release in RELEASES {
        let Some(server) = Server::start_with_engine(release) else { return };
        for_each_host(|host| {
            let workspace = Workspace::new(host).rooted_at(PROJECT).env("KESTRA_URL", server.url());
            copy(&workspace, &[PROJECT, "modules"]);
            workspace.init();
            let test = || workspace.run(&["test", "-no-color"]);
            test().succeeds().says("Success! 3 passed, 0 failed.");
            workspace.file(TESTS, &text(TESTS).replace("orders == 2", "orders == 3"));
            test()
                .fails_with("Two orders must be counted: SUCCESS, {\"orders\":2}")
                .says("Failure! 2 passed, 1 failed.");
            for list in ["flows", "executions"] {
                assert_eq!(server.json(&format!("{list}/search"))["total"], json!(0), "{list} are left");
            }
        });
    }
}

#[test]
fn a_server_without_fixtures_is_told_apart() {
    for_each_host(|host| {
        let server = Server::start();
        let workspace = Workspace::new(host).rooted_at(PROJECT).env("KESTRA_URL", server.url());
        copy(&workspace, &[PROJECT, "modules"]);
        workspace.init();
        let expected =
            "The server has no fixtures, which this flow has for tasks. Start `flowsmith sandbox --engine`";
        workspace.run(&["test", "-no-color"]).fails_with(expected);
    });
}
