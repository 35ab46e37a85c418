//! Points in time as ION spells them and Java answers them: a day, an instant in UTC, or a time with offset.

use std::fmt;
use std::sync::LazyLock;

use jiff::civil::{Date, DateTime};
use regex::Regex;

static SPELLING: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"^([0-9]{4})(?:T|-([0-9]{2})(?:T|-([0-9]{2})",
        r"(?:T([0-9]{2}):([0-9]{2})(?::([0-9]{2})(?:\.([0-9]+))?)?(?:Z|([-+])([0-9]{2}):([0-9]{2}))|T?)))",
    ))
    .expect("the pattern compiles: every test uses it")
});

/// A point in time, exact to the millisecond, which is what Kestra keeps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Timestamp {
    local: DateTime,
    /// Minutes east of UTC.
    offset: i64,
}

impl Timestamp {
    /// Reads the timestamp at the start of `text`; its length in bytes comes with it. The inner `None` is a
    /// timestamp that names no real time, such as month 13.
    pub(super) fn at_start_of(text: &str) -> Option<(Option<Self>, usize)> {
        let parts = SPELLING.captures(text)?;
        let length = parts.get(0)?.len();
        let number = |index: usize| parts.get(index).and_then(|part| part.as_str().parse::<i64>().ok());
        let field = |index: usize, default: i8| match number(index) {
            Some(value) => i8::try_from(value).ok(),
            None => Some(default),
        };
        let milliseconds = parts.get(7).map_or(0, |part| milliseconds(part.as_str()));
        let minutes = number(9).unwrap_or(0) * 60 + number(10).unwrap_or(0);
        let sign = if parts.get(8).is_some_and(|sign| sign.as_str() == "-") { -1 } else { 1 };
        let read = || {
            let date = Date::new(i16::try_from(number(1)?).ok()?, field(2, 1)?, field(3, 1)?).ok()?;
            let time =
                jiff::civil::Time::new(field(4, 0)?, field(5, 0)?, field(6, 0)?, milliseconds * 1_000_000);
            let in_range = number(10).unwrap_or(0) < 60 && minutes < 24 * 60;
            in_range.then_some(Self { local: date.to_datetime(time.ok()?), offset: sign * minutes })
        };
        Some((read(), length))
    }

    /// The day, when this is midnight in UTC; Kestra takes it for a date then.
    pub(super) fn day(&self) -> Option<Date> {
        (self.is_utc() && self.local.time() == jiff::civil::Time::midnight()).then(|| self.local.date())
    }

    /// Whether it has no offset.
    pub(super) fn is_utc(&self) -> bool {
        self.offset == 0
    }

    /// Milliseconds since 1970, whatever the offset.
    pub(super) fn instant(&self) -> Option<i64> {
        let utc = self.local.checked_sub(jiff::SignedDuration::from_mins(self.offset)).ok()?;
        utc.to_zoned(jiff::tz::TimeZone::UTC).ok().map(|zoned| zoned.timestamp().as_millisecond())
    }
}

/// The first three digits of a fraction, as a number of milliseconds.
fn milliseconds(fraction: &str) -> i32 {
    fraction.bytes().chain(*b"00").take(3).fold(0, |sum, digit| sum * 10 + i32::from(digit - b'0'))
}

impl fmt::Display for Timestamp {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (date, time) = (self.local.date(), self.local.time());
        write!(out, "{date}T{:02}:{:02}:{:02}", time.hour(), time.minute(), time.second())?;
        let fraction = format!("{:03}", time.millisecond());
        match (fraction.as_str(), self.is_utc()) {
            ("000", true) => out.write_str("Z"),
            ("000", false) => self.write_offset(out),
            (fraction, true) => write!(out, ".{fraction}Z"),
            (fraction, false) => {
                write!(out, ".{}", fraction.trim_end_matches('0'))?;
                self.write_offset(out)
            }
        }
    }
}

impl Timestamp {
    fn write_offset(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let minutes = self.offset.abs();
        write!(out, "{}{:02}:{:02}", if self.offset < 0 { '-' } else { '+' }, minutes / 60, minutes % 60)
    }
}
