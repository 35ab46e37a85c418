//! One value has many spellings, and Kestra writes them its own way: none of that is a difference.

use harness::{Server, for_each_host};
use serde_json::{Value, json};

use super::{ENTRIES, entries, in_state, project, put, stored};

/// Key, declared type, value, and what the server makes of it.
fn spellings() -> Vec<(&'static str, Option<&'static str>, &'static str, &'static str, Value)> {
    let json = "{ \"b\" : [1, 2.50],\n  \"a\": \"<b>&amp;</b>\", \"c\": 12345678901234567 }";
    let string = |key, value: &'static str| (key, None, value, "STRING", json!(value));
    vec![
        string("words", "hello world"),
        string("version", "1.2.3"),
        string("null", "null"),
        string("offset", "+02:00"),
        string("empty", ""),
        string("quotes", r#"say "hi" and 'bye'"#),
        string("backslashes", r#"C:\temp\new \" \u0041"#),
        string("lines", "first\n  second\r\n\tthird\n"),
        string("emoji", "🚀 d'été \u{2028}"),
        string("yaml", "a: b # c"),
        string("expression", "{{ secret('PASSWORD') }}"),
        string("address", "https://example.com/?a=1&b=2"),
        ("text-number", Some("STRING"), "42", "STRING", json!("42")),
        ("text-json", Some("STRING"), r#"{"a": 1}"#, "STRING", json!(r#"{"a": 1}"#)),
        ("day", None, "P1D", "DURATION", json!("PT24H")),
        ("hours", Some("DURATION"), "PT72H", "DURATION", json!("PT72H")),
        ("days", Some("DURATION"), "P3D", "DURATION", json!("PT72H")),
        ("million", Some("NUMBER"), "1000000", "NUMBER", json!(1_000_000)),
        ("exponent", None, "1e6", "NUMBER", json!(1_000_000.0)),
        ("decimal", None, "1.0", "NUMBER", json!(1)),
        ("long", None, "12345678901234567890123", "NUMBER", json!(1.234_567_890_123_456_8e22)),
        ("moment", None, "2021-09-01T01:02:03+02:00", "JSON", json!("2021-09-01T01:02:03+02:00")),
        ("utc", Some("DATETIME"), "2021-09-01T01:02:03.000Z", "DATETIME", json!("2021-09-01T01:02:03Z")),
        (
            "json",
            Some("JSON"),
            json,
            "JSON",
            json!({"a": "<b>&amp;</b>", "b": [1, 2.5], "c": 12_345_678_901_234_567_u64}),
        ),
    ]
}

#[test]
fn every_spelling_settles_and_is_stored_whole() {
    for_each_host(|host| {
        let server = Server::start();
        let workspace = project(host, &server, ENTRIES);
        let spellings = spellings();
        let given = spellings.iter().map(|(key, kind, value, ..)| (*key, *kind, *value));
        workspace.file("entries.json", &entries(given));
        workspace.apply_and_settle().says(&format!("{} added", spellings.len()));
        let in_state = in_state(&workspace);
        for (key, _, value, kind, expected) in spellings {
            assert_eq!(stored(&server, key), (kind.to_owned(), expected), "{key}");
            assert_eq!(in_state[key], (kind.to_owned(), value.to_owned()), "{key}");
        }
    });
}

/// Key, type and the same value in two spellings.
const RESPELLED: [(&str, Option<&str>, [&str; 2]); 5] = [
    ("number", None, ["1000000", "1e6"]),
    ("decimal", Some("NUMBER"), ["1.0", "1"]),
    ("duration", None, ["P3D", "PT72H"]),
    ("datetime", None, ["2021-09-01T01:02:03Z", "2021-09-01T01:02:03.000Z"]),
    ("json", Some("JSON"), [r#"{"a": 1, "b": [2]}"#, r#"{"b":[2.0],"a":1}"#]),
];

#[test]
fn another_spelling_is_no_difference_on_either_side() {
    for_each_host(|host| {
        let server = Server::start();
        let workspace = project(host, &server, ENTRIES);
        workspace.file("entries.json", &entries(RESPELLED.map(|(key, kind, [value, _])| (key, kind, value))));
        workspace.apply_and_settle();

        for (key, _, [_, value]) in RESPELLED {
            put(&server, key, value);
        }
        workspace.plan().is_empty_plan();
        workspace.file("entries.json", &entries(RESPELLED.map(|(key, kind, [_, value])| (key, kind, value))));
        workspace.plan().is_empty_plan();

        put(&server, "json", r#"{"a": 1, "b": [3]}"#);
        workspace.apply_and_settle().says("0 added, 1 changed, 0 destroyed");
        assert_eq!(stored(&server, "json").1, json!({"a": 1, "b": [2]}));
    });
}
