//! Data that lies about its length or nests without end.

use super::{bytes, dynamic, list, number};
use crate::value::fixture::{map, ty};
use crate::value::msgpack::{decode, encode};
use crate::value::{Refinement, Type, Value, ValueErrorKind, json};

#[test]
fn data_that_ends_early_is_refused_and_data_that_goes_on_is_not() {
    let type_json = r#"["object",{"a":["list","number"],"b":"dynamic","c":"string"}]"#;
    let value = map([
        ("a", list(&[number("0.1"), number("0.5"), number("70000")])),
        ("b", dynamic(r#"["map","bool"]"#, map([("k", Value::from(true))]))),
        ("c", Value::Unknown(Refinement { prefix: Some("x".into()), ..Refinement::default() })),
    ]);
    let mut data = encode(&value, &ty(type_json)).unwrap();
    for end in 0..data.len() {
        let error = decode(&data[..end], &ty(type_json)).unwrap_err();
        assert_eq!(error.kind, ValueErrorKind::Truncated, "{end} bytes: {error}");
    }
    data.extend([0xc1, 0xff]);
    assert_eq!(decode(&data, &ty(type_json)).unwrap(), value);
}

/// Proves: values/hostile-input
#[test]
fn lengths_beyond_the_data_reserve_nothing() {
    let cases = [
        (r#""string""#, "dbffffffff'x'"),
        (r#""number""#, "dbffffffff'1'"),
        (r#"["list","bool"]"#, "ddffffffff c3"),
        (r#"["set","bool"]"#, "ddffffffff c3"),
        (r#"["map","bool"]"#, "dfffffffff a1'a' c3"),
        (r#"["object",{"a":"bool"}]"#, "dfffffffff a1'a' c3"),
        (r#""dynamic""#, "92 c6ffffffff"),
        (r#""string""#, "c9ffffffff0c 81"),
    ];
    for (type_json, hex) in cases {
        let error = decode(&bytes(hex), &ty(type_json)).unwrap_err();
        assert!(
            error.to_string().ends_with("the msgpack data ends in the middle of a value"),
            "{hex}: {error}"
        );
    }
}

/// Proves: values/hostile-input
#[test]
fn nesting_has_a_limit() {
    let level = bytes("92 c409'\"dynamic\"'");
    let deep = [level.repeat(10_000), vec![0xc0]].concat();
    let error = decode(&deep, &Type::Dynamic).unwrap_err();
    assert_eq!(error.to_string(), "the value is nested deeper than 128 levels");

    let (mut value, mut ty) = (Value::Null, Type::Bool);
    for _ in 0..200 {
        (value, ty) = (list(&[value]), Type::List(Box::new(ty)));
    }
    let error = encode(&value, &ty).unwrap_err();
    assert_eq!(error.kind.to_string(), "the value is nested deeper than 128 levels");
    assert_eq!(error.path.steps().len(), 128);
}

/// The limit on nesting is worth something only if what it lets through fits a stack, with room to spare.
#[test]
fn the_deepest_value_needs_half_a_runtime_thread() {
    let work = || {
        let deep = [bytes("92 c409'\"dynamic\"'").repeat(127), vec![0xc0]].concat();
        let value = decode(&deep, &Type::Dynamic).unwrap();
        assert_eq!(encode(&value, &Type::Dynamic).unwrap(), deep);
        let text = json::encode(&value, &Type::Dynamic).unwrap();
        assert_eq!(json::decode(&text, &Type::Dynamic).unwrap(), value.clone());
    };
    std::thread::Builder::new().stack_size(1024 * 1024).spawn(work).unwrap().join().unwrap();
}
