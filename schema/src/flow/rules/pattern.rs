//! Regular expressions that flows write for Kestra, in the syntax of Java. No crate reads that syntax, so only those are
//! refused that are wrong in every syntax; what only some know is taken.

use regex::{Regex, RegexBuilder};
use regex_syntax::ast::{ErrorKind, parse::Parser};

use super::super::place::Place;
use super::super::problem::Problem;
use super::Subject;
use super::inputs;

/// Types of inputs that compare their values with a pattern.
const COMPARED: [&str; 2] = ["STRING", "SECRET"];

pub(super) fn validators(subject: &Subject<'_>) -> Vec<Problem> {
    let compared = |input: &Place<'_>| input.text("type").is_some_and(|kind| COMPARED.contains(&&*kind));
    let inputs = inputs::all(subject).into_iter().filter(compared);
    subject.enough(inputs.filter_map(|input| broken(&input.get("validator")?)))
}

fn broken(place: &Place<'_>) -> Option<Problem> {
    let pattern = place.node.text()?;
    let why = mistake(&pattern)?;
    let human = format!("`{pattern}` is no regular expression: {why}");
    Some(Problem::at("pattern", place, human).constraint(format!("invalid pattern [{pattern}]")))
}

/// What is wrong with a pattern, in Java's eyes too.
fn mistake(pattern: &str) -> Option<String> {
    let error = Parser::new().parse(pattern).err()?;
    let rest = pattern.get(error.span().start.offset..).unwrap_or_default();
    let is_certain = matches!(
        error.kind(),
        ErrorKind::ClassRangeInvalid
            | ErrorKind::ClassUnclosed
            | ErrorKind::EscapeUnexpectedEof
            | ErrorKind::GroupUnclosed
            | ErrorKind::GroupUnopened
            | ErrorKind::RepetitionCountInvalid
            | ErrorKind::RepetitionCountUnclosed
            | ErrorKind::RepetitionMissing
    );
    // A count that counts nothing is a text to Java.
    let is_count =
        *error.kind() == ErrorKind::RepetitionMissing && rest.starts_with('{') && rest.contains('}');
    (is_certain && !is_count).then(|| error.kind().to_string())
}

/// Whether `text` certainly does not match all of a pattern. Java counts only ASCII among `\d` and the like; where that may
/// matter, both ways must agree.
pub(super) fn differs(pattern: &str, text: &str) -> bool {
    let whole = format!(r"\A(?:{pattern})\z");
    let compiled = |unicode| -> Option<Regex> { RegexBuilder::new(&whole).unicode(unicode).build().ok() };
    compiled(true).is_some_and(|unicode| !unicode.is_match(text))
        && compiled(false).map_or_else(|| text.is_ascii(), |ascii| !ascii.is_match(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Answers of Kestra's own validator.
    #[test]
    fn only_what_java_refuses_is_refused() {
        for pattern in ["\\", "[", "(", "a{2,1}", "*a", "[z-a]", "x{", "{", "[]", "(a", "a)", "a|*", "[[a]"] {
            assert!(mistake(pattern).is_some(), "{pattern}");
        }
        for pattern in [
            "",
            "(?<n>a)",
            "(?=x)",
            "\\p{L}+",
            "a++",
            "[a-z&&[^b]]",
            "(?<=x)y",
            "\\1",
            "\\Qa(",
            "(?i)abc",
            "\\h",
            "}",
            "]",
            "[]a]",
            "[^]a]",
            "\\z\\Z\\A\\G\\R",
            "(?>a)",
            "[[:alpha:]]",
            "a{1}{2}",
            "\\uD83D",
            "[\\w-z]",
            "{1}",
        ] {
            assert_eq!(mistake(pattern), None, "{pattern}");
        }
    }

    #[test]
    fn texts_differ_only_where_both_readings_say_so() {
        for (pattern, text, expected) in [
            ("[a-z]+", "abc", false),
            ("[a-z]+", "abcD", true),
            ("a|b", "ab", true),
            ("\\d+", "٣", false),
            ("(?=x)y", "z", false),
            ("(?<n>a)", "b", true),
        ] {
            assert_eq!(differs(pattern, text), expected, "{pattern} {text}");
        }
    }
}
