//! Constraints on a text: whether it must be there, what it must look like, how long it may be.

use std::sync::LazyLock;

use regex::Regex;

use super::super::place::Place;
use super::super::problem::{Problem, Wording};

/// What a text must be.
pub(super) struct TextRule {
    /// The code of its problems.
    pub(super) code: &'static str,
    /// What Kestra says when it is absent; nothing when it may be.
    pub(super) required: &'static [&'static str],
    /// Whether white space alone is too little.
    pub(super) blank: bool,
    /// The pattern as Kestra prints it; the whole text must match.
    pub(super) pattern: Option<(&'static str, &'static LazyLock<Regex>)>,
    /// Least and greatest length, and what Kestra says when it is neither.
    pub(super) size: Option<(usize, usize, &'static str)>,
}

pub(super) const NOT_NULL: &str = "must not be null";
pub(super) const NOT_BLANK: &str = "must not be blank";
pub(super) const NOT_EMPTY: &str = "must not be empty";

/// A pattern that the whole of a text must match.
pub(super) fn whole(pattern: &str) -> Regex {
    Regex::new(&format!(r"\A(?:{pattern})\z"))
        .expect("the patterns of the rules compile: every test uses them")
}

impl TextRule {
    /// The problem of the property `name` of `place`, if any.
    pub(super) fn check(&self, place: &Place<'_>, name: &str) -> Option<Problem> {
        let Some(value) = place.get(name) else {
            let absent = Problem::missing(self.code, place, name, "is required");
            let messages = self.required.iter().map(|message| (*message).to_owned()).collect();
            return (!self.required.is_empty()).then(|| absent.worded(Wording::Constraints(messages)));
        };
        let text = value.node.text()?;
        let messages = self.broken_by(&text);
        let human = format!("{} (got `{text}`)", messages.join(" and "));
        (!messages.is_empty())
            .then(|| Problem::at(self.code, &value, human).worded(Wording::Constraints(messages)))
    }

    /// What Kestra says about `text`.
    fn broken_by(&self, text: &str) -> Vec<String> {
        let mut messages = Vec::new();
        if self.blank && text.trim().is_empty() {
            messages.push(NOT_BLANK.to_owned());
        }
        if let Some((pattern, regex)) = self.pattern
            && !regex.is_match(text)
        {
            messages.push(format!("must match \"{pattern}\""));
        }
        // Java counts UTF-16 units.
        if let Some((least, most, message)) = self.size
            && !(least..=most).contains(&text.encode_utf16().count())
        {
            messages.push(message.to_owned());
        }
        messages
    }
}
