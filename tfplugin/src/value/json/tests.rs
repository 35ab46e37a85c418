//! The JSON form as hosts write it, and what is refused.

use super::{decode, decode_stored, encode};
use crate::value::fixture::{map, ty};
use crate::value::{Type, Value};

fn number(text: &str) -> Value {
    Value::Number(text.parse().unwrap())
}

fn dynamic(ty: Type, value: Value) -> Value {
    Value::Dynamic(ty, Box::new(value))
}

/// Proves: values/msgpack-and-json
#[test]
fn values_read_as_they_are_written() {
    let list = |elements: &[Value]| Value::List(elements.to_vec());
    let cases = [
        (r#""string""#, Value::from("a\n\u{e9}"), "\"a\\n\u{e9}\""),
        (r#""number""#, number("0.1"), "0.1"),
        (r#""number""#, number("18446744073709551617.5"), "18446744073709551617.5"),
        (r#""bool""#, Value::from(true), "true"),
        (r#"["list","bool"]"#, Value::Null, "null"),
        (r#"["list","bool"]"#, list(&[Value::from(false), Value::Null]), "[false,null]"),
        (r#"["tuple",["bool","string"]]"#, list(&[Value::from(false), Value::from("")]), r#"[false,""]"#),
        (r#"["set","string"]"#, Value::Set(vec![Value::from("b"), Value::from("a")]), r#"["a","b"]"#),
        (
            r#"["map","number"]"#,
            map([("b", number("2")), ("a \"q\"", number("1"))]),
            r#"{"a \"q\"":1,"b":2}"#,
        ),
        (
            r#"["object",{"b":"bool","a":"string"}]"#,
            map([("a", Value::from("x")), ("b", Value::Null)]),
            r#"{"a":"x","b":null}"#,
        ),
        (r#"["object",{}]"#, map([]), "{}"),
        (r#""dynamic""#, dynamic(Type::Number, number("1")), r#"{"value":1,"type":"number"}"#),
        (r#""dynamic""#, dynamic(Type::Dynamic, Value::Null), r#"{"value":null,"type":"dynamic"}"#),
    ];
    for (type_json, value, json) in cases {
        let ty = ty(type_json);
        assert_eq!(String::from_utf8(encode(&value, &ty).unwrap()).unwrap(), json);
        assert_eq!(decode(json.as_bytes(), &ty).unwrap(), value, "{json}");
    }
}

#[test]
fn stored_text_may_differ_from_what_is_written_here() {
    let cases = [
        (r#""number""#, "1e400", number("1e400")),
        (r#""number""#, r#""12.50""#, number("12.5")),
        (r#""string""#, "1.0", Value::from("1.0")),
        (r#""string""#, "1e999999999", Value::from("1e999999999")),
        (r#""string""#, "true", Value::from("true")),
        (r#""bool""#, r#""true""#, Value::from(true)),
        (r#""bool""#, r#""0""#, Value::from(false)),
        (r#""string""#, "\"e\u{301}\"", Value::from("\u{e9}")),
        (r#"["object",{"a":"bool"}]"#, "{ }", map([("a", Value::Null)])),
        (r#"["map","bool"]"#, r#"{"a":true,"a":false}"#, map([("a", Value::from(false))])),
        (r#""dynamic""#, r#" {"type": "string", "value": "a"} "#, dynamic(Type::String, Value::from("a"))),
    ];
    for (type_json, json, expected) in cases {
        let value = decode(json.as_bytes(), &ty(type_json)).unwrap();
        assert_eq!(value, expected, "{json}");
    }
    let Value::String(text) = decode("\"e\u{301}\"".as_bytes(), &Type::String).unwrap() else { panic!() };
    assert_eq!(text, "\u{e9}");
}

#[test]
fn attributes_the_type_does_not_have_are_dropped_from_stored_states_only() {
    let ty = ty(r#"["object",{"a":"bool","n":["list",["object",{"x":"bool"}]]}]"#);
    let json = br#"{"a":true,"gone":{"deep":[1]},"n":[{"x":true,"y":1}]}"#;
    let kept = map([("a", Value::from(true)), ("n", Value::List(vec![map([("x", Value::from(true))])]))]);
    assert_eq!(decode_stored(json, &ty).unwrap(), kept);
    let error = decode(json, &ty).unwrap_err();
    assert_eq!(error.to_string(), r#"found an attribute "gone", which the type does not have"#);
    let error = decode(br#"{"n":[{"y":"secret"}]}"#, &ty).unwrap_err();
    assert_eq!(error.to_string(), r#"n[0]: found an attribute "y", which the type does not have"#);
}

#[test]
fn what_does_not_fit_is_refused_with_its_place() {
    let object = r#"["object",{"a":["map",["list","number"]],"s":["set","bool"]}]"#;
    let cases = [
        (r#""bool""#, "1", "expected bool, found number"),
        (r#""bool""#, r#""yes""#, "expected bool, found string"),
        (r#""number""#, "true", "expected number, found bool"),
        (r#""number""#, r#""x""#, "a number is written in decimal digits, such as 10, -0.5 or 1.5e3"),
        (
            r#""number""#,
            "1e999999999",
            "a number may have at most 4096 digits on either side of the decimal point",
        ),
        (r#""string""#, "[]", "expected string, found array"),
        (object, r#"{"a":{"k":[1,false]}}"#, r#"a["k"][1]: expected number, found bool"#),
        (object, r#"{"s":[true,{}]}"#, "s: expected bool, found object"),
        (r#"["tuple",["bool"]]"#, "[]", "expected a tuple of length 1, found length 0"),
        (r#""dynamic""#, r#"{"value":1}"#, r#"expected an attribute "type", found none"#),
        (r#""dynamic""#, r#"{"type":"bool"}"#, r#"expected an attribute "value", found none"#),
        (r#""dynamic""#, "1", "expected dynamic, found number"),
        (r#""bool""#, "true false", "the text is not valid JSON at line 1, column 6"),
        (r#""bool""#, "", "the text is not valid JSON at line 1, column 0"),
    ];
    for (type_json, json, expected) in cases {
        assert_eq!(decode(json.as_bytes(), &ty(type_json)).unwrap_err().to_string(), expected, "{json}");
    }
}

#[test]
fn what_json_cannot_express_is_refused() {
    let infinite = Value::Number(f64::INFINITY.try_into().unwrap());
    let list = ty(r#"["object",{"a":["list","number"]}]"#);
    let error = |value| encode(&map([("a", Value::List(vec![value]))]), &list).unwrap_err().to_string();
    assert_eq!(
        error(Value::unknown()),
        "a[0]: expected a known value, found an unknown one, which JSON can't express"
    );
    assert_eq!(
        error(infinite),
        "a[0]: the number is infinite or too large to be written as a JSON number without loss"
    );
    assert_eq!(error(Value::from("a")), "a[0]: expected number, found string");
}

#[test]
fn nesting_has_a_limit() {
    let deep = format!("{}{}", "[".repeat(10_000), "]".repeat(10_000));
    assert_eq!(
        decode(deep.as_bytes(), &Type::String).unwrap_err().to_string(),
        "expected string, found array"
    );
    let dynamic = format!("{}null{}", r#"{"type":"dynamic","value":"#.repeat(10_000), "}".repeat(10_000));
    let error = decode(dynamic.as_bytes(), &Type::Dynamic).unwrap_err();
    assert_eq!(error.to_string(), "the value is nested deeper than 128 levels");
}
