//! Every form of a number.

use super::{check_both, check_read, check_refused, number};
use crate::value::{Number, Value};

/// Proves: values/numbers-of-any-size-and-precision
#[test]
fn numbers_take_the_form_hosts_use() {
    let cases = [
        ("0", "00"),
        ("1", "01"),
        ("127", "7f"),
        ("128", "cc80"),
        ("256", "cd0100"),
        ("65536", "ce00010000"),
        ("4294967296", "cf0000000100000000"),
        ("9223372036854775807", "cf7fffffffffffffff"),
        ("-1", "ff"),
        ("-32", "e0"),
        ("-33", "d0df"),
        ("-129", "d1ff7f"),
        ("-32769", "d2ffff7fff"),
        ("-9223372036854775808", "d38000000000000000"),
        ("0.5", "cb3fe0000000000000"),
        ("-1.5", "cbbff8000000000000"),
        ("0.1", "a3 '0.1'"),
        ("9223372036854775808", "b3 '9223372036854775808'"),
        ("18446744073709551616", "b4 '18446744073709551616'"),
        ("0.1000000000000000055511151231257827021181583404541015625", "cb3fb999999999999a"),
    ];
    for (text, hex) in cases {
        check_both(r#""number""#, &number(text), hex);
    }
    let plain = format!("1{}", "0".repeat(400));
    check_both(r#""number""#, &number("1e400"), &format!("da0191 '{plain}'"));
    let infinite = |sign: f64| Value::Number(Number::try_from(sign * f64::INFINITY).unwrap());
    check_both(r#""number""#, &infinite(1.0), "cb7ff0000000000000");
    check_both(r#""number""#, &infinite(-1.0), "cbfff0000000000000");
}

/// Proves: values/numbers-of-any-size-and-precision
#[test]
fn numbers_are_read_in_every_form() {
    let cases = [
        ("cc01", "1"),
        ("cd0001", "1"),
        ("ce00000001", "1"),
        ("cf0000000000000001", "1"),
        ("cfffffffffffffffff", "18446744073709551615"),
        ("d001", "1"),
        ("d1ffff", "-1"),
        ("d2ffffffff", "-1"),
        ("d3ffffffffffffffff", "-1"),
        ("ca3f000000", "0.5"),
        ("cb3ff0000000000000", "1"),
        ("cb8000000000000000", "0"),
        ("a5 '1e400'", "1e400"),
        ("d903 '1.0'", "1"),
    ];
    for (hex, text) in cases {
        check_read(r#""number""#, hex, &number(text));
    }
    for nan in ["cb7ff8000000000000", "ca7fc00000"] {
        check_refused(r#""number""#, nan, "NaN is not a number in Terraform");
    }
    check_refused(r#""number""#, "c3", "expected number, found bool");
    let expected = "a number is written in decimal digits, such as 10, -0.5 or 1.5e3";
    check_refused(r#""number""#, "a1 'x'", expected);
    let expected = "a number may have at most 4096 digits on either side of the decimal point";
    check_refused(r#""number""#, "ab '1e999999999'", expected);
}
