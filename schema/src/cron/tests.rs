//! What Kestra's own parser and clock say, asked once with its jars.

use jiff::Timestamp;

use super::*;
use crate::line::KestraLine::{V1_3, V2_0};
use crate::timezone::timezone;

const MINUTES: [Dialect; 2] =
    [Dialect { line: V1_3, seconds: false }, Dialect { line: V2_0, seconds: false }];

/// What Kestra says about a text that it refuses.
fn refused(text: &str, dialect: Dialect) -> Option<String> {
    Cron::parse(text, dialect).err().map(|error| error.kestra())
}

#[test]
fn kestra_takes_it() {
    for text in [
        "* * * * *",
        "*/5 * * * *",
        "*/59 * * * *",
        "1-5 * * * *",
        "5-5 * * * *",
        "1-5/2 * * * *",
        "1-5/10 * * * *",
        "5/10 * * * *",
        "/5 * * * *",
        "1,2,3 * * * *",
        "1,2-5,*/7 * * * *",
        "*,1 * * * *",
        "1-5- * * * *",
        "+5 * * * *",
        "1-5/2/3 * * * *",
        "59/5 * * * *",
        "00 02 * * *",
        "0 0 31 2 *",
        "0 0 1 jan *",
        "0 0 1 Jan-Mar *",
        "0 0 * * mon",
        "0 0 * * MON-FRI",
        "0 0 * * SAT-SUN",
        "0 0 * * 0-7",
        "0 0 * * 1,MON",
        "0 0 * * MON-FRI/2",
        "  0   0 * * * ",
        "0\t0 * * *",
        "@hourly",
        "@daily",
        "@midnight",
        "@weekly",
        "@monthly",
        "@yearly",
        "@annually",
        "0 0 * * * || 1 1 * * *",
        "0|30 9|10 * * *",
        "0 9|10 * * *",
    ] {
        for dialect in MINUTES {
            assert_eq!(refused(text, dialect), None, "{text} on {}", dialect.line);
        }
    }
}

#[test]
fn kestra_refuses_it_in_these_words() {
    for (text, expected) in [
        ("", "Empty expression!"),
        (" ", "Empty expression!"),
        ("* * * *", "Cron expression contains 4 parts but we expect one of [5]"),
        ("* * * * * *", "Cron expression contains 6 parts but we expect one of [5]"),
        ("@Daily", "Cron expression contains 1 parts but we expect one of [5]"),
        ("@every 5m", "Cron expression contains 2 parts but we expect one of [5]"),
        (" @daily", "Cron expression contains 1 parts but we expect one of [5]"),
        ("@reboot", "Nickname @reboot not supported!"),
        ("1, * * * *", "Invalid field value! Trailing commas not permitted! '1,'"),
        ("60 * * * *", "Failed to parse cron expression. Value 60 not in range [0, 59]"),
        ("0 24 * * *", "Failed to parse cron expression. Value 24 not in range [0, 23]"),
        ("0 0 0 * *", "Failed to parse cron expression. Value 0 not in range [1, 31]"),
        ("0 0 1 13 *", "Failed to parse cron expression. Value 13 not in range [1, 12]"),
        ("0 0 * * 8", "Failed to parse cron expression. Value 8 not in range [0, 7]"),
        ("*/0 * * * *", "Failed to parse cron expression. Period 0 not in range [0, 59]"),
        ("*/60 * * * *", "Failed to parse cron expression. Period 60 not in range [0, 59]"),
        ("1-5/0 * * * *", "Failed to parse cron expression. Period 0 not in range [0, 59]"),
        ("0 0 * * */8", "Failed to parse cron expression. Period 8 not in range [0, 7]"),
        ("5-1 * * * *", "Failed to parse cron expression. Invalid range! [5,1]"),
        ("0 0 * * FRI-MON", "Failed to parse cron expression. Invalid range! [5,1]"),
        ("1-2-3 * * * *", "Failed to parse cron expression. Missing values for range: 1-2-3"),
        ("1- * * * *", "Failed to parse cron expression. Missing values for range: 1-"),
        (
            "-1 * * * *",
            "Failed to parse cron expression. Invalid expression! Expression: -1 does not describe a range. Negative numbers are not allowed.",
        ),
        ("5/ * * * *", "Failed to parse cron expression. Missing steps for expression: 5/"),
        ("*/5/5 * * * *", "Failed to parse cron expression. Invalid expression: */5/5"),
        ("/ * * * *", "Failed to parse cron expression. Invalid expression: /"),
        ("*/x * * * *", "Failed to parse cron expression. For input string: \"X\""),
        ("0 0 ? * *", "Failed to parse cron expression. Invalid expression: ?"),
        ("0 0 * * 1#2", "Failed to parse cron expression. Invalid expression: 1#2"),
        (
            "1,,3 * * * *",
            "Failed to parse cron expression. Invalid chars in expression! Expression:  Invalid chars: ",
        ),
        (
            "a * * * *",
            "Failed to parse cron expression. Invalid chars in expression! Expression: A Invalid chars: A",
        ),
        (
            "0 0 1 JANUARY *",
            "Failed to parse cron expression. Invalid chars in expression! Expression: JANUARY Invalid chars: JANUARY",
        ),
        (
            "0 0 15W * *",
            "Failed to parse cron expression. Invalid chars in expression! Expression: 15W Invalid chars: W",
        ),
        (
            "* 1.5 * * *",
            "Failed to parse cron expression. Invalid chars in expression! Expression: 1.5 Invalid chars: .",
        ),
        (
            "99999999999 * * * *",
            "Failed to parse cron expression. Invalid chars in expression! Expression: 99999999999 Invalid chars: ",
        ),
    ] {
        for dialect in MINUTES {
            assert_eq!(refused(text, dialect).as_deref(), Some(expected), "{text}");
        }
    }
}

#[test]
fn people_read_what_to_write_instead() {
    for (text, expected) in [
        ("0 9 * *", "it has 4 fields and needs 5: minute, hour, day of month, month, day of week"),
        ("60 * * * *", "60 is no minute, which is 0 to 59"),
        ("0 0 1 JANUARY *", "`JANUARY` is no month, which is 1 to 12 or JAN to DEC"),
        ("0 0 ? * *", "Kestra does not take `?`: `?`, `#` and several slashes are of other dialects"),
        ("0 0 * * FRI-MON", "the range 5-1 runs backwards; write it as two, separated by a comma"),
    ] {
        assert_eq!(Cron::parse(text, Dialect::default()).unwrap_err().to_string(), expected, "{text}");
    }
}

#[test]
fn lines_and_seconds_make_dialects() {
    let seconds = Dialect { line: V2_0, seconds: true };
    assert!(refused("*/10 * * * * *", seconds).is_none());
    assert!(refused("@daily", seconds).is_none());
    assert!(refused("* * * * *", seconds).is_some());
    let [old, new] = MINUTES;
    for text in ["0 0 L * *", "0 0 L-3 * *", "0 0 5L * *", "0 0 1,L * *"] {
        assert!(refused(text, old).is_some() && refused(text, new).is_none(), "{text}");
    }
    for text in ["0 0 * * L", "0 0 L-0 * *", "0 0 LW * *", "0 0 L/2 * *"] {
        assert!(refused(text, old).is_some() && refused(text, new).is_some(), "{text}");
    }
}

#[test]
fn long_texts_take_no_time() {
    let text = format!("{}0 * * * *", "0|".repeat(1_000_000));
    assert!(matches!(Cron::parse(&text, Dialect::default()), Err(CronError::Length { .. })));
}

/// The next times on the clock of a place, without seconds.
fn next(text: &str, zone: &str, from: &str, count: usize) -> String {
    let cron = Cron::parse(text, Dialect::default()).unwrap_or_else(|error| panic!("{text}: {error}"));
    let from = from.parse::<Timestamp>().expect("a timestamp").to_zoned(timezone(zone).expect("a timezone"));
    let times = std::iter::successors(cron.next_after(&from), |time| cron.next_after(time));
    let spelled = times.take(count).map(|time| time.strftime("%Y-%m-%dT%H:%M%:z").to_string());
    spelled.collect::<Vec<_>>().join(" ")
}

#[test]
fn it_fires_when_kestra_does() {
    for (text, from, expected) in [
        ("0 0 31 2 *", "2024-01-01T00:00:00Z", ""),
        ("0 0 29 2 *", "2097-01-01T00:00:00Z", "2104-02-29T00:00+00:00 2108-02-29T00:00+00:00"),
        ("0 0 30 2 1", "2024-01-01T00:00:00Z", "2024-02-05T00:00+00:00 2024-02-12T00:00+00:00"),
        ("0 0 L * *", "2024-01-31T00:00:00Z", "2024-02-29T00:00+00:00 2024-03-31T00:00+00:00"),
        ("0 0 L-3 * *", "2024-01-31T00:00:00Z", "2024-02-26T00:00+00:00 2024-03-28T00:00+00:00"),
        ("0 0 1,L * *", "2024-01-31T00:00:00Z", "2024-02-01T00:00+00:00 2024-03-01T00:00+00:00"),
        ("0 0 * * 7/2", "2024-01-05T00:00:00Z", "2024-01-06T00:00+00:00 2024-01-07T00:00+00:00"),
        ("0 0 * * SAT-SUN", "2024-09-01T00:00:00Z", "2024-09-07T00:00+00:00 2024-09-08T00:00+00:00"),
        ("0 0 */2 * MON", "2024-09-01T00:00:00Z", "2024-09-02T00:00+00:00 2024-09-03T00:00+00:00"),
        ("0 0 */1 * MON", "2024-09-01T00:00:00Z", "2024-09-02T00:00+00:00 2024-09-09T00:00+00:00"),
        ("*/20 * * * *", "2024-09-01T00:00:59.5Z", "2024-09-01T00:20+00:00 2024-09-01T00:40+00:00"),
        ("0|30 9|10 * * *", "2024-09-01T09:00:00Z", "2024-09-01T10:30+00:00 2024-09-02T09:00+00:00"),
    ] {
        assert_eq!(next(text, "UTC", from, 2), expected, "{text}");
    }
}

#[test]
fn clocks_that_change_are_minded() {
    for (text, zone, from, expected) in [
        (
            "30 2 * * *",
            "America/New_York",
            "2024-03-09T08:00:00Z",
            "2024-03-11T02:30-04:00 2024-03-12T02:30-04:00",
        ),
        (
            "30 1 * * *",
            "America/New_York",
            "2024-11-02T20:00:00Z",
            "2024-11-03T01:30-04:00 2024-11-04T01:30-05:00",
        ),
        (
            "*/30 1 * * *",
            "America/New_York",
            "2024-11-03T05:30:00Z",
            "2024-11-03T01:00-05:00 2024-11-03T01:30-05:00",
        ),
        (
            "0 * * * *",
            "America/New_York",
            "2024-11-03T05:00:00Z",
            "2024-11-03T01:00-05:00 2024-11-03T02:00-05:00",
        ),
        (
            "0 1,2 * * *",
            "America/New_York",
            "2024-11-03T05:00:00Z",
            "2024-11-03T01:00-05:00 2024-11-03T02:00-05:00",
        ),
        (
            "0 1,3 * * *",
            "America/New_York",
            "2024-11-03T05:00:00Z",
            "2024-11-03T03:00-05:00 2024-11-04T01:00-05:00",
        ),
        (
            "0 0 * * *",
            "America/Sao_Paulo",
            "2018-11-03T03:00:00Z",
            "2018-11-05T00:00-02:00 2018-11-06T00:00-02:00",
        ),
        (
            "*/15 1 * * *",
            "Australia/Lord_Howe",
            "2024-04-06T14:30:00Z",
            "2024-04-07T01:45+11:00 2024-04-07T01:30+10:30",
        ),
    ] {
        assert_eq!(next(text, zone, from, 2), expected, "{text} in {zone}");
    }
}
