//! Names of namespaces: what they are made of, and which namespace is inside which.

use std::sync::LazyLock;

use regex::Regex;

/// What a name must match as a whole, as Kestra prints it.
pub const PATTERN: &str = "^[a-z0-9][a-z0-9._-]*";

/// How long a name can be.
pub(crate) const LONGEST: usize = 150;

pub(crate) static REGEX: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(&format!(r"\A(?:{PATTERN})\z")).expect("the pattern compiles: every test uses it")
});

/// Whether Kestra takes a name.
pub fn is_name(text: &str) -> bool {
    text.len() <= LONGEST && REGEX.is_match(text)
}

/// What the name of a namespace has behind that of another: nothing for the same, `.` and more for one that is inside of it.
pub fn inside<'name>(name: &'name str, outer: &str) -> Option<&'name str> {
    name.strip_prefix(outer).filter(|rest| rest.is_empty() || rest.starts_with('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_namespace_is_inside_itself_and_what_is_above() {
        for (name, outer, expected) in [
            ("sandbox", "sandbox", Some("")),
            ("sandbox.pr-1.company", "sandbox", Some(".pr-1.company")),
            ("sandbox.pr-10", "sandbox.pr-1", None),
            ("sandbox", "sandbox.pr-1", None),
        ] {
            assert_eq!(inside(name, outer), expected, "{name} {outer}");
        }
    }

    #[test]
    fn a_name_is_lowercase_and_not_too_long() {
        let longest = "a".repeat(LONGEST);
        for (name, expected) in [
            ("company.team-1_x", true),
            ("1", true),
            (&longest, true),
            (&format!("{longest}a"), false),
            ("", false),
            (".a", false),
            ("A", false),
            ("a b", false),
            ("a\n", false),
        ] {
            assert_eq!(is_name(name), expected, "{name:?}");
        }
    }
}
