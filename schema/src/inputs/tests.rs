//! Texts beside the inputs that take them.

use super::*;
use crate::flow::Flow;

/// The values, or the errors, of one input that is given a text.
fn read_one(input: &str, given: Option<&str>) -> String {
    let source = format!("id: f\nnamespace: a.b\ninputs: [{{id: x, {input}}}]\ntasks: []\n");
    let flow = Flow::parse(&source).unwrap();
    let given = given.map(|text| ("x".to_owned(), text.to_owned())).into_iter().collect();
    match values(&read(&flow.inputs(), &given)) {
        Ok(values) => values.get("x").map_or("absent".to_owned(), Json::to_string),
        Err(errors) => errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"),
    }
}

#[test]
fn texts_are_read_by_type() {
    for (input, text, expected) in [
        ("type: STRING", "1", r#""1""#),
        ("type: STRING", "", r#""""#),
        ("type: INT", "-5", "-5"),
        ("type: FLOAT", "1.1", "1.1"),
        ("type: FLOAT", " 2 ", "2.0"),
        ("type: FLOAT", "NaN", r#""NaN""#),
        ("type: BOOL", "TRUE", "true"),
        ("type: BOOL", "perhaps", "false"),
        ("type: DATETIME", "2026-01-01T01:00:00+01:00", r#""2026-01-01T00:00:00Z""#),
        ("type: DATE", "2026-02-28", r#""2026-02-28""#),
        ("type: TIME", "10:30", r#""10:30""#),
        ("type: DURATION", "P1D", r#""PT24H""#),
        ("type: JSON", r#"{"a":[1,null]}"#, r#"{"a":[1,null]}"#),
        ("type: YAML", "a: [1]", r#"{"a":[1]}"#),
        ("type: URI", "https://a.example/x", r#""https://a.example/x""#),
        ("type: ARRAY, itemType: INT", r#"[1,"2"]"#, "[1,2]"),
        ("type: MULTISELECT, values: [a, b]", r#"["b"]"#, r#"["b"]"#),
        ("type: SELECT, values: [a, b]", "b", r#""b""#),
    ] {
        assert_eq!(read_one(input, Some(text)), expected, "{input} takes {text:?}");
    }
}

#[test]
fn texts_that_are_no_values() {
    let invalid = |cause: &str| format!("Invalid value for input `x`. Cause: {cause}");
    for (input, text, expected) in [
        ("type: INT", "abc", invalid("For input string: \"abc\"")),
        ("type: INT", "{{ 1 }}", invalid("For input string: \"{{ 1 }}\"")),
        ("type: INT, max: 10", "11", invalid("it must be less than `10`")),
        ("type: SELECT, values: [a, b]", "z", invalid("it must match the values `[a, b]`")),
        ("type: MULTISELECT, values: [a, b]", r#"["a","z"]"#, invalid("it must match the values `[a, b]`")),
        ("type: STRING, validator: '[a-z]+'", "1", invalid("it must match the pattern `[a-z]+`")),
        ("type: ARRAY, itemType: INT", r#"["a"]"#, invalid("Unable to parse array element as `INT` on `a`")),
        ("type: URI", "here", invalid("Expected `URI` but received `here`")),
        ("type: DATE", "soon", " errors:\n```\nText 'soon' could not be parsed\n```".to_owned()),
    ] {
        assert_eq!(read_one(input, Some(text)), expected, "{input} refuses {text:?}");
    }
    assert!(read_one("type: JSON", Some("{")).starts_with(" errors:\n```\nEOF"));
}

#[test]
fn inputs_that_nobody_gives() {
    for (input, expected) in [
        ("type: STRING", "Missing required input:x"),
        ("type: STRING, required: false", "null"),
        ("type: INT, defaults: 3", "3"),
        ("type: JSON, defaults: {a: 1}", r#"{"a":1}"#),
        ("type: INT, defaults: '{{ vars.n }}'", r#""{{ vars.n }}""#),
        ("type: SELECT, values: [a, b], autoSelectFirst: true", r#""a""#),
        ("type: STRING, dependsOn: {inputs: [y], condition: '{{ inputs.y }}'}", "absent"),
        (
            "type: FORM, inputs: [{id: b, type: INT, defaults: 1}, {id: a, type: INT, defaults: 2}]",
            r#"{"a":2,"b":1}"#,
        ),
    ] {
        assert_eq!(read_one(input, None), expected, "{input}");
    }
}

#[test]
fn every_mistake_is_told_and_no_secret() {
    let source = "inputs: [{id: a, type: INT}, {id: s, type: SECRET}, {id: m, type: STRING}]\n";
    let flow = Flow::parse(source).unwrap();
    let given = [("a", "x"), ("s", "hush"), ("unknown", "1")].map(|(name, text)| (name.into(), text.into()));
    let read = read(&flow.inputs(), &given.into());
    let errors = values(&read).unwrap_err();
    assert_eq!(errors.len(), 3);
    assert_eq!(errors[2], InputError::Missing("m".into()));
    assert_eq!((&read[0].value, &read[1].value), (&Some("x".into()), &None));
    assert!(!format!("{errors:?}{read:?}").contains("hush"));
}
