//! Bodies with the type and value that Kestra answered.

use super::*;
use KvType::{Boolean, Date, DateTime, Duration, Json, Number, String};

/// Body, type, value as JSON: answers of Kestra 1.3's API.
const ANSWERED: &[(&str, KvType, &str)] = &[
    (r#""hello""#, String, r#""hello""#),
    ("42", Number, "42"),
    ("3.14", Number, "3.14"),
    ("true", Boolean, "true"),
    ("2021-09-01", Date, r#""2021-09-01""#),
    ("2021-09-01T01:02:03Z", DateTime, r#""2021-09-01T01:02:03Z""#),
    ("PT5S", Duration, r#""PT5S""#),
    (r#""P1D""#, Duration, r#""PT24H""#),
    (r#"{"a":1,"b":[1,2],"c":null,"d":{"e":true}}"#, Json, r#"{"a":1,"b":[1,2],"d":{"e":true}}"#),
    (r#"[1,"x",2.5,false]"#, Json, r#"[1,"x",2.5,false]"#),
    ("hello", String, r#""hello""#),
    ("hello world", String, r#""hello""#),
    (r#"{"a":1"#, String, r#""{\"a\":1""#),
    ("1.2.3", String, r#""1.2.3""#),
    ("2021-09-01T01:02:03+02:00", Json, r#""2021-09-01T01:02:03+02:00""#),
    ("'single'", String, r#""single""#),
    ("-5", Number, "-5"),
    ("1e3", Number, "1000.0"),
    ("0x1F", Number, "31"),
    ("12345678901234567890", Number, "12345678901234567890"),
    ("1.0", Number, "1"),
    ("TRUE", String, r#""TRUE""#),
    ("null", String, "null"),
    ("nan", Number, r#""NaN""#),
    ("2021-09-01T01:02:03.123Z", DateTime, r#""2021-09-01T01:02:03.123Z""#),
    (r#""2021-09-01""#, String, r#""2021-09-01""#),
    (r#""42""#, String, r#""42""#),
    (r#""true""#, String, r#""true""#),
    ("a: b", String, r#""a""#),
    (r#""a\nb""#, String, r#""a\nb""#),
    (r#""Grüße 世界 🚀""#, String, r#""Grüße 世界 🚀""#),
    ("Grüße", String, r#""Gr""#),
    (r#""""#, String, r#""""#),
    ("{}", Json, "{}"),
    ("[]", Json, "[]"),
    (r#""a\\b""#, String, r#""a\\b""#),
    (r#""a\tb""#, String, r#""a\tb""#),
    (r#""a/b""#, String, r#""a/b""#),
    ("3.141592653589793238462643", Number, "3.141592653589793"),
    ("0.000001", Number, "1e-06"),
    ("0", Number, "0"),
    ("-0", Number, "0"),
    ("false", Boolean, "false"),
    ("{a:1}", Json, r#"{"a":1}"#),
    (r#"{"a":1,"a":2}"#, Json, r#"{"a":2}"#),
    ("[1,2,]", Json, "[1,2]"),
    ("[a,b]", Json, r#"["a","b"]"#),
    ("1 2", Number, "1"),
];

/// Body, type, value as JSON: results of Kestra's own store and ION reader.
const STORED: &[(&str, KvType, &str)] = &[
    ("P1DT2H3M4.5S", String, r#""P1DT2H3M4""#),
    ("P1W", String, r#""P1W""#),
    ("P1M", String, r#""P1M""#),
    ("PT90M", Duration, r#""PT1H30M""#),
    ("'PT1H'", Duration, r#""PT1H""#),
    ("PT", String, r#""PT""#),
    ("-PT5S", String, r#""-PT5S""#),
    ("2021T", Date, r#""2021-01-01""#),
    ("2021-09T", Date, r#""2021-09-01""#),
    ("2021-09-01T", Date, r#""2021-09-01""#),
    ("2021-09-01T00:00:00Z", Date, r#""2021-09-01""#),
    ("2021-09-01 10:00", Date, r#""2021-09-01""#),
    ("2021-09-01T01:02Z", DateTime, r#""2021-09-01T01:02:00Z""#),
    ("2021-09-01T01:02-00:00", DateTime, r#""2021-09-01T01:02:00Z""#),
    ("2021-09-01T01:02:03.123456Z", DateTime, r#""2021-09-01T01:02:03.123Z""#),
    ("2021-09-01T01:02:03.1Z", DateTime, r#""2021-09-01T01:02:03.100Z""#),
    ("(a b)", Json, r#"["a","b"]"#),
    ("(+ 1 2)", Json, r#"["+",1,2]"#),
    ("https://x", String, r#""https""#),
    ("'''long''' '''more'''", String, r#""longmore""#),
    ("1d3", Number, "1000"),
    ("1.50", Number, "1.5"),
    ("1.", Number, "1"),
    ("1_000", Number, "1000"),
    ("0b101", Number, "5"),
    ("-0x1f", Number, "-31"),
    ("1e400", Number, r#""Infinity""#),
    ("-inf", Number, r#""-Infinity""#),
    ("1e", String, r#""1e""#),
    ("+1", String, r#""+1""#),
    (".5", String, r#"".5""#),
    ("01", String, r#""01""#),
    ("1a", String, r#""1a""#),
    ("12:30", String, r#""12:30""#),
    ("3rd", String, r#""3rd""#),
    ("5 apples", Number, "5"),
    ("1,2", Number, "1"),
    ("null.int", String, "null"),
    ("null.foo", String, r#""null.foo""#),
    ("true.x", Boolean, "true"),
    ("true::", String, r#""true::""#),
    ("a.b", String, r#""a""#),
    ("hello, world", String, r#""hello""#),
    ("SELECT * FROM t", String, r#""SELECT""#),
    ("<html>", String, r#""<html>""#),
    ("/path", String, r#""/path""#),
    ("\t1", Number, "1"),
    ("// only", String, "null"),
    ("/* c */ 2", Number, "2"),
    (r#""bad \q""#, String, r#""\"bad \\q\"""#),
    (r#""\ud83d\ude80""#, String, r#""🚀""#),
    (r#""unterminated"#, String, r#""\"unterminated""#),
    ("[1 2]", String, r#""[1 2]""#),
    ("[,1]", String, r#""[,1]""#),
    ("{a:1 b:2}", String, r#""{a:1 b:2}""#),
    ("{1:2}", String, r#""{1:2}""#),
    ("{a:1,}", Json, r#"{"a":1}"#),
    ("{'a b':[c,(d)]}", Json, r#"{"a b":["c",["d"]]}"#),
    (r#"{"a":1} x"#, Json, r#"{"a":1}"#),
    ("[2021-09-01]", Json, r#"["2021-09-01"]"#),
    ("[null,nan]", Json, r#"[null,"NaN"]"#),
    (r#"{"d":"P1D"}"#, Json, r#"{"d":"P1D"}"#),
];

#[test]
fn kestra_infers_the_same() {
    for (body, kv_type, value) in ANSWERED.iter().chain(STORED) {
        let value: serde_json::Value = serde_json::from_str(value).expect("the rows hold JSON");
        assert_eq!(infer(body), (*kv_type, value), "{body}");
    }
}

#[test]
fn depth_has_a_limit() {
    assert_eq!(infer(&"[".repeat(100_000)).0, String);
    let deep = format!("{}{}", "[".repeat(1000), "]".repeat(1000));
    assert_eq!(infer(&deep).0, Json);
}

proptest::proptest! {
    #[test]
    fn arbitrary_bodies_never_panic(body in r#"[\[\]{}():,'"a-cT0-9.eE+\\/ \n-]{0,40}|\PC{0,40}"#) {
        infer(&body);
        super::super::same(Json, &body, &body);
    }
}
