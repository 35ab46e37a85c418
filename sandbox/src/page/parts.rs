//! What many views show: states, moments, durations, values, tables of names, and the way through a long list.

use jiff::Timestamp;
use maud::{Markup, html};
use serde_json::Value;

use super::address;
use crate::{call::Call, fault::Fault};

/// The looks of a state with its mark: colour never stands alone.
const LOOKS: [(&str, &str, &[&str]); 5] = [
    ("good", "✓", &["SUCCESS"]),
    ("warned", "!", &["WARNING", "RETRYING", "RETRIED", "PAUSED"]),
    ("bad", "✕", &["FAILED", "KILLED", "KILLING", "CANCELLED"]),
    ("busy", "▸", &["RUNNING", "RESTARTED", "QUEUED"]),
    ("idle", "–", &["SKIPPED", "BREAKPOINT", "RESUBMITTED"]),
];

/// The class and the mark of a state.
pub(super) fn look(state: &str) -> (&'static str, &'static str) {
    let found = LOOKS.iter().find(|(.., states)| states.contains(&state));
    found.map_or(("new", "○"), |(class, mark, _)| (class, mark))
}

pub(super) fn state(state: &str) -> Markup {
    let (class, mark) = look(state);
    html! { span.state.(class) { span aria-hidden="true" { (mark) } " " (state) } }
}

/// A moment to the second, in UTC; nothing for a text that is none.
pub(super) fn moment(text: &str) -> Markup {
    let Ok(moment) = text.parse::<Timestamp>() else {
        return html! { (text) };
    };
    html! { time datetime=(text) { (moment.strftime("%Y-%m-%d %H:%M:%S")) span.zone { " UTC" } } }
}

/// Milliseconds as people say them.
pub(super) fn duration(milliseconds: i64) -> String {
    let seconds = milliseconds / 1000;
    match milliseconds {
        ..1000 => format!("{milliseconds} ms"),
        1000..60_000 => format!("{}.{} s", seconds, milliseconds % 1000 / 100),
        60_000..3_600_000 => format!("{} min {} s", seconds / 60, seconds % 60),
        _ => format!("{} h {} min", seconds / 3600, seconds % 3600 / 60),
    }
}

/// How long something took or takes, from its first moment to its last or to now; `None` for texts that are no moments.
pub(super) fn elapsed(start: &str, end: &str, now: Timestamp) -> Option<i64> {
    let start: Timestamp = start.parse().ok()?;
    let end = if end.is_empty() { now } else { end.parse().ok()? };
    Some((end.as_millisecond() - start.as_millisecond()).max(0))
}

/// A value: a text as it is, anything else as JSON.
pub(super) fn value(value: &Value) -> Markup {
    let text = match value {
        Value::String(text) => text.clone(),
        other => serde_json::to_string_pretty(other).unwrap_or_default(),
    };
    if text.contains('\n') {
        html! { pre.value { (text) } }
    } else {
        html! { code.value { (text) } }
    }
}

/// A sentence in which names and values stand between backticks.
pub(super) fn sentence(text: &str) -> Markup {
    html! {
        @for (position, part) in text.split('`').enumerate() {
            @if position % 2 == 0 { (part) } @else { code { (part) } }
        }
    }
}

/// Names with their values.
pub(super) fn values<'a>(caption: &str, values: impl Iterator<Item = (&'a String, &'a Value)>) -> Markup {
    html! {
        table {
            thead { tr { th { (caption) } th { "Value" } } }
            tbody { @for (name, value) in values { tr { th scope="row" { code { (name) } } td { (self::value(value)) } } } }
        }
    }
}

/// What stands where there is nothing to list.
pub(super) fn nothing(words: &str) -> Markup {
    html! { p.nothing { (words) } }
}

/// A number of things: `1 flow`, `3 flows`.
pub(super) fn count(number: usize, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}

/// The last part of the name of a plugin's class.
pub(super) fn short_type(name: &str) -> &str {
    name.rsplit('.').next().unwrap_or(name)
}

/// How many things of a long list are on a page.
const SIZE: usize = 25;

/// The way through a long list, a page at a time.
pub(super) struct Pages<'a> {
    address: &'a str,
    /// What else the list is asked for.
    parameters: Vec<(&'a str, &'a str)>,
    /// The number of this page, from 1.
    page: usize,
    last: usize,
}

impl<'a> Pages<'a> {
    /// The page that a call asks for, or the one nearest to it.
    pub(super) fn of(
        call: &'a Call,
        address: &'a str,
        names: &[&'a str],
        total: usize,
    ) -> Result<Pages<'a>, Fault> {
        let last = total.div_ceil(SIZE).max(1);
        let wanted = usize::try_from(call.query.number("page")?.unwrap_or(1)).unwrap_or(1);
        let parameters = names.iter().filter_map(|name| Some((*name, call.query.one(name)?))).collect();
        Ok(Pages { address, parameters, page: wanted.clamp(1, last), last })
    }

    /// What of the list is on the page.
    pub(super) fn part<'t, T>(&self, all: &'t [T]) -> &'t [T] {
        all.chunks(SIZE).nth(self.page - 1).unwrap_or_default()
    }

    fn to(&self, page: usize) -> String {
        let page = page.to_string();
        let parameters = [&self.parameters[..], &[("page", page.as_str())]].concat();
        format!("{}?{}", self.address, address::query(&parameters))
    }

    /// The links, where there is more than one page.
    pub(super) fn show(&self) -> Markup {
        html! {
            @if self.last > 1 {
                nav.pages aria-label="Pages" {
                    @if self.page > 1 { a rel="prev" href=(self.to(self.page - 1)) { "← Before" } }
                    span { "Page " (self.page) " of " (self.last) }
                    @if self.page < self.last { a rel="next" href=(self.to(self.page + 1)) { "After →" } }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_words() {
        for (milliseconds, expected) in
            [(0, "0 ms"), (999, "999 ms"), (1_250, "1.2 s"), (61_000, "1 min 1 s"), (7_260_000, "2 h 1 min")]
        {
            assert_eq!(duration(milliseconds), expected);
        }
    }

    #[test]
    fn a_state_that_nobody_knows_has_a_look_too() {
        assert_eq!(look("SUCCESS"), ("good", "✓"));
        assert_eq!(look("SOMETHING"), ("new", "○"));
        assert!(!state("<b>").into_string().contains("<b>"));
    }

    #[test]
    fn time_runs_until_the_end_or_now() {
        let now: Timestamp = "2030-01-01T00:00:10Z".parse().unwrap();
        assert_eq!(elapsed("2030-01-01T00:00:00Z", "2030-01-01T00:00:01.5Z", now), Some(1500));
        assert_eq!(elapsed("2030-01-01T00:00:00Z", "", now), Some(10_000));
        assert_eq!(elapsed("2030-01-01T00:00:20Z", "", now), Some(0), "clocks differ");
        assert_eq!(elapsed("", "", now), None);
    }
}
