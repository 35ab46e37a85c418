//! `flowsmith sandbox-environments` on what `modules/sandbox-environment` has made.

use harness::{Server, Workspace, any_host, flowsmith};

use crate::{acceptance::PROVIDER, examples::copy, scripts::flows, tidy::root};

/// Two copies, one of which nobody needs any more.
const COPIES: &str = r#"
module "copy" {
  source   = "./modules/sandbox-environment"
  for_each = { pr-1 = "2020-01-31", pr-10 = "2999-01-31" }

  name      = each.key
  namespace = "company.sales"
  expires   = each.value
  sources = {
    for flow in ["orders", "report"] : flow => provider::kestra::flow_encode({
      id        = flow
      namespace = flow == "orders" ? "company.sales" : "company.sales.reports"
      tasks     = [{ id = "tell", type = "io.kestra.plugin.core.log.Log", message = "Hello" }]
    })
  }
  kv_overrides = { "company.sales.money" = { limit = { value = "10" } } }
  files = { "company.sales" = { "queries/all orders.sql" = "SELECT 1", "read me.md" = "Orders" } }
}
"#;

/// A flow as the module labels it, or somebody else.
fn labelled(namespace: &str, copy: &str, day: &str) -> String {
    format!(
        "
id: labelled
namespace: {namespace}
labels:
  sandbox-environment: {copy}
  sandbox-expires: {day}
tasks:
  - id: tell
    type: io.kestra.plugin.core.log.Log
    message: Hello
"
    )
}

fn prune(server: &Server, arguments: &[&str]) -> (Option<i32>, String) {
    let arguments = [&["sandbox-environments", "prune"], arguments].concat();
    flowsmith::said(flowsmith::flowsmith(&root(), &arguments).env("KESTRA_URL", server.url()))
}

/// Where flows, KV entries and files are.
fn content(server: &Server) -> Vec<String> {
    let entries = server.ask(async |kestra| kestra.kv().search(&[]).await).into_iter();
    let mut found = flows(server);
    found.extend(entries.map(|entry| format!("{}:{}", entry.namespace, entry.key)));
    for copy in ["pr-1", "pr-10"] {
        let files = server.json(&format!("namespaces/sandbox.{copy}.company.sales/files/search?q=/"));
        found.extend(files.as_array().into_iter().flatten().map(|file| format!("{copy} {file}")));
    }
    found
}

#[test]
fn a_copy_is_deleted_when_its_day_is_over() {
    let Some(host) = any_host() else { return };
    let server = Server::start();
    let workspace = Workspace::new(host).env("KESTRA_URL", server.url());
    copy(&workspace, &["modules"]);
    workspace.file("provider.tf", PROVIDER);
    workspace.file("main.tf", COPIES);
    workspace.init();
    workspace.apply_and_settle();
    let all = content(&server);
    let of_old = |line: &&String| line.starts_with("sandbox.pr-1.") || line.starts_with("pr-1 ");
    assert_eq!((all.len(), all.iter().filter(of_old).count()), (10, 5), "{all:#?}");

    let said = "sandbox.pr-1, needed until 2020-01-31, would be deleted: flows 2, KV entries 1, files and directories 2\n";
    assert_eq!(prune(&server, &["--dry-run"]), (Some(0), said.to_owned()));
    assert_eq!(prune(&server, &["elsewhere"]), (Some(0), String::new()));
    assert_eq!(content(&server), all);

    let said = said.replace("would be deleted", "is deleted");
    assert_eq!(prune(&server, &[]), (Some(0), said));
    let left: Vec<String> = all.iter().filter(|line| !of_old(line)).cloned().collect();
    assert_eq!(content(&server), left);
    assert_eq!(prune(&server, &[]), (Some(0), String::new()));
    workspace.plan().plans_changes().says("5 to add, 0 to change, 0 to destroy");
}

#[test]
fn a_flow_with_odd_labels_keeps_its_copy_and_no_other() {
    let server = Server::start();
    for [namespace, copy, day] in [
        ["sandbox.pr-1.company", "sandbox.pr-1", "tomorrow"],
        ["sandbox.pr-1.company.sales", "sandbox.pr-1", "2020-01-31"],
        ["sandbox.pr-2.company", "sandbox.pr-3", "2020-01-31"],
        ["sandbox.pr-4.company", "company", "2020-01-31"],
        ["sandbox.pr-5.company", "sandbox.pr-5", "2020-01-31"],
    ] {
        let flow = labelled(namespace, copy, day);
        server.ask(async |kestra| kestra.flows().create(&flow).await);
    }
    let (code, said) = prune(&server, &[]);
    assert_eq!(code, Some(1), "{said}");
    for expected in [
        "sandbox.pr-5, needed until 2020-01-31, is deleted: flows 1, KV entries 0, files and directories 0\n",
        "the flow sandbox.pr-1.company/labelled has the label sandbox-expires=tomorrow, which is no day",
        "the flow sandbox.pr-2.company/labelled has the label sandbox-environment=sandbox.pr-3, and is not in that namespace",
        "the flow sandbox.pr-4.company/labelled has the label sandbox-environment=company, and is not in that namespace",
        "not everything could be pruned (problems: 3, see above)",
    ] {
        assert!(said.contains(expected), "{expected}\n{said}");
    }
    let left = content(&server);
    let expected = ["pr-1.company.sales", "pr-1.company", "pr-2.company", "pr-4.company"];
    assert_eq!(left, expected.map(|namespace| format!("sandbox.{namespace}/labelled")));
}
