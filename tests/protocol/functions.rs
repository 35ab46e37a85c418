//! Provider functions: on a process that is never configured, with every kind of argument.

use harness::{for_each_host, is_tofu};
use serde_json::json;

use super::{empty, project};

/// No provider block, although the provider cannot be configured without one.
const UNCONFIGURED: &str = r#"
terraform {
  required_providers {
    everything = {
      source = "example/everything"
    }
  }
}
"#;

const CALLS: &str = r#"
output "plain" {
  value = provider::everything::repeat("ab", 2)
}

output "variadic" {
  value = provider::everything::join("-", "a", "", "b")
}

output "none" {
  value = provider::everything::join("-")
}

output "expanded" {
  value = provider::everything::join("+", ["x", "y"]...)
}

output "null" {
  value = provider::everything::join(null, "a", "b")
}

output "dynamic" {
  value = [
    provider::everything::describe(1),
    provider::everything::describe("one"),
    provider::everything::describe({ a = true, b = ["x"] }),
  ]
}
"#;

/// Proves: functions/positional-parameters, functions/variadic-parameters, functions/null-arguments
/// Proves: functions/dynamic-parameters, functions/unconfigured-provider
#[test]
fn functions_need_no_configured_provider() {
    for_each_host(|host| {
        let workspace = empty(host);
        workspace.file("main.tf", &format!("{UNCONFIGURED}{CALLS}"));
        workspace.init();
        workspace.validate().succeeds();
        workspace.apply_and_settle();
        for (name, expected) in [
            ("plain", json!("abab")),
            ("variadic", json!("a-b")),
            ("none", json!("")),
            ("expanded", json!("x+y")),
            ("null", json!("a,b")),
            (
                "dynamic",
                json!([
                    "\"number\"",
                    "\"string\"",
                    "[\"object\",{\"a\":\"bool\",\"b\":[\"tuple\",[\"string\"]]}]"
                ]),
            ),
        ] {
            assert_eq!(workspace.output(name), expected, "{name}");
        }
    });
}

/// Proves: functions/unknown-arguments, plan/planned-values-hold-in-the-apply
#[test]
fn an_argument_may_be_known_only_after_apply() {
    for_each_host(|host| {
        let workspace = project(
            host,
            r#"
resource "terraform_data" "this" {
  input = "x"
}

resource "everything_note" "this" {
  shelf = "den"
  name  = "note"
  text  = provider::everything::join("-", "a", terraform_data.this.id)
  extra = provider::everything::describe([terraform_data.this.id])
}
"#,
        );
        let plan = workspace.plan_json();
        let changes = plan["resource_changes"].as_array().expect("changes");
        let note = changes.iter().find(|change| change["type"] == "everything_note").expect("the note");
        assert_eq!(note["change"]["after_unknown"]["text"], json!(true), "{note}");
        assert_eq!(note["change"]["after"]["extra"], json!("[\"tuple\",[\"string\"]]"), "{note}");
        workspace.apply_and_settle();
        let text = workspace.attributes("everything_note.this")["text"].clone();
        assert!(text.as_str().is_some_and(|text| text.starts_with("a-") && text.len() > 10), "{text}");
    });
}

/// What is written, and what the user is told: at which line, and why.
const MISTAKES: [(&str, &str, &str); 5] = [
    (
        "provider::everything::repeat(\n\"a\",\n-1)",
        "on main.tf line 4",
        "Invalid value for \"times\" parameter: -1 is below zero; give 0 or more.",
    ),
    (
        "provider::everything::repeat(\n\"\",\n2)",
        "on main.tf line 3",
        "Invalid value for \"text\" parameter: text must be of a length of at least 1.",
    ),
    (
        "provider::everything::join(\"-\",\n\"a\",\nnull)",
        "on main.tf line 4",
        "Invalid value for \"texts\" parameter: argument must not be null.",
    ),
    (
        "provider::everything::repeat(\"a\")",
        "on main.tf line 2",
        "Function \"provider::everything::repeat\" expects 2 argument(s). Missing value for \"times\".",
    ),
    ("provider::everything::shuffle(\"a\")", "on main.tf line 2", "shuffle"),
];

/// Proves: functions/error-on-an-argument, provider/functions-types-and-names-that-it-does-not-have
#[test]
fn a_mistake_is_shown_at_its_argument() {
    for_each_host(|host| {
        let workspace = project(host, "");
        for (call, place, words) in MISTAKES {
            workspace.file("main.tf", &format!("output \"x\" {{\n  value = {call}\n}}\n"));
            workspace.plan().fails_with(place).says(words);
        }
    });
}

/// Proves on Terraform: functions/deprecation-message
#[test]
fn a_deprecated_function_still_works() {
    for_each_host(|host| {
        let workspace =
            project(host, "output \"x\" {\n  value = provider::everything::repeat(\"a\", 2)\n}\n");
        let schema = workspace.run(&["providers", "schema", "-json"]).succeeds().json();
        let provider = schema["provider_schemas"].as_object().expect("schemas").values().next().expect("one");
        let functions = &provider["functions"];
        // OpenTofu does not tell what is deprecated.
        let told = json!("Use `join` with the same text several times.");
        let told = if is_tofu(host) { json!(null) } else { told };
        assert_eq!(functions["repeat"]["deprecation_message"], told);
        assert_eq!(functions["join"]["variadic_parameter"]["name"], "texts");
        assert_eq!(functions["join"]["parameters"][0]["is_nullable"], true);
        workspace.apply_and_settle();
        assert_eq!(workspace.output("x"), json!("aa"));
    });
}
