//! `flowsmith graph`, `diff` and `fmt` as people use them, and the picture in the README.

use std::{collections::BTreeMap, fs, path::Path};

use harness::{Server, flowsmith::said};

use crate::{golden, tidy::root};

const FLOW: &str = "\
namespace: company.team
# What it is called.
id: daily
triggers:
  - id: morning
    type: io.kestra.plugin.core.trigger.Schedule
    cron: '0 6 * * *'
tasks:
  - type: io.kestra.plugin.core.log.Log
    id: say # First.
    message: 'Hello'
";

fn flowsmith(folder: &Path, arguments: &[&str]) -> (Option<i32>, String) {
    said(&mut harness::flowsmith::flowsmith(folder, arguments))
}

#[test]
fn the_picture_in_the_readme_is_the_quick_start() {
    let flow = root().join("examples/quickstart/flows/daily-orders.yaml");
    let (code, svg) = flowsmith(&root(), &["graph", &flow.to_string_lossy()]);
    assert_eq!(code, Some(0), "{svg}");
    golden::compare(&BTreeMap::from([("docs/images/daily-orders.svg".to_owned(), Some(svg))]));
    let readme = fs::read_to_string(root().join("README.md")).expect("README.md");
    assert!(readme.contains("(docs/images/daily-orders.svg)"));
}

#[test]
fn a_flow_and_a_library_are_drawn_in_every_language() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    fs::write(folder.path().join("daily.yaml"), FLOW).expect("a file");
    for (format, start) in [("svg", "<svg"), ("mermaid", "flowchart"), ("dot", "digraph")] {
        for path in ["daily.yaml", "."] {
            let (code, drawing) = flowsmith(folder.path(), &["graph", "--format", format, path]);
            assert!(code == Some(0) && drawing.starts_with(start), "{format} of {path}: {drawing}");
            assert!(drawing.contains("daily"), "{format} of {path}: {drawing}");
        }
    }
    let (code, _) = flowsmith(folder.path(), &["graph", "daily.yaml", "--output", "daily.svg"]);
    assert_eq!(code, Some(0));
    assert!(fs::read_to_string(folder.path().join("daily.svg")).is_ok_and(|svg| svg.starts_with("<svg")));
    let (code, error) = flowsmith(folder.path(), &["graph", "missing.yaml"]);
    assert!(code == Some(1) && error.contains("can't read missing.yaml"), "{error}");
}

#[test]
fn what_a_server_has_is_drawn() {
    let server = Server::start();
    let called =
        FLOW.replace("daily", "called").replace("namespace: company.team", "namespace: company.team.deep");
    for source in [FLOW, &called, &FLOW.replace("company.team", "company.teams")] {
        server.ask(async |kestra| kestra.flows().create(source).await);
    }
    let draw = |name: &str| {
        let arguments = ["graph", "--format", "dot", "--server", name];
        said(harness::flowsmith::flowsmith(&root(), &arguments).env("KESTRA_URL", server.url()))
    };
    let (code, one) = draw("company.team/daily");
    assert!(code == Some(0) && one.contains("say") && one.contains("morning"), "{one}");
    let (code, all) = draw("company.team");
    assert!(code == Some(0) && all.contains("daily") && all.contains("called"), "{all}");
    assert!(!all.contains("company.teams"), "{all}");
    for (name, expected) in
        [("company.team/gone", "not found"), ("nobody", "the server has no flow in nobody")]
    {
        let (code, error) = draw(name);
        assert!(code == Some(1) && error.contains(expected), "{error}");
    }
    let (code, error) = flowsmith(&root(), &["graph", "--server", "company.team"]);
    assert!(code == Some(1) && error.contains("KESTRA_URL"), "{error}");
}

#[test]
fn a_difference_is_told_by_names() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).expect("a file");
    write("old.yaml", FLOW);
    write("same.yaml", &FLOW.replace("'Hello'", "Hello").replace(" # First.", ""));
    write("new.yaml", &FLOW.replace("0 6", "0 7"));
    write("none.yaml", "- a\n");
    let (code, said) = flowsmith(folder.path(), &["diff", "old.yaml", "same.yaml"]);
    assert_eq!((code, &*said), (Some(0), ""));
    let (code, said) = flowsmith(folder.path(), &["diff", "old.yaml", "new.yaml"]);
    assert_eq!((code, said.trim()), (Some(1), "trigger `morning`: cron `0 6 * * *` → `0 7 * * *`"));
    let (code, said) = flowsmith(folder.path(), &["diff", "old.yaml", "none.yaml"]);
    assert!(code == Some(2) && said.contains("none.yaml is no flow"), "{said}");
}

#[test]
fn flows_get_one_form_and_keep_their_comments() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("daily.yaml");
    fs::write(&path, FLOW).expect("a file");
    let (code, named) = flowsmith(folder.path(), &["fmt", "--check", "."]);
    assert!(code == Some(1) && named.contains("daily.yaml"), "{named}");
    assert_eq!(fs::read_to_string(&path).expect("the flow"), FLOW, "--check changes nothing");

    let (code, _) = flowsmith(folder.path(), &["fmt", "."]);
    let printed = fs::read_to_string(&path).expect("the flow");
    assert_eq!(code, Some(0));
    assert!(printed.starts_with("# What it is called.\nid: daily\nnamespace: company.team\n"), "{printed}");
    assert!(
        printed
            .contains("  - id: say # First.\n    type: io.kestra.plugin.core.log.Log\n    message: Hello\n"),
        "{printed}"
    );
    let (code, named) = flowsmith(folder.path(), &["fmt", "--check", "."]);
    assert_eq!((code, &*named), (Some(0), ""));
}
