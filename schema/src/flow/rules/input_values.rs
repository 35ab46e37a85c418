//! Values that inputs do not take: defaults, and what triggers supply. 2.0 refuses such a flow; 1.3 saves it, and its
//! executions fail.

use std::str::FromStr;

use jiff::{Timestamp, civil};

use super::super::inputs::{self, Named};
use super::super::place::{Place, is_expression};
use super::super::problem::Problem;
use super::Subject;
use super::pattern;
use crate::duration::Duration;
use crate::line::KestraLine;
use crate::yaml::Node;

pub(super) fn defaults(subject: &Subject<'_>) -> Vec<Problem> {
    let broken = |Named { name, input }: Named<'_>| {
        let value = input.get("defaults")?;
        let words = mistake(&input, &value)?;
        let human = format!("this default is none for the input `{name}`: {words}");
        let problem = Problem::at("input-value", &value, human);
        Some(as_saved(problem, subject.line, &format!("Invalid default for input '{name}': {words}")))
    };
    subject.enough(inputs::named(&subject.inputs).filter_map(broken))
}

/// The problem as the line takes it.
pub(super) fn as_saved(problem: Problem, line: KestraLine, words: &str) -> Problem {
    match line {
        KestraLine::V1_3 => problem.warning(),
        KestraLine::V2_0 => problem.of_flow(words),
    }
}

/// What Kestra says about a value that the input does not take. Expressions are taken: nobody knows their results.
pub(super) fn mistake(input: &Place<'_>, value: &Place<'_>) -> Option<String> {
    mistake_of(&input.text("type")?, input, value.node)
}

/// The same for a value of type `kind`, which an item of the input's may be.
pub(crate) fn mistake_of(kind: &str, input: &Place<'_>, value: &Node) -> Option<String> {
    let text = match value.text() {
        Some(text) => text.into_owned(),
        None if kind == "SELECT" || READ.iter().any(|(name, _)| *name == kind) => value.to_json().to_string(),
        None => return None,
    };
    if is_expression(&text) {
        return None;
    }
    match kind {
        "STRING" => unmatched(input, &text),
        "SELECT" => unchosen(input, &text),
        "EMAIL" => (!is_email(&text)).then(|| "The input must be a valid email".to_owned()),
        _ => {
            let (_, read) = READ.iter().find(|(name, _)| *name == kind)?;
            read(input, &text).unwrap_or_else(|| Some(format!("`{text}` is not a valid {kind} value")))
        }
    }
}

/// Whether a text can be read, and then what is wrong with its size.
type Read = fn(&Place<'_>, &str) -> Option<Option<String>>;

/// Types whose values Kestra reads from texts.
const READ: [(&str, Read); 6] = [
    ("INT", |input, text| text.parse::<i32>().ok().map(|number| sized(input, &number, &MORE_OR_LESS))),
    ("FLOAT", |input, text| {
        // Java takes `1f`, `1d` and hexadecimal numbers too.
        let text = text.trim();
        let number = text.trim_end_matches(['f', 'F', 'd', 'D']).parse::<f32>();
        let is_hexadecimal = text.to_ascii_lowercase().contains("0x");
        let sized = |number: f32| sized(input, &Float(number), &MORE_OR_LESS);
        number.map(sized).ok().or_else(|| is_hexadecimal.then_some(None))
    }),
    ("DATE", |input, text| {
        let is_long = text.starts_with(['+', '-']);
        let date = text.parse::<civil::Date>().ok().filter(|_| text.len() == 10);
        date.map(|date| sized(input, &date, &AFTER_OR_BEFORE)).or_else(|| is_long.then_some(None))
    }),
    ("TIME", |input, text| {
        // Java wants colons.
        let time = text.parse::<civil::Time>().ok().filter(|_| text.as_bytes().get(2) == Some(&b':'));
        time.map(|time| sized(input, &Clock(time), &AFTER_OR_BEFORE))
    }),
    ("DATETIME", |input, text| {
        let is_odd = text.starts_with(['+', '-']) || text.contains("T24:");
        let instant = text.parse::<Timestamp>().ok().filter(|_| !text.contains(' '));
        instant.map(|instant| sized(input, &instant, &AFTER_OR_BEFORE)).or_else(|| is_odd.then_some(None))
    }),
    ("DURATION", |input, text| {
        text.parse::<Duration>().ok().map(|duration| {
            let words = sized(input, &duration, &MORE_OR_LESS);
            words.map(|words| words.replacen("it", "It", 1))
        })
    }),
];

/// The properties that limit an input, and how Kestra says that a value is beyond them.
type Limits = [(&'static str, &'static str); 2];

const MORE_OR_LESS: Limits = [("min", "it must be more than"), ("max", "it must be less than")];
const AFTER_OR_BEFORE: Limits = [("after", "it must be after"), ("before", "it must be before")];

fn sized<T: FromStr + PartialOrd + std::fmt::Display>(
    input: &Place<'_>,
    value: &T,
    [(least, too_small), (most, too_large)]: &Limits,
) -> Option<String> {
    let limit = |name: &str| input.text(name)?.trim().parse::<T>().ok();
    let small = limit(least).filter(|limit| value < limit).map(|limit| format!("{too_small} `{limit}`"));
    small.or_else(|| limit(most).filter(|limit| value > limit).map(|limit| format!("{too_large} `{limit}`")))
}

/// A number as Java spells it: `3.0`.
#[derive(PartialEq, PartialOrd)]
struct Float(f32);

impl FromStr for Float {
    type Err = std::num::ParseFloatError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse().map(Self)
    }
}

impl std::fmt::Display for Float {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "{:?}", self.0)
    }
}

/// A time of day as Java spells it: without seconds where there are none.
#[derive(PartialEq, PartialOrd)]
struct Clock(civil::Time);

impl FromStr for Clock {
    type Err = jiff::Error;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse().map(Self)
    }
}

impl std::fmt::Display for Clock {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let text = self.0.to_string();
        out.write_str(text.strip_suffix(":00").filter(|_| text.len() == 8).unwrap_or(&text))
    }
}

fn unmatched(input: &Place<'_>, text: &str) -> Option<String> {
    let pattern = input.text("validator")?;
    pattern::differs(&pattern, text).then(|| format!("it must match the pattern `{pattern}`"))
}

pub(crate) fn unchosen(input: &Place<'_>, text: &str) -> Option<String> {
    let any = input.text("allowCustomValue").is_some_and(|any| any.trim().eq_ignore_ascii_case("true"));
    let values = input.items("values");
    let values: Vec<_> = values.iter().filter_map(|value| value.node.text()).collect();
    if any
        || values.is_empty()
        || input.get("expression").is_some()
        || values.iter().any(|value| value == text)
    {
        return None;
    }
    Some(format!("it must match the values `[{}]`", values.join(", ")))
}

/// Whether a text may be an address; Kestra is stricter.
fn is_email(text: &str) -> bool {
    text.is_empty() || text.split_once('@').is_some_and(|(name, host)| !name.is_empty() && !host.is_empty())
}
