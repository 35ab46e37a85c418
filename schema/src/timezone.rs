//! Timezones by the names that Kestra takes, which are those of Java: regions in their exact spelling, and offsets.

use std::sync::LazyLock;

use jiff::tz::{Offset, TimeZone, TimeZoneDatabase};
use regex::Regex;

/// Java knows no offset beyond this.
const FARTHEST: i32 = 18 * 3600;

static OFFSET: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?-u)([+-])(?:(\d)|(\d\d)(?::?(\d\d))?|(\d\d):(\d\d):(\d\d)|(\d\d)(\d\d)(\d\d))$")
        .expect("the pattern compiles: every test uses it")
});

/// The timezone of a name: `Europe/Berlin`, `UTC`, `Z`, `+02:00`, `GMT-5`. `None` for what Kestra refuses.
#[must_use]
pub fn timezone(name: &str) -> Option<TimeZone> {
    if matches!(name, "Z" | "UTC" | "GMT" | "UT") {
        return Some(TimeZone::UTC);
    }
    let prefixed = ["UTC", "GMT", "UT"].iter().find_map(|prefix| name.strip_prefix(prefix));
    let offset = prefixed.filter(|rest| rest.starts_with(['+', '-'])).unwrap_or(name);
    if offset.starts_with(['+', '-']) {
        return fixed(offset);
    }
    let found = TimeZoneDatabase::bundled().get(name).ok()?;
    (found.iana_name() == Some(name)).then_some(found)
}

/// The name of a region that is most like `name`; `None` where nothing comes close.
#[must_use]
pub fn nearest(name: &str) -> Option<String> {
    let names: Vec<String> =
        TimeZoneDatabase::bundled().available().map(|name| name.as_str().to_owned()).collect();
    crate::catalog::nearest(name, names.iter().map(String::as_str)).first().map(|name| (*name).to_owned())
}

fn fixed(text: &str) -> Option<TimeZone> {
    let parts = OFFSET.captures(text)?;
    let part = |groups: &[usize]| {
        groups.iter().find_map(|group| parts.get(*group)).map_or(Ok(0), |part| part.as_str().parse::<i32>())
    };
    let (hours, minutes, seconds) = (part(&[2, 3, 5, 8]).ok()?, part(&[4, 6, 9]).ok()?, part(&[7, 10]).ok()?);
    let total = 3600 * hours + 60 * minutes + seconds;
    if minutes > 59 || seconds > 59 || total > FARTHEST {
        return None;
    }
    let total = if &parts[1] == "-" { -total } else { total };
    Offset::from_seconds(total).ok().map(TimeZone::fixed)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Answers of Java's own `ZoneId.of`.
    #[test]
    fn names_are_those_of_java() {
        for name in [
            "Europe/Berlin",
            "Etc/UTC",
            "America/Argentina/Buenos_Aires",
            "UTC",
            "GMT",
            "UT",
            "Z",
            "GMT0",
            "EST",
            "CET",
            "+1",
            "+01",
            "+01:30",
            "+0130",
            "-18:00",
            "+01:02:03",
            "-010203",
            "UTC+1",
            "GMT-05:00",
            "UT+2",
            "Asia/Calcutta",
            "US/Pacific",
            "Etc/GMT+5",
        ] {
            assert!(timezone(name).is_some(), "{name}");
        }
        for name in [
            "",
            "Nowhere/City",
            "europe/berlin",
            "utc",
            "z",
            "PST",
            "CEST",
            "+19",
            "+1:00",
            "+18:01",
            "+01:60",
            "+",
            "UTC1",
            "UTC+19",
            "+010",
            "Europe/Berlin ",
            "{{ inputs.zone }}",
            "Europe/",
        ] {
            assert!(timezone(name).is_none(), "{name}");
        }
    }

    #[test]
    fn lost_names_are_found() {
        assert_eq!(nearest("europe/berlin").as_deref(), Some("Europe/Berlin"));
        assert_eq!(nearest("Europe/Berln").as_deref(), Some("Europe/Berlin"));
        assert_eq!(nearest("x").as_deref(), None);
    }
}
