//! Unknown values and what is certain about them.

use super::{bytes, check_both, check_read, check_refused};
use crate::value::msgpack::{decode, encode};
use crate::value::{Bound, Refinement, Type, Value};

/// Proves: values/unknown-values
#[test]
fn any_small_extension_is_an_unknown_value() {
    let fixed = ["d40000", "d40001", "d47f00", "d4ff00", "d40c80"];
    for hex in fixed.into_iter().chain(["c70000", "c7000c", "c7010c80", "c8000005", "c90000000005"]) {
        for type_json in [r#""string""#, r#""dynamic""#, r#"["object",{"a":"bool"}]"#] {
            check_read(type_json, hex, &Value::unknown());
        }
    }
    let expected = "found a msgpack extension of code 5 and 2 bytes, which is no unknown value";
    check_refused(r#""string""#, "d5050000", expected);
}

/// Proves: values/refinements-of-unknown-values
#[test]
fn refinements_are_kept() {
    let none = Refinement::default;
    let bound = |text: &str, inclusive| Some(Bound { value: text.parse().unwrap(), inclusive });
    let cases = [
        (r#""string""#, Refinement { not_null: true, ..none() }, "c7030c 81 01c2"),
        (r#""string""#, Refinement { prefix: Some("ab".into()), ..none() }, "c7050c 81 02 a2'ab'"),
        (r#""number""#, Refinement { lower: bound("1", true), ..none() }, "c7050c 81 03 92 01 c3"),
        (r#""number""#, Refinement { upper: bound("0.1", false), ..none() }, "d70c 81 04 92 a3'0.1' c2"),
        (r#"["list","bool"]"#, Refinement { min_length: Some(2), ..none() }, "c7030c 81 05 02"),
        (r#"["map","bool"]"#, Refinement { max_length: Some(300), ..none() }, "c7050c 81 06 cd012c"),
        (
            r#"["set","bool"]"#,
            Refinement { not_null: true, min_length: Some(1), max_length: Some(2), ..none() },
            "c7070c 83 01c2 0501 0602",
        ),
    ];
    for (type_json, refinement, hex) in cases {
        check_both(type_json, &Value::Unknown(refinement), hex);
    }
}

#[test]
fn refinements_of_later_versions_are_passed_over() {
    let not_null = Value::Unknown(Refinement { not_null: true, ..Refinement::default() });
    let later = [
        "c0",
        "c3",
        "07",
        "cb3ff0000000000000",
        "a1'x'",
        "c401ff",
        "d40000",
        "92 01 91 02",
        "82 01 a0 02 81 03 c0",
    ];
    for value in later {
        let body = bytes(&format!("82 63 {value} 01c2"));
        let mut data = vec![0xc7, u8::try_from(body.len()).unwrap(), 0x0c];
        data.extend(body);
        assert_eq!(decode(&data, &Type::Bool).unwrap(), not_null, "{value}");
    }
    check_refused(
        r#""bool""#,
        "c7080c 81 63 ddffffffff c3",
        "the msgpack data ends in the middle of a value",
    );
}

#[test]
fn refinements_that_hosts_would_refuse_are_not_written() {
    let not_null = Value::Unknown(Refinement { not_null: true, ..Refinement::default() });
    assert_eq!(encode(&not_null, &Type::Dynamic).unwrap(), bytes("d40000"));
    check_read(r#""dynamic""#, "c7030c 81 01c2", &Value::unknown());

    let prefix = |text: String| Value::Unknown(Refinement { prefix: Some(text), ..Refinement::default() });
    assert_eq!(encode(&prefix(String::new()), &Type::String).unwrap(), bytes("d40000"));
    let long = encode(&prefix("\u{e9}".repeat(1000)), &Type::String).unwrap();
    assert_eq!(decode(&long, &Type::String).unwrap(), prefix("\u{e9}".repeat(128)));
    let odd = encode(&prefix(format!("x{}", "\u{e9}".repeat(1000))), &Type::String).unwrap();
    assert_eq!(decode(&odd, &Type::String).unwrap(), prefix(format!("x{}", "\u{e9}".repeat(127))));
    let misfit = encode(&prefix("a".into()), &Type::Bool).unwrap_err().to_string();
    assert_eq!(misfit, "expected a refinement for bool, found a prefix, which does not apply to that type");

    let huge = Bound { value: "1e1000".parse().unwrap(), inclusive: true };
    let bounded = Refinement { lower: Some(huge.clone()), upper: Some(huge), ..Refinement::default() };
    assert_eq!(encode(&Value::Unknown(bounded), &Type::Number).unwrap(), bytes("d40000"));
}

#[test]
fn a_refinement_has_at_most_1024_bytes() {
    let body = |len: usize| {
        let text = len - 5;
        let mut data = bytes(&format!("c8{len:04x}0c 81 02 da{text:04x}"));
        data.extend("x".repeat(text).bytes());
        data
    };
    let longest = Refinement { prefix: Some("x".repeat(1019)), ..Refinement::default() };
    assert_eq!(decode(&body(1024), &Type::String).unwrap(), Value::Unknown(longest));
    let error = decode(&body(1025), &Type::String).unwrap_err().to_string();
    assert_eq!(error, "found a msgpack extension of code 12 and 1025 bytes, which is no unknown value");
}

#[test]
fn malformed_refinements_are_refused() {
    let cases = [
        (r#""string""#, "c7030c 81 0101", "expected bool, found number"),
        (r#""string""#, "c7030c 81 02c2", "expected string, found bool"),
        (r#""number""#, "c7040c 81 03 9101", "expected a tuple of length 2, found length 1"),
        (
            r#"["list","bool"]"#,
            "c7030c 81 05ff",
            "a number may have at most 4096 digits on either side of the decimal point",
        ),
        (r#""string""#, "c7030c 82 01c2", "the msgpack data ends in the middle of a value"),
        (r#""string""#, "c7020c 9001", "expected map, found list"),
        (
            r#""number""#,
            "c7040c 81 02a1'x'",
            "expected a refinement for number, found a prefix, which does not apply to that type",
        ),
    ];
    for (type_json, hex, expected) in cases {
        check_refused(type_json, hex, expected);
    }
}
