//! ISO-8601 durations as Java reads and spells them: days to seconds, no calendar units. Kestra takes its
//! durations from Java, so `P3D` and `PT72H` are one value and `P1M` is none.

use std::fmt;
use std::str::FromStr;
use std::sync::LazyLock;

use regex::Regex;

const NANOS: i128 = 1_000_000_000;

static SPELLING: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"^(?i-u)([-+]?)P(?:([-+]?[0-9]+)D)?",
        r"(?:(T)(?:([-+]?[0-9]+)H)?(?:([-+]?[0-9]+)M)?(?:([-+]?)([0-9]+)(?:[.,]([0-9]{0,9}))?S)?)?$",
    ))
    .expect("the pattern compiles: every test uses it")
});

/// A span of time, exact to the nanosecond, possibly negative.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Duration {
    nanos: i128,
}

/// A text that is no duration.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is no duration; write days, hours, minutes and seconds such as P1DT12H, PT90M or PT1.5S")]
pub struct DurationError {
    /// The text.
    pub text: String,
}

impl Duration {
    /// The whole length in nanoseconds.
    pub fn as_nanos(self) -> i128 {
        self.nanos
    }
}

impl FromStr for Duration {
    type Err = DurationError;

    fn from_str(text: &str) -> Result<Self, DurationError> {
        read(text).map(|nanos| Self { nanos }).ok_or_else(|| DurationError { text: text.to_owned() })
    }
}

fn read(text: &str) -> Option<i128> {
    let parts = SPELLING.captures(text)?;
    let part = |index: usize| parts.get(index).map(|part| part.as_str());
    if part(3).is_some() && part(4).is_none() && part(5).is_none() && part(7).is_none() {
        return None;
    }
    let unit = |index: usize, seconds: i128| match part(index) {
        Some(count) => count.parse::<i64>().ok().map(|count| i128::from(count) * seconds),
        None => Some(0),
    };
    let fraction = format!("{:0<9}", part(8).unwrap_or_default()).parse::<i128>().ok()?;
    let seconds = unit(7, NANOS)? + fraction;
    let seconds = if part(6) == Some("-") { -seconds } else { seconds };
    let total = (unit(2, 86_400)? + unit(4, 3600)? + unit(5, 60)?) * NANOS + seconds;
    let something = [2, 4, 5, 7].into_iter().any(|index| part(index).is_some());
    let in_range = i64::try_from(total / NANOS).is_ok();
    (something && in_range).then_some(if part(1) == Some("-") { -total } else { total })
}

/// The spelling Java gives it, which is what Kestra answers: `PT72H` for `P3D`.
impl fmt::Display for Duration {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let seconds = self.nanos / NANOS;
        let (hours, minutes) = (seconds / 3600, seconds % 3600 / 60);
        let (rest, fraction) = (seconds % 60, (self.nanos % NANOS).unsigned_abs());
        out.write_str("PT")?;
        if hours != 0 {
            write!(out, "{hours}H")?;
        }
        if minutes != 0 {
            write!(out, "{minutes}M")?;
        }
        if rest == 0 && fraction == 0 && (hours, minutes) != (0, 0) {
            return Ok(());
        }
        if self.nanos < 0 && rest == 0 && fraction != 0 {
            out.write_str("-")?;
        }
        write!(out, "{rest}")?;
        if fraction != 0 {
            write!(out, ".{}", format!("{fraction:09}").trim_end_matches('0'))?;
        }
        out.write_str("S")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Answers of Java's own `Duration.parse(text).toString()`.
    #[test]
    fn java_reads_and_spells() {
        for (text, expected) in [
            ("P3D", Some("PT72H")),
            ("PT72H", Some("PT72H")),
            ("P1DT2H3M4.5S", Some("PT26H3M4.5S")),
            ("pt1h", Some("PT1H")),
            ("PT90M", Some("PT1H30M")),
            ("PT0S", Some("PT0S")),
            ("P0D", Some("PT0S")),
            ("PT-5S", Some("PT-5S")),
            ("-PT5S", Some("PT-5S")),
            ("-PT-5S", Some("PT5S")),
            ("PT-0.5S", Some("PT-0.5S")),
            ("PT1M-0.5S", Some("PT59.5S")),
            ("PT1,25S", Some("PT1.25S")),
            ("PT1.S", Some("PT1S")),
            ("+P1D", Some("PT24H")),
            ("PT0.000000001S", Some("PT0.000000001S")),
            ("P", None),
            ("PT", None),
            ("P1DT", None),
            ("P1M", None),
            ("P1W", None),
            ("P1Y", None),
            ("PT1.5M", None),
            ("PT1.0000000001S", None),
            ("1h", None),
            ("", None),
            (" PT1S", None),
            ("PT99999999999999999999S", None),
            ("P9223372036854775807D", None),
        ] {
            let read = text.parse::<Duration>().ok().map(|duration| duration.to_string());
            assert_eq!(read.as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn spelling_does_not_matter() {
        assert_eq!("P3D".parse::<Duration>(), "PT72H".parse());
        assert!("PT1S".parse::<Duration>().unwrap() < "PT1M".parse().unwrap());
        assert_eq!("PT1.5S".parse::<Duration>().unwrap().as_nanos(), 1_500_000_000);
    }
}
