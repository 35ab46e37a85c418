//! The reading rules as tables. Expected values are the answers of Kestra's own reader.

use proptest::prelude::*;
use serde_json::{Value as Json, json};

use super::*;

fn value(text: &str) -> Result<Json, SyntaxErrorKind> {
    let root = parse(&format!("a: {text}")).map_err(|error| error.kind)?;
    Ok(root.get("a").expect("the document has a value").to_json())
}

fn check_values(rows: &[(&str, Json)]) {
    for (text, expected) in rows {
        assert_eq!(value(text).as_ref(), Ok(expected), "a: {text}");
    }
}

#[test]
fn booleans_and_nulls_are_those_of_yaml_1_1() {
    for (word, truth) in
        [("yes", true), ("no", false), ("on", true), ("off", false), ("true", true), ("false", false)]
    {
        let capitalised = format!("{}{}", word[..1].to_uppercase(), &word[1..]);
        for spelling in [word.to_owned(), capitalised, word.to_uppercase()] {
            assert_eq!(value(&spelling), Ok(json!(truth)), "{spelling}");
            assert_eq!(value(&format!("'{spelling}'")), Ok(json!(spelling)), "quoted {spelling}");
        }
    }
    check_values(&[
        ("y", json!("y")),
        ("n", json!("n")),
        ("tRuE", json!("tRuE")),
        ("YeS", json!("YeS")),
        ("~", Json::Null),
        ("null", Json::Null),
        ("Null", Json::Null),
        ("NULL", Json::Null),
        ("nULL", json!("nULL")),
        ("", json!("")),
        ("''", json!("")),
        ("\"\"", json!("")),
        ("=", json!("=")),
        ("<<", json!("<<")),
    ]);
}

#[test]
fn integers_are_those_of_yaml_1_1() {
    check_values(&[
        ("1", json!(1)),
        ("-1", json!(-1)),
        ("+1", json!(1)),
        ("-0", json!(0)),
        ("007", json!(7)),
        ("010", json!(8)),
        ("-010", json!(-8)),
        ("0_7", json!(7)),
        ("000_1", json!(1)),
        ("0o10", json!("0o10")),
        ("09", json!("09")),
        ("08", json!("08")),
        ("0x1F", json!(31)),
        ("-0x1f", json!(-31)),
        ("0x1F_F", json!(511)),
        ("0X1F", json!("0X1F")),
        ("0b11", json!(3)),
        ("+0b1_0", json!(2)),
        ("0b2", json!("0b2")),
        ("0b_", json!("0b_")),
        ("0_", json!("0_")),
        ("1_000", json!(1000)),
        ("1__0", json!(10)),
        ("1_", json!(1)),
        ("_1", json!("_1")),
        ("1,000", json!("1,000")),
        ("1:30", json!("1:30")),
        ("10:00", json!("10:00")),
        ("1:30:00", json!("1:30:00")),
        ("2024-01-01", json!("2024-01-01")),
        ("9223372036854775807", json!(i64::MAX)),
        ("18446744073709551615", json!(u64::MAX)),
    ]);
    let huge = parse("123456789012345678901234567890").expect("a scalar is a document");
    assert_eq!(huge.as_int().map(ToString::to_string).as_deref(), Some("123456789012345678901234567890"));
}

#[test]
fn floats_are_those_of_yaml_1_1() {
    check_values(&[
        ("1.0", json!(1.0)),
        ("1.", json!(1.0)),
        (".5", json!(0.5)),
        ("-.5", json!(-0.5)),
        ("+1.5", json!(1.5)),
        ("1e3", json!(1000.0)),
        ("1E+3", json!(1000.0)),
        ("1.e5", json!(100_000.0)),
        ("1_0.5_0", json!(10.5)),
        ("5._", json!(5.0)),
        ("08.5", json!(8.5)),
        ("1e999", json!("Infinity")),
        ("-1e999", json!("-Infinity")),
        ("1e-400", json!(0.0)),
        ("1.5e+_3", json!("1.5e+_3")),
        ("1.2.3", json!("1.2.3")),
        ("1e3x", json!("1e3x")),
        ("0x1.8", json!("0x1.8")),
        ("inf", json!("inf")),
    ]);
    for text in [".inf", "-.INF", "+.Inf", ".nan", ".NaN", "190:20:30.15", "._"] {
        assert_eq!(value(text), Err(SyntaxErrorKind::MalformedNumber { text: text.to_owned() }), "{text}");
    }
}

#[test]
fn tags_decide_types() {
    check_values(&[
        ("!!str 1", json!("1")),
        ("!!str yes", json!("yes")),
        ("!!str", json!("")),
        ("!<tag:yaml.org,2002:str> 1", json!("1")),
        ("!!int '0x1F'", json!(31)),
        ("!!int 0X1F", json!(31)),
        ("!!int _1", json!(1)),
        ("!!int abc", json!("abc")),
        ("!!int 1.5", json!("1.5")),
        ("!!int ''", json!("")),
        ("!!float 1", json!(1.0)),
        ("!!bool yes", json!(true)),
        ("!!bool tRuE", json!(true)),
        ("!!bool n", json!(false)),
        ("!!bool abc", json!("abc")),
        ("!!null x", Json::Null),
        ("!!null ''", json!("")),
        ("!!timestamp 2024-01-01", json!("2024-01-01")),
        ("!custom x", json!("x")),
        ("! 1", json!(1)),
        ("! '1'", json!(1)),
        ("!!map {x: 1}", json!({"x": 1})),
        ("!!set {x}", json!({"x": ""})),
    ]);
    for (text, word) in
        [("!!int 08", "08"), ("!!int 0x", "0x"), ("!!float abc", "abc"), ("!!float inf", "inf")]
    {
        assert_eq!(value(text), Err(SyntaxErrorKind::MalformedNumber { text: word.to_owned() }), "{text}");
    }
}

#[test]
fn structure() {
    for (text, expected) in [
        (
            "on: 1\nyes: 2\n1: 3\n~: 4\n2.5: 5\n'': 6",
            json!({"on": 1, "yes": 2, "1": 3, "~": 4, "2.5": 5, "": 6}),
        ),
        ("a: &x 1\nb: *x\nc: *unknown", json!({"a": 1, "b": "x", "c": "unknown"})),
        ("base: &b {x: 1}\next:\n  <<: *b\n  y: 2", json!({"base": {"x": 1}, "ext": {"<<": "b", "y": 2}})),
        ("a: &x\nb: 1", json!({"a": "", "b": 1})),
        ("? a\n: 1\n? b", json!({"a": 1, "b": ""})),
        ("? \n: 1", json!({"": 1})),
        ("{a: 1, b}", json!({"a": 1, "b": ""})),
        ("[a: 1, 'b' : c]", json!([{"a": 1}, {"b": "c"}])),
        ("a:\n- 1\n- - 2", json!({"a": [1, [2]]})),
        ("a: 1\n---\n\tb", json!({"a": 1})),
        ("a: 1\n...\n{{", json!({"a": 1})),
        ("---\na: 1", json!({"a": 1})),
        ("--- \n...\n", json!("")),
        ("%YAML 1.2\n---\na: yes", json!({"a": true})),
        ("\u{feff}a: 1", json!({"a": 1})),
        ("a: 1\r\nb: 2\rc: 3", json!({"a": 1, "b": 2, "c": 3})),
        ("a: |\n  x\n  y\nb: >\n  x\n  y\n", json!({"a": "x\ny\n", "b": "x y\n"})),
        ("a: |-\n  x\nb: |+\n  x\n\nc: 1", json!({"a": "x", "b": "x\n\n", "c": 1})),
        ("a: |\n  x", json!({"a": "x"})),
        ("a: >\n  x\n  ", json!({"a": "x\n"})),
        ("a: x\n  y\n\n  z", json!({"a": "x y\nz"})),
        ("a: \"x\\\n  y\"", json!({"a": "xy"})),
        ("a: \"\\u00e9\\ud83d\\ude80\\x41\\N\"", json!({"a": "é🚀A\u{85}"})),
        ("a: 'x\\/'", json!({"a": "x\\/"})),
        ("a: 'b\u{85} c'", json!({"a": "b c"})),
        ("a: |\n  b\u{85}  c\n", json!({"a": "b\nc\n"})),
        ("a: \"b\u{2028}c\"", json!({"a": "b\u{2028}c"})),
        ("a: x\t\nb: 1\t# c", json!({"a": "x", "b": 1})),
        ("a: [1\t, x\t]", json!({"a": [1, "x"]})),
        ("a: 'b\t\n  c'", json!({"a": "b c"})),
        ("a: x#y", json!({"a": "x#y"})),
        ("a: {b:c}", json!({"a": {"b:c": ""}})),
    ] {
        assert_eq!(parse(text).map(|root| root.to_json()), Ok(expected), "{text:?}");
    }
}

#[test]
fn keys_keep_their_order() {
    let root = parse("z: 1\na: 2\nm: {y: 1, b: 2}").expect("this is YAML");
    assert_eq!(root.to_json().to_string(), r#"{"z":1,"a":2,"m":{"y":1,"b":2}}"#);
}

/// Bad documents: what is said, and where.
#[test]
fn errors_name_cause_and_place() {
    let said: String = [
        "",
        "# only a comment",
        "a: 1\nb: 2\na: 3",
        "x:\n  é: 1\n  é: 2",
        "a: {{ x }}",
        "{{ x }}",
        "? [a]\n: b",
        "a: {[b]: c}",
        "*x : 1",
        ": 1",
        "a: .inf",
        "a: !!int 0x",
        "a:\tb",
        "é:\n\tb: 1",
        "a: [1,\t2]",
        "a: 'x'\t# c",
        "a: x\n \ty",
        "- \ta",
        "a: \"x\\/\"",
        "a: \"x\n  \\\\\\/\"",
        "a: *.csv",
        "a: &b.c 1",
        "a: 1\0",
        "a: x\u{7f}",
        "a: b: c",
        "a: [1, 2",
        "a: 'x",
        "a: @x",
        "a: \"\\q\"",
        "a: 1\n b: 2",
    ]
    .iter()
    .map(|text| format!("{text:?}: {}\n", parse(text).expect_err("the document is bad")))
    .collect();
    insta::assert_snapshot!(said, @r##"
    "": the document is empty; write at least one `key: value` (line 1, column 1)
    "# only a comment": the document is empty; write at least one `key: value` (line 1, column 1)
    "a: 1\nb: 2\na: 3": the key `a` is already set at line 1, column 1; keep one of the two (line 3, column 1)
    "x:\n  é: 1\n  é: 2": the key `é` is already set at line 2, column 3; keep one of the two (line 3, column 3)
    "a: {{ x }}": a key must be a plain word or a quoted string; an expression such as {{ x }} needs quotes around it (line 1, column 5)
    "{{ x }}": a key must be a plain word or a quoted string; an expression such as {{ x }} needs quotes around it (line 1, column 2)
    "? [a]\n: b": a key must be a plain word or a quoted string; an expression such as {{ x }} needs quotes around it (line 1, column 3)
    "a: {[b]: c}": a key must be a plain word or a quoted string; an expression such as {{ x }} needs quotes around it (line 1, column 5)
    "*x : 1": a key must be a plain word or a quoted string; an expression such as {{ x }} needs quotes around it (line 1, column 1)
    ": 1": there is no key before the `:`; write one, or `""` for an empty key (line 1, column 1)
    "a: .inf": `.inf` is no number Kestra can read; quote it to make it a string (line 1, column 4)
    "a: !!int 0x": `0x` is no number Kestra can read; quote it to make it a string (line 1, column 10)
    "a:\tb": a tab may not separate or indent values; use spaces (line 1, column 3)
    "é:\n\tb: 1": a tab may not separate or indent values; use spaces (line 2, column 1)
    "a: [1,\t2]": a tab may not separate or indent values; use spaces (line 1, column 7)
    "a: 'x'\t# c": a tab may not separate or indent values; use spaces (line 1, column 7)
    "a: x\n \ty": a tab may not separate or indent values; use spaces (line 2, column 2)
    "- \ta": a tab may not separate or indent values; use spaces (line 1, column 3)
    "a: \"x\\/\"": Kestra does not know the escape `\/`; write a plain `/` (line 1, column 6)
    "a: \"x\n  \\\\\\/\"": Kestra does not know the escape `\/`; write a plain `/` (line 2, column 5)
    "a: *.csv": `*.csv` is read as a YAML alias; quote it to make it a string (line 1, column 4)
    "a: &b.c 1": `&b.c` is read as a YAML anchor; quote it to make it a string (line 1, column 4)
    "a: 1\0": the control character U+0000 is not allowed; remove it, or write it as an escape in double quotes (line 1, column 5)
    "a: x\u{7f}": the control character U+007F is not allowed; remove it, or write it as an escape in double quotes (line 1, column 5)
    "a: b: c": mapping values are not allowed in this context; quote a value that holds `: `, or indent this line like its neighbours (line 1, column 5)
    "a: [1, 2": unclosed bracket '['; close it (line 1, column 4)
    "a: 'x": unclosed quote; close it (line 1, column 4)
    "a: @x": unexpected character: `@'; quote a value that starts with it (line 1, column 4)
    "a: \"\\q\"": while parsing a quoted scalar, found unknown escape character; double the backslash, or use single quotes (line 1, column 4)
    "a: 1\n b: 2": mapping values are not allowed in this context; quote a value that holds `: `, or indent this line like its neighbours (line 2, column 3)
    "##);
}

#[test]
fn numbers_have_a_greatest_length() {
    assert!(parse(&format!("a: {}", "1".repeat(MAX_NUMBER_LENGTH))).is_ok());
    let too_long = SyntaxErrorKind::NumberTooLong { limit: MAX_NUMBER_LENGTH };
    assert_eq!(value(&"1".repeat(MAX_NUMBER_LENGTH + 1)), Err(too_long.clone()));
    assert_eq!(value(&format!("1.{}", "1".repeat(MAX_NUMBER_LENGTH))), Err(too_long));
}

#[test]
fn documents_have_a_greatest_length() {
    let fits = format!("a: {}", "é".repeat(MAX_CHARACTERS - 3));
    assert!(parse(&fits).is_ok());
    let error = parse(&format!("{fits}é")).expect_err("one character too many");
    assert_eq!(error.kind, SyntaxErrorKind::TooLong { limit: MAX_CHARACTERS });
    assert_eq!(error.position.column, MAX_CHARACTERS + 1);
}

/// A thread of the size tests get by default; reading, converting, cloning and dropping must fit into it.
#[test]
fn documents_have_a_greatest_depth() {
    let nested = |levels: usize| format!("{}{}", "[".repeat(levels), "]".repeat(levels));
    let root = parse(&nested(MAX_DEPTH)).expect("the greatest depth is allowed");
    assert_eq!(root.clone().to_json().to_string().len(), 2 * MAX_DEPTH);
    let block: String = (0..MAX_DEPTH).map(|level| format!("{}a:\n", " ".repeat(level))).collect();
    assert!(parse(&block).is_ok());
    let too_deep = [
        nested(MAX_DEPTH + 1),
        "[".repeat(10_000),
        "{a: ".repeat(10_000),
        "- ".repeat(10_000),
        (0..1500).map(|level| format!("{}a:\n", " ".repeat(level))).collect(),
    ];
    for text in too_deep {
        let kind = parse(&text).map_err(|error| error.kind).map(|_| ());
        assert_eq!(kind, Err(SyntaxErrorKind::TooDeep { limit: MAX_DEPTH }), "{}…", &text[..20]);
    }
}

#[test]
fn every_node_knows_its_place() {
    let text = "id: é\ntasks:\n  - id: 'a'\n    list: [1, {x: 2}]\n    text: |\n      b\n  - last\n";
    let root = parse(text).expect("this is YAML");
    for (pointer, slice, start) in [
        ("/id", "é", (1, 5)),
        ("/tasks/0/id", "'a'", (3, 9)),
        ("/tasks/0/list", "[1, {x: 2}]", (4, 11)),
        ("/tasks/0/list/1/x", "2", (4, 19)),
        ("/tasks/1", "last", (7, 5)),
    ] {
        let span = root.locate(pointer).unwrap_or_else(|| panic!("{pointer} is there"));
        assert_eq!(&text[span.range()], slice, "{pointer}");
        assert_eq!((span.start.line, span.start.column), start, "{pointer}");
    }
    let task = root.locate("/tasks/0").expect("the task is there");
    assert_eq!((task.start.line, task.start.column), (3, 5));
    let key = root.at("/tasks/0").and_then(|task| task.entry("list")).expect("the list is there").key_span;
    assert_eq!(&text[key.range()], "list");
    for absent in ["/x", "/tasks/9", "/tasks/x", "/id/x", "id"] {
        assert_eq!(root.locate(absent), None, "{absent}");
    }
    let escaped = parse("a/b: {c~d: 1}").expect("this is YAML");
    assert_eq!(escaped.at("/a~1b/c~0d").map(Node::to_json), Some(json!(1)));
}

#[test]
fn scalars_as_kestra_s_text() {
    for (text, expected) in [
        ("007", Some("7")),
        ("yes", Some("true")),
        ("1.50", Some("1.5")),
        ("1e3", Some("1000.0")),
        ("1e10", Some("1.0E10")),
        ("1.5e-7", Some("1.5E-7")),
        ("0.001", Some("0.001")),
        ("1e7", Some("1.0E7")),
        ("9999999.5", Some("9999999.5")),
        ("-0.0", Some("-0.0")),
        ("1e999", Some("Infinity")),
        ("abc", Some("abc")),
        ("~", None),
        ("[a]", None),
    ] {
        let root = parse(&format!("a: {text}")).expect("this is YAML");
        assert_eq!(root.get("a").and_then(Node::text).as_deref(), expected, "{text}");
    }
}

proptest! {
    #[test]
    fn arbitrary_text_never_panics(text in "\\PC{0,80}") {
        let _ = parse(&text);
    }

    #[test]
    fn yaml_like_text_never_panics_and_stays_in_its_text(
        text in r#"([a-c]|yes|0x1|1e3|: |- |\n|\n  |\t|"|'|[\[\]{},?*&!|>#%@\\~]|---|\u{85}|é| ){0,24}"#
    ) {
        match parse(&text) {
            Ok(root) => {
                prop_assert!(text.get(root.span.range()).is_some());
                root.to_json();
            }
            Err(error) => prop_assert!(error.position.offset <= text.len()),
        }
    }
}
