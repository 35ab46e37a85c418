//! `flowsmith validate` as people and pipelines use it: what it says, in which form, and with which exit code.

use std::{path::Path, process::Output};

use harness::flowsmith::flowsmith;
use serde_json::{Value, json};
use tempfile::TempDir;

const GOOD: &str = "\
id: good
namespace: company.team
tasks:
  - id: say
    type: io.kestra.plugin.core.log.Log
    message: \"{{ inputs.day ?? now() }}\"
";

/// An error, and a warning.
const BAD: &str = "\
id: bad
namespace: company.team
inputs:
  - id: country
    type: STRING
tasks:
  - id: say
    type: io.kestra.plugin.core.log.Log
    message: \"{{ inputs.contry }}\"
  - id: say
    type: io.kestra.plugin.core.log.Log
    message: Again
";

fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (path, text) in files {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().expect("a file lies in a folder")).expect("a folder");
        std::fs::write(path, text).expect("a file");
    }
    folder
}

fn validate(folder: &Path, arguments: &[&str]) -> Output {
    flowsmith(folder, &["validate"]).args(arguments).output().expect("flowsmith starts")
}

fn stdout(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[test]
fn people_see_the_lines_of_the_source() {
    let folder = folder(&[("flows/bad.yaml", BAD), ("flows/deep/good.yml", GOOD)]);
    let output = validate(folder.path(), &["flows"]);
    assert_eq!(output.status.code(), Some(1));
    let text = stdout(&output);
    let place = Path::new("flows").join("bad.yaml");
    for expected in [
        "error[duplicate-task]",
        &format!("{}:10:9", place.display()),
        "10 |   - id: say",
        "warning[unknown-input]: this flow has no input `contry`; did you mean `country`?",
        "2 flows: 1 error, 1 warning",
    ] {
        assert!(text.contains(expected), "{expected:?} is missing in:\n{text}");
    }
}

#[test]
fn what_a_server_may_know_is_told_to_be_learned() {
    let files = [("com.example.Log", true), ("io.kestra.plugin.core.log.Logg", false)];
    for (name, expected) in files {
        let folder = folder(&[("flow.yaml", &GOOD.replace("io.kestra.plugin.core.log.Log", name))]);
        let text = stdout(&validate(folder.path(), &["flow.yaml"]));
        assert!(text.contains("[unknown-type]"), "{text}");
        assert_eq!(text.contains("flowsmith schema add"), expected, "{text}");
    }
}

#[test]
fn the_exit_code_says_what_was_found() {
    let warning = BAD.replacen("id: say", "id: first", 1);
    let folder = folder(&[
        ("good.yaml", GOOD),
        ("bad.yaml", BAD),
        ("warning.yaml", &warning),
        ("other/compose.yaml", "services: {}\n"),
        ("other/binary.yaml", "\u{0}"),
        ("unknown.yaml", &GOOD.replace("io.kestra.plugin.core.log.Log", "com.example.Log")),
        ("empty/readme.md", ""),
    ]);
    for (arguments, expected) in [
        (&["good.yaml"][..], 0),
        (&["good.yaml", "bad.yaml"], 1),
        (&["warning.yaml"], 0),
        (&["--strict", "warning.yaml"], 1),
        (&["--deny", "unknown-input", "warning.yaml"], 1),
        (&["--deny", "unknown-output,subflow-cycle", "warning.yaml"], 0),
        (&["unknown.yaml"], 0),
        (&["--deny", "unknown-output,unknown-type", "unknown.yaml"], 1),
        (&["--deny", "unknown-tpye", "unknown.yaml"], 2),
        (&["empty"], 2),
        (&["other/compose.yaml"], 1),
        (&["other"], 1),
        (&["missing.yaml"], 2),
        (&["--kestra", "9.9", "good.yaml"], 2),
        (&[], 2),
    ] {
        let output = validate(folder.path(), arguments);
        assert_eq!(output.status.code(), Some(expected), "{arguments:?}: {}", stdout(&output));
    }
}

#[test]
fn programs_get_every_place() {
    let folder = folder(&[("bad.yaml", BAD)]);
    let list: Value =
        serde_json::from_slice(&validate(folder.path(), &["--format", "json", "bad.yaml"]).stdout)
            .expect("JSON and nothing else");
    let codes: Vec<&Value> = list.as_array().into_iter().flatten().map(|problem| &problem["code"]).collect();
    assert_eq!(codes, ["unknown-input", "duplicate-task"]);
    assert_eq!((&list[1]["file"], &list[1]["severity"]), (&json!("bad.yaml"), &json!("error")));
    assert_eq!(list[1]["start"], json!({"line": 10, "column": 9}));

    let sarif: Value =
        serde_json::from_slice(&validate(folder.path(), &["--format", "sarif", "bad.yaml"]).stdout)
            .expect("JSON and nothing else");
    let result = &sarif["runs"][0]["results"][1];
    assert_eq!((&result["ruleId"], &result["level"]), (&json!("duplicate-task"), &json!("error")));
    let place = &result["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "bad.yaml");
    assert_eq!(place["region"], json!({"startLine": 10, "startColumn": 9, "endLine": 10, "endColumn": 12}));
    assert_eq!(
        sarif["runs"][0]["tool"]["driver"]["rules"],
        json!([{"id": "duplicate-task"}, {"id": "unknown-input"}])
    );
}

#[test]
fn a_line_may_accept_what_another_refuses() {
    let templated = GOOD
        .replace("io.kestra.plugin.core.log.Log", "io.kestra.plugin.core.log.Log\n    timeout: PT1H")
        + "pluginDefaults:\n  - type: io.kestra.plugin.core.log.Log\n    values: {level: DEBUG}\n";
    let folder = folder(&[("flow.yaml", &templated)]);
    for (line, expected) in [("1.3", 0), ("2.0", 1)] {
        let output = validate(folder.path(), &["--kestra", line, "flow.yaml"]);
        assert_eq!(output.status.code(), Some(expected), "{line}: {}", stdout(&output));
    }
}

#[test]
fn calls_between_the_flows_are_checked() {
    let library = "\
id: load
namespace: company.library
inputs:
  - id: table
    type: STRING
tasks:
  - id: say
    type: io.kestra.plugin.core.log.Log
    message: \"{{ inputs.table }}\"
";
    let caller = "\
id: daily
namespace: company.team
tasks:
  - id: load
    type: io.kestra.plugin.core.flow.Subflow
    namespace: company.library
    flowId: load
    inputs:
      tabel: orders
";
    let folder = folder(&[("library/load.yaml", library), ("team/daily.yaml", caller)]);
    assert_eq!(
        validate(folder.path(), &["team"]).status.code(),
        Some(0),
        "nobody knows the flow that is called"
    );
    let output = validate(folder.path(), &[".", "--format", "json"]);
    assert_eq!(output.status.code(), Some(1));
    let problems: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let told = |index: usize| {
        let problem = &problems[index];
        (problem["message"].as_str(), problem["start"]["line"].as_u64(), problem["start"]["column"].as_u64())
    };
    assert_eq!(told(0), (Some("company.library.load needs the input `table` (STRING)"), Some(9), Some(7)));
    let unknown = "company.library.load has no input `tabel`; did you mean `table`?";
    assert_eq!(told(1), (Some(unknown), Some(9), Some(14)));
}
