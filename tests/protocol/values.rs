//! Every kind of attribute through a life: nested objects, blocks, sets, maps, and values whose type changes.

use harness::{Workspace, for_each_host};
use serde_json::{Value, json};

use super::{NOTE, actions, note, project, stored};

/// What is written of one attribute, one after the other, and what the state then holds.
#[track_caller]
fn live(workspace: &Workspace, attribute: &str, steps: &[(&str, Value)]) {
    for (i, (written, expected)) in steps.iter().enumerate() {
        workspace.file("main.tf", &note(written));
        let action = if i == 0 { "create" } else { "update" };
        assert_eq!(actions(workspace, NOTE), json!([action]), "{written}");
        workspace.apply_and_settle();
        assert_eq!(&workspace.attributes(NOTE)[attribute], expected, "{written}");
    }
    workspace.destroy();
    assert_eq!(stored(workspace, "den", "note"), json!(null), "{attribute}");
}

/// Proves: schema/attributes-of-every-type, values/null-and-empty
#[test]
fn text_may_be_empty_or_missing() {
    let steps = [("text = \"a\"", json!("a")), ("text = \"\"", json!("")), ("", json!(null))];
    for_each_host(|host| live(&project(host, ""), "text", &steps));
}

/// Proves: plan/defaults
#[test]
fn a_default_comes_back_when_nothing_is_written() {
    let steps = [("", json!("white")), ("colour = \"yellow\"", json!("yellow")), ("", json!("white"))];
    for_each_host(|host| live(&project(host, ""), "colour", &steps));
}

/// Proves: schema/attributes-of-every-type, values/null-and-empty
#[test]
fn an_empty_map_is_not_a_missing_one() {
    let steps = [
        ("labels = { a = \"1\" }", json!({"a": "1"})),
        ("labels = { a = \"2\", \"b c\" = \"3\" }", json!({"a": "2", "b c": "3"})),
        ("labels = {}", json!({})),
        ("", json!(null)),
    ];
    for_each_host(|host| live(&project(host, ""), "labels", &steps));
}

/// Proves: schema/sets
#[test]
fn sets_have_no_order() {
    let steps = [
        ("keywords = [\"b\", \"a\", \"b\"]", json!(["a", "b"])),
        ("keywords = [\"c\", \"a\"]", json!(["a", "c"])),
        ("keywords = []", json!([])),
        ("", json!(null)),
    ];
    for_each_host(|host| live(&project(host, ""), "keywords", &steps));
}

/// Proves: values/dynamic-types, values/numbers-of-any-size-and-precision
#[test]
fn a_value_of_any_type_may_change_its_type() {
    let number = serde_json::from_str("12345678901234567890").expect("a number beyond 64 bits with a sign");
    let steps = [
        ("extra = \"text\"", json!("text")),
        ("extra = 12345678901234567890", number),
        (
            "extra = { a = [1, \"x\", null], b = { c = true } }",
            json!({"a": [1, "x", null], "b": {"c": true}}),
        ),
        ("extra = [true]", json!([true])),
        ("", json!(null)),
    ];
    for_each_host(|host| live(&project(host, ""), "extra", &steps));
}

/// Proves: schema/nested-attributes, schema/computed-attributes-in-nested-attributes
#[test]
fn nested_objects_have_computed_attributes_of_their_own() {
    let line = |text: &str, length: u8| json!({"text": text, "length": length, "with": null});
    let steps = [
        ("lines = [{ text = \"one\" }]", json!([line("one", 3)])),
        ("lines = [{ text = \"two!\" }, { text = \"é\" }]", json!([line("two!", 4), line("é", 1)])),
        ("lines = []", json!([])),
        ("", json!(null)),
    ];
    for_each_host(|host| live(&project(host, ""), "lines", &steps));
}

/// Proves: schema/blocks
#[test]
fn blocks_come_and_go() {
    let steps = [
        ("stamp {\n motif = \"owl\"\n}", json!([{"motif": "owl"}])),
        (
            "stamp {\n motif = \"cat\"\n}\nstamp {\n motif = \"owl\"\n}",
            json!([{"motif": "cat"}, {"motif": "owl"}]),
        ),
        ("", json!([])),
    ];
    for_each_host(|host| live(&project(host, ""), "stamp", &steps));
}

const MOTIFS: &str = r#"
resource "everything_note" "this" {
  shelf = "den"
  name  = "note"
  lines = [for motif in terraform_data.motifs.output : { text = motif }]

  dynamic "stamp" {
    for_each = terraform_data.motifs.output
    content {
      motif = stamp.value
    }
  }
}

resource "terraform_data" "motifs" {
  input = ["owl", "cat"]
}
"#;

/// Proves: schema/blocks-known-only-after-apply, values/unknown-values
#[test]
fn nested_objects_and_blocks_may_not_be_known_yet() {
    for_each_host(|host| {
        let workspace = project(host, MOTIFS);
        workspace.apply_and_settle();
        let state = workspace.attributes(NOTE);
        assert_eq!(state["stamp"], json!([{"motif": "owl"}, {"motif": "cat"}]));
        assert_eq!(state["lines"][1], json!({"text": "cat", "length": 3, "with": null}));
        workspace.file("main.tf", &MOTIFS.replace("\"cat\"]", "\"hare\", \"cat\"]"));
        workspace.apply_and_settle().says("0 added, 2 changed, 0 destroyed");
        assert_eq!(workspace.attributes(NOTE)["lines"][1]["length"], json!(4));
    });
}
