//! The canonical form as tables, and its promises on every YAML file of the repository and on generated documents.

use proptest::prelude::*;
use serde_json::{Value as Json, json};

use super::*;
use crate::meaning;

fn form(source: &str) -> String {
    reprint(source).unwrap_or_else(|error| panic!("{error}:\n{source}"))
}

/// Comments as the reader of YAML finds them, without their order.
fn comments(source: &str) -> Vec<String> {
    let spans = remarks(source).expect("the source is readable").comments;
    let texts = spans.iter().map(|span| source[span.range()].trim_end().to_owned());
    let mut texts: Vec<String> = texts.collect();
    texts.sort();
    texts
}

/// What holds for every document.
#[track_caller]
fn keeps_its_promises(source: &str) {
    let printed = form(source);
    assert!(meaning::same(source, &printed), "the meaning changed:\n{source}\n--- became ---\n{printed}");
    assert_eq!(form(&printed), printed, "not its own form:\n{source}");
    let flat = |source: &str| comments(source).join(" ").split(' ').map(str::to_owned).collect::<Vec<_>>();
    let (mut before, mut after) = (flat(source), flat(&printed));
    before.sort();
    after.sort();
    assert_eq!(after, before, "comments were lost:\n{source}\n--- became ---\n{printed}");
}

#[test]
fn every_yaml_file_of_the_repository_keeps_its_meaning() {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/..");
    let ours = |entry: &walkdir::DirEntry| {
        !["target", ".git", ".terraform"].iter().any(|name| entry.file_name() == *name)
    };
    let files = walkdir::WalkDir::new(root).into_iter().filter_entry(ours).filter_map(Result::ok);
    let yaml =
        files.filter(|file| file.path().extension().is_some_and(|name| name == "yaml" || name == "yml"));
    let sources: Vec<String> = yaml.filter_map(|file| std::fs::read_to_string(file.path()).ok()).collect();
    assert!(sources.len() > 4, "found {}", sources.len());
    sources.iter().for_each(|source| keeps_its_promises(source));
}

#[test]
fn the_flows_of_the_examples_are_canonical() {
    for source in [
        include_str!("../../../examples/quickstart/flows/daily-orders.yaml"),
        include_str!("../../../examples/getting-started/flows/product-ratings.yaml"),
        include_str!("../../../subflows/slack-notify.yaml"),
        include_str!("../../../subflows/postgres-query.yaml"),
    ] {
        assert_eq!(form(source), source);
    }
}

#[test]
fn words_are_quoted_only_where_they_must() {
    for (text, expected) in [
        ("hello", "hello"),
        ("hello world", "hello world"),
        ("", "\"\""),
        ("yes", "\"yes\""),
        ("No", "\"No\""),
        ("on", "\"on\""),
        ("OFF", "\"OFF\""),
        ("y", "\"y\""),
        ("N", "\"N\""),
        ("yEs", "yEs"),
        ("true", "\"true\""),
        ("null", "\"null\""),
        ("~", "\"~\""),
        ("~x", "~x"),
        ("1", "\"1\""),
        ("1.5", "\"1.5\""),
        ("1_000", "\"1_000\""),
        ("010", "\"010\""),
        ("09", "\"09\""),
        ("0o7", "\"0o7\""),
        ("0X1F", "\"0X1F\""),
        ("1e3", "\"1e3\""),
        ("1:30", "\"1:30\""),
        ("190:20:30.15", "\"190:20:30.15\""),
        ("12:61", "12:61"),
        ("2024-01-01", "\"2024-01-01\""),
        ("2024-01-01T10:00:00Z", "\"2024-01-01T10:00:00Z\""),
        (".inf", "\".inf\""),
        ("1.2.3", "1.2.3"),
        ("P1D", "P1D"),
        ("=", "\"=\""),
        ("{{ x }}", "\"{{ x }}\""),
        ("a {{ x }}", "a {{ x }}"),
        ("{{ \"x\" }}", "'{{ \"x\" }}'"),
        ("{{ 'x' }}", "\"{{ 'x' }}\""),
        ("a: b", "\"a: b\""),
        ("a:b", "a:b"),
        ("a:", "\"a:\""),
        ("a #b", "\"a #b\""),
        ("a#b", "a#b"),
        ("#b", "\"#b\""),
        ("- a", "\"- a\""),
        ("--full-refresh", "--full-refresh"),
        ("-a", "-a"),
        ("-", "\"-\""),
        ("---", "\"---\""),
        ("*.csv", "\"*.csv\""),
        ("&a", "\"&a\""),
        ("!a", "\"!a\""),
        ("@hourly", "\"@hourly\""),
        ("0 6 * * *", "\"0 6 * * *\""),
        ("1 2 3", "1 2 3"),
        ("* * * * *", "\"* * * * *\""),
        ("50%", "50%"),
        ("C:\\temp", "C:\\temp"),
        ("\\d \"x\": ", "'\\d \"x\": '"),
        (" a", "\" a\""),
        ("a\tb", "\"a\\tb\""),
        ("a\u{7}b", "\"a\\u0007b\""),
        ("a\u{2028}b", "\"a\\u2028b\""),
        ("é 日本", "é 日本"),
        ("\n", "\"\\n\""),
    ] {
        assert_eq!(print(&Node::from(&json!({ "a": text }))), format!("a: {expected}\n"), "{text:?}");
    }
}

#[test]
fn texts_of_several_lines_are_blocks() {
    for (text, expected) in [
        ("a\nb\n", "a: |\n  a\n  b\n"),
        ("a\nb", "a: |-\n  a\n  b\n"),
        ("a\n\n\n", "a: |+\n  a\n\n\n"),
        ("a\n\nb\n", "a: |\n  a\n\n  b\n"),
        ("  a\nb\n", "a: |2\n    a\n  b\n"),
        ("\na\n", "a: |2\n\n  a\n"),
        ("a: 'b' # c\n\td\n", "a: |\n  a: 'b' # c\n  \td\n"),
        ("a\r\nb", "a: \"a\\r\\nb\"\n"),
        ("a\n ", "a: \"a\\n \"\n"),
        ("a\n   \nb\n", "a: |\n  a\n     \n  b\n"),
    ] {
        let printed = print(&Node::from(&json!({ "a": text })));
        assert_eq!(printed, expected, "{text:?}");
        let read = yaml::parse(&printed).expect("the printed text is readable");
        assert_eq!(read.get("a").and_then(Node::as_str), Some(text), "{printed}");
    }
}

#[test]
fn values_have_one_spelling() {
    for (source, expected) in [
        ("a: yes\nb: ~\nc:\n", "a: true\nb: null\nc: \"\"\n"),
        ("a: 0x1F\nb: 010\nc: 1_000\nd: 1e3\n", "a: 0x1F\nb: 010\nc: 1_000\nd: 1e3\n"),
        ("a: !!int '3'\nb: !!float 1\nc: !!str 1\n", "a: 3\nb: 1.0\nc: \"1\"\n"),
        ("a: [x, 'y', 1, \"a,b\"]\n", "a: [x, \"y\", 1, \"a,b\"]\n"),
        ("a: [x,\n  y]\n", "a:\n  - x\n  - \"y\"\n"),
        ("a: [[x], {b: 1}]\n", "a:\n  - [x]\n  - b: 1\n"),
        ("a: {x: 1, y: []}\nb: {}\n", "a:\n  x: 1\n  y: []\n\nb: {}\n"),
        ("a:\n- - 1\n  - 2\n- 3\n", "a:\n  - - 1\n    - 2\n  - 3\n"),
        ("a: &x 1\nb: *x\n", "a: 1\nb: x\n"),
        ("'a b': 1\n'c: d': 2\n'': 3\n<<: 4\nyes: 5\n", "a b: 1\n\"c: d\": 2\n\"\": 3\n\"<<\": 4\nyes: 5\n"),
        ("a: >\n  one\n  two\n\n  three\nb: 1\n", "a: >\n  one\n  two\n\n  three\n\nb: 1\n"),
        ("a: >-\n      one\n      two\n", "a: >-\n  one\n  two\n"),
        ("a: >+\n  one\n  two\n\nb: 1\n", "a: |+\n  one two\n\nb: 1\n"),
        ("a: one\n  two\n", "a: one two\n"),
        ("hello", "hello\n"),
        ("- a\n- b: 1\n", "- a\n- b: 1\n"),
        ("a: 1\n---\nb:   2\n", "a: 1\n---\nb:   2\n"),
    ] {
        assert_eq!(form(source), expected, "{source}");
        keeps_its_promises(source);
    }
}

#[test]
fn keys_are_in_kestras_order_and_comments_move_with_them() {
    let source = "# Licensed to nobody.

# When it runs.
triggers: # two of them
  # Mornings.
  - type: io.kestra.plugin.core.trigger.Schedule # core
    # Six o'clock.
    cron: '0 6 * * *'
    id: daily


  - {type: t.Webhook, id: hook}
  # - id: old
tasks:
  - # The branch.
    then:
    - message: hi
      type: t.Log
      id: log
      # the end of log
    id: if
    type: io.kestra.plugin.core.flow.If
    cases:
      x: [{type: t, id: c}]
    condition: \"{{ x }}\"
labels: {team: a}
concurrency: {limit: 1}
namespace: n
id: i
# The end.
";
    insta::assert_snapshot!(form(source), @r#"
    # Licensed to nobody.

    id: i
    namespace: "n"

    labels:
      team: a

    tasks:
      # The branch.
      - id: if
        type: io.kestra.plugin.core.flow.If
        condition: "{{ x }}"
        then:
          - id: log
            type: t.Log
            message: hi
            # the end of log
        cases:
          x:
            - id: c
              type: t

    # When it runs.
    triggers: # two of them
      # Mornings.
      - id: daily
        type: io.kestra.plugin.core.trigger.Schedule # core
        # Six o'clock.
        cron: "0 6 * * *"

      - id: hook
        type: t.Webhook
      # - id: old

    concurrency:
      limit: 1
    # The end.
    "#);
    keeps_its_promises(source);
}

#[test]
fn comments_stay_where_they_stand() {
    for (source, expected) in [
        ("# a\na: 1\n", "# a\na: 1\n"),
        ("# head\n\n# a\na: 1\n", "# head\n\n# a\na: 1\n"),
        ("a: 1 # one\n", "a: 1 # one\n"),
        ("a: # one\n  b # two\n", "# one\na: b # two\n"),
        ("a: | # one\n  b\n# c\nc: 1\n", "a: | # one\n  b\n\n# c\nc: 1\n"),
        ("a:\n  - b\n  # foot\nc: 1\n", "a:\n  - b\n  # foot\n\nc: 1\n"),
        ("a:\n  - b\n# c\nc: 1\n", "a:\n  - b\n\n# c\nc: 1\n"),
        ("a:\n  - b: 1\n    # foot of b\n  - c\n", "a:\n  - b: 1\n    # foot of b\n  - c\n"),
        ("a: |\n  x\n # odd\nb: 1\n", "a: |\n  x\n\n# odd\nb: 1\n"),
        ("a: 1\n# end\n", "a: 1\n# end\n"),
        ("a: 1\n\n# end\n", "a: 1\n\n# end\n"),
        ("{a: 1, # one\n b: [1, 2]} # two\n", "a: 1 # one\nb: [1, 2] # two\n"),
        ("a:\n  - 1 # one\n  - # two\n    2\n", "a:\n  - 1 # one\n  # two\n  - 2\n"),
        ("# only a word\nword # end\n", "# only a word\n# end\n\nword\n"),
        ("a: 'x # no comment'\n", "a: \"x # no comment\"\n"),
        ("a:\n    # first\n  - b\n", "a:\n  # first\n  - b\n"),
        (
            "a:\n  - | # one\n    x\n  # two\n  - >- # three\n    y\n    z\n",
            "a:\n  - | # one\n    x\n  # two\n  - >- # three\n    y\n    z\n",
        ),
        ("a: |+\n  x\n\n\n# b\nb: 1\n", "a: |+\n  x\n\n\n# b\nb: 1\n"),
    ] {
        assert_eq!(form(source), expected, "{source}");
        keeps_its_promises(source);
    }
}

#[test]
fn line_breaks_and_marks_of_other_systems_are_read() {
    for (source, expected) in [
        ("a: 1\r\n\r\n# c\r\nb: |\r\n  x\r\n  y\r\n", "a: 1\n\n# c\nb: |\n  x\n  y\n"),
        ("\u{feff}a: 1", "a: 1\n"),
        ("%YAML 1.1\n---\n# c\na: 1\n...\n", "# c\na: 1\n"),
        ("a: x\u{85}b: y", "a: x\nb: \"y\"\n"),
    ] {
        assert_eq!(form(source), expected, "{source:?}");
        keeps_its_promises(source);
    }
}

#[test]
fn deep_documents_do_not_exhaust_the_stack() {
    for (open, close) in [("[", "]"), ("{a: ", "}")] {
        let source = format!("{}x{}", open.repeat(yaml::MAX_DEPTH), close.repeat(yaml::MAX_DEPTH));
        keeps_its_promises(&source);
    }
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-z]{1,6}",
        "[ -~]{0,12}",
        "[ \\n\\ta-c:#'\"|>-]{0,10}",
        "\\PC{0,6}",
        "(yes|no|1:30|0o7|~|2024-01-01|1e3|- x|\\{\\{ x \\}\\}|\r\n|\u{85}|\u{2028}|\u{0}){0,3}",
    ]
}

fn document() -> impl Strategy<Value = Json> {
    let leaf = prop_oneof![
        Just(Json::Null),
        any::<bool>().prop_map(Json::from),
        any::<i64>().prop_map(Json::from),
        (-1e12..1e12).prop_map(Json::from),
        text().prop_map(Json::from),
    ];
    let key = prop_oneof!["(id|type|tasks|then|cases|inputs|triggers|errors|labels)", text()];
    leaf.prop_recursive(5, 60, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Json::from),
            prop::collection::btree_map(key.clone(), inner, 0..5).prop_map(Json::from_iter),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn generated_documents_survive(json in document()) {
        let printed = print(&Node::from(&json));
        let read = yaml::parse(&printed).map_err(|error| TestCaseError::fail(format!("{error}:\n{printed}")))?;
        prop_assert!(meaning::same_node(&read, &Node::from(&json)), "{json}\n{printed}");
        prop_assert_eq!(form(&printed), printed);
    }

    #[test]
    fn generated_json_texts_survive(json in document()) {
        let source = serde_json::to_string_pretty(&json).expect("JSON is printable");
        if yaml::parse(&source).is_ok() {
            keeps_its_promises(&source);
        }
    }

    #[test]
    fn arbitrary_texts_keep_their_comments(
        lines in prop::collection::vec("( {0,6})(- ){0,2}((id|type|tasks|a|b|c):)?( (x|'y'|1|\\||>-|\\[1, 2\\]|\\{|\\}|\\]|[a-d]))?( ?# [a-z]{1,3})?", 1..12)
    ) {
        let source = lines.join("\n");
        if yaml::parse(&source).is_ok() {
            keeps_its_promises(&source);
        }
    }
}
