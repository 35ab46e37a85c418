//! Names that expressions may use, found by how they begin: flows can have many, and each use looks for one.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::Bound;

use crate::catalog::did_you_mean;

/// A set of names.
#[derive(Debug, Default)]
pub(super) struct Known<'name> {
    names: BTreeSet<Cow<'name, str>>,
    lengths: BTreeSet<usize>,
}

impl<'name> Known<'name> {
    /// Whether `name` is there, or one that goes on behind it with `separator`.
    pub(super) fn has_from(&self, name: &str, separator: char) -> bool {
        let start = format!("{name}{separator}");
        let behind = self.names.range::<str, _>((Bound::Included(start.as_str()), Bound::Unbounded)).next();
        self.names.contains(name) || behind.is_some_and(|behind| behind.starts_with(&start))
    }

    /// Whether `name` is there, or one behind which it goes on with one of `separators`.
    pub(super) fn has_start_of(&self, name: &str, separators: &[char]) -> bool {
        self.lengths.range(..=name.len()).any(|length| {
            let parts = name.split_at_checked(*length);
            parts.is_some_and(|(start, rest)| {
                (rest.is_empty() || rest.starts_with(separators)) && self.names.contains(start)
            })
        })
    }

    /// `; did you mean …?`, or nothing.
    pub(super) fn did_you_mean(&self, name: &str) -> String {
        did_you_mean(name, self.names.iter().map(|name| &**name))
    }
}

impl<'name, Name: Into<Cow<'name, str>>> FromIterator<Name> for Known<'name> {
    fn from_iter<Names: IntoIterator<Item = Name>>(names: Names) -> Self {
        let names: BTreeSet<Cow<'name, str>> = names.into_iter().map(Into::into).collect();
        let lengths = names.iter().map(|name| name.len()).collect();
        Self { names, lengths }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_by_how_they_begin() {
        let known: Known<'_> = ["form.a", "form.b", "day", "é-x"].into_iter().collect();
        for (name, from, start_of) in [
            ("form", true, false),
            ("form.a", true, true),
            ("form.a.x", false, true),
            ("fo", false, false),
            ("day", true, true),
            ("day-2", false, true),
            ("days", false, false),
            ("é", false, false),
            ("", false, false),
        ] {
            let found = (known.has_from(name, '.'), known.has_start_of(name, &['.', '-']));
            assert_eq!(found, (from, start_of), "{name}");
        }
    }
}
