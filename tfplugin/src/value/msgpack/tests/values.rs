//! Known values of every type, and what does not fit.

use super::{bytes, check_both, check_read, check_refused, dynamic, list, number};
use crate::value::fixture::{map, ty};
use crate::value::msgpack::{decode, encode};
use crate::value::{Refinement, Type, Value};

/// Proves: values/msgpack-and-json
#[test]
fn scalars_and_collections() {
    let text = Value::from;
    let object = r#"["object",{"b":"bool","a":["list","string"]}]"#;
    let cases = [
        (r#""bool""#, Value::from(true), "c3"),
        (r#""bool""#, Value::from(false), "c2"),
        (r#""string""#, text("abc"), "a3 'abc'"),
        (r#""string""#, text(""), "a0"),
        (r#""string""#, Value::Null, "c0"),
        (r#"["list","string"]"#, list(&[text("a"), Value::Null]), "92 a1'a' c0"),
        (r#"["list","string"]"#, list(&[]), "90"),
        (r#"["list","string"]"#, Value::Null, "c0"),
        (r#"["list","string"]"#, Value::unknown(), "d40000"),
        (r#"["list","string"]"#, list(&[Value::unknown()]), "91 d40000"),
        (r#"["tuple",["bool","string"]]"#, list(&[Value::from(true), text("a")]), "92 c3 a1'a'"),
        (r#"["tuple",[]]"#, list(&[]), "90"),
        (r#"["set","string"]"#, Value::Set(vec![text("b"), text("a")]), "92 a1'a' a1'b'"),
        (r#"["map","bool"]"#, map([("b", Value::from(true)), ("a", Value::Null)]), "82 a1'a' c0 a1'b' c3"),
        (r#"["map","bool"]"#, map([]), "80"),
        (r#"["object",{}]"#, map([]), "80"),
        (object, map([("b", Value::from(true)), ("a", list(&[]))]), "82 a1'a' 90 a1'b' c3"),
        (object, map([("b", Value::unknown()), ("a", Value::Null)]), "82 a1'a' c0 a1'b' d40000"),
        (object, Value::Null, "c0"),
    ];
    for (type_json, value, hex) in cases {
        check_both(type_json, &value, hex);
    }
    let missing = encode(&map([("b", Value::from(true))]), &ty(object)).unwrap();
    assert_eq!(missing, bytes("82 a1'a' c0 a1'b' c3"), "a missing attribute is null");
}

/// Proves: values/dynamic-types
#[test]
fn dynamic_values_carry_their_type() {
    let string = "c408 '\"string\"'";
    let cases = [
        (Value::Null, "c0".to_owned()),
        (Value::unknown(), "d40000".to_owned()),
        (dynamic(r#""string""#, Value::from("a")), format!("92 {string} a1'a'")),
        (dynamic(r#""string""#, Value::Null), format!("92 {string} c0")),
        (dynamic(r#""string""#, Value::unknown()), format!("92 {string} d40000")),
        (
            dynamic(r#"["tuple",["dynamic"]]"#, list(&[dynamic(r#""string""#, Value::from("a"))])),
            format!("92 c415 '[\"tuple\",[\"dynamic\"]]' 91 92 {string} a1'a'"),
        ),
    ];
    for (value, hex) in cases {
        check_both(r#""dynamic""#, &value, &hex);
    }
    check_read(r#""dynamic""#, "92 a8'\"string\"' a1'a'", &dynamic(r#""string""#, Value::from("a")));
    check_refused(r#""dynamic""#, "a1'a'", "expected dynamic, found string");
    check_refused(r#""dynamic""#, "91 c0", "expected a tuple of length 2, found length 1");
    check_refused(
        r#""dynamic""#,
        "92 c403'abc' c0",
        "the type of a dynamic value is malformed: the text is not valid JSON at line 1, column 1",
    );
}

/// Proves: values/strings-in-normal-form
#[test]
fn text_is_read_in_form_c_and_any_width() {
    let ty = ty(r#"["map","string"]"#);
    let Value::Map(read) = decode(&bytes("81 a3'e\u{301}' a3'e\u{301}'"), &ty).unwrap() else { panic!() };
    assert_eq!(read.into_iter().next(), Some(("\u{e9}".to_owned(), Value::from("\u{e9}"))));
    let object = r#"["object",{"a":"string"}]"#;
    let expected = map([("a", Value::from("b"))]);
    let widths = ["81 d901'a' d901'b'", "81 da0001'a' da0001'b'", "81 db00000001'a' db00000001'b'"];
    for hex in widths.into_iter().chain(["de0001 a1'a' a1'b'", "df00000001 a1'a' a1'b'"]) {
        check_read(object, hex, &expected);
    }
    check_read(r#"["list","bool"]"#, "dc0001 c3", &list(&[Value::from(true)]));
    check_read(r#"["set","bool"]"#, "dd00000001 c3", &Value::Set(vec![Value::from(true)]));
    check_refused(r#""string""#, "a1 ff", "the text is not UTF-8");
    for len in [31, 32, 255, 256, 65535, 65536] {
        let value = Value::from("x".repeat(len));
        assert_eq!(decode(&encode(&value, &Type::String).unwrap(), &Type::String).unwrap(), value);
    }
}

#[test]
fn objects_have_exactly_their_attributes() {
    let object = r#"["object",{"a":"bool","b":"bool"}]"#;
    let cases = [
        ("80", r#"expected an attribute "a", found none"#),
        ("81 a1'a' c3", r#"expected an attribute "b", found none"#),
        ("82 a1'a' c3 a1'c' c3", r#"found an attribute "c", which the type does not have"#),
        ("82 a1'a' c3 a1'a' c3", r#"found the attribute "a" twice"#),
        ("82 a1'a' c3 a1'b' a1'x'", "b: expected bool, found string"),
        ("82 01 c3 a1'b' c3", "expected string, found number"),
        ("90", "expected object, found list"),
    ];
    for (hex, expected) in cases {
        check_refused(object, hex, expected);
    }
}

#[test]
fn misfits_are_named_with_their_place() {
    let nested = r#"["object",{"m":["map",["list",["object",{"x":"bool"}]]],"s":["set",["list","bool"]]}]"#;
    let cases = [
        ("82 a1'm' 81 a1'k' 91 81 a1'x' 05 a1's' c0", r#"m["k"][0].x: expected bool, found number"#),
        ("82 a1's' 91 91 a0 a1'm' c0", "s: expected bool, found string"),
        ("81 a1'm' 81 a1'k' 91 c4 00", r#"m["k"][0]: expected object, found binary data"#),
        ("81 a1'm' 81 a1'k' c1", r#"m["k"]: expected list, found a reserved byte"#),
    ];
    for (hex, expected) in cases {
        check_refused(nested, hex, expected);
    }
    check_refused(r#"["tuple",["bool"]]"#, "92 c3 c3", "expected a tuple of length 1, found length 2");
}

/// Proves: values/msgpack-and-json
#[test]
fn another_implementation_reads_what_is_written() {
    let type_json = r#"["object",{"d":"dynamic","l":["list","number"],"u":"string"}]"#;
    let value = map([
        ("l", list(&[number("-300"), number("0.25"), number("0.1")])),
        ("d", dynamic(r#"["map","bool"]"#, map([("k", Value::from(true))]))),
        ("u", Value::Unknown(Refinement { prefix: Some("ab".into()), ..Refinement::default() })),
    ]);
    let data = encode(&value, &ty(type_json)).unwrap();
    let read = rmpv::decode::read_value(&mut data.as_slice()).unwrap();
    let numbers = vec![rmpv::Value::from(-300), rmpv::Value::from(0.25), rmpv::Value::from("0.1")];
    let inner = rmpv::Value::Map(vec![("k".into(), true.into())]);
    let carried = vec![rmpv::Value::Binary(br#"["map","bool"]"#.to_vec()), inner];
    let expected = vec![
        ("d".into(), rmpv::Value::Array(carried)),
        ("l".into(), rmpv::Value::Array(numbers)),
        ("u".into(), rmpv::Value::Ext(12, bytes("81 02 a2'ab'"))),
    ];
    assert_eq!(read, rmpv::Value::Map(expected));

    let mut data = Vec::new();
    rmpv::encode::write_value(&mut data, &read).unwrap();
    assert_eq!(decode(&data, &ty(type_json)).unwrap(), value);
}
