//! Why Kestra cannot render a text: one mistake per cause, in a user's words, with the cure.

use std::ops::Range;

/// A text that Kestra fails to render, whatever its variables hold.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{mistake}")]
pub struct Malformed {
    /// What is wrong.
    pub mistake: Mistake,
    /// The bytes of the text it is about.
    pub range: Range<usize>,
}

/// The causes of a [`Malformed`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Mistake {
    /// `{{ }}`.
    #[error("there is no expression between `{{{{` and `}}}}`")]
    Empty,
    /// A character that no expression has.
    #[error("unexpected `{character}` in an expression{}", cure(&.character.to_string(), ""))]
    Character {
        /// The character.
        character: char,
    },
    /// Something other than the grammar wants.
    #[error("unexpected `{found}` where {wanted} is expected{}", cure(.found, .wanted))]
    Unexpected {
        /// What stands there.
        found: String,
        /// What should.
        wanted: &'static str,
    },
    /// Something opened and never closed.
    #[error("`{opened}` is never closed by `{closing}`{}", cure(.opened, ""))]
    Unclosed {
        /// What opens it.
        opened: String,
        /// What would close it.
        closing: &'static str,
    },
    /// `{% nosuch %}`, or the end of a tag that is not open.
    #[error("there is no tag `{name}` here{}", cure(.name, ""))]
    Tag {
        /// The word behind `{%`.
        name: String,
    },
    /// `{% raw %}` over several lines.
    #[error(
        "`{{% raw %}}` works only when `{{% endraw %}}` is on the same line; use `{{% verbatim %}}` and \
         `{{% endverbatim %}}`"
    )]
    RawOverLines,
    /// `'text'(…)`, `f()()`.
    #[error("only a function or a method can be called")]
    Call,
    /// `f(a=1, 2)`.
    #[error("arguments without a name come before those with one")]
    PositionalAfterNamed,
    /// `a.b(c=1)`.
    #[error("a method takes no arguments with names")]
    NamedInMethod,
    /// Nested deeper than [`MAX_DEPTH`](super::MAX_DEPTH); Kestra may read it.
    #[error("the expression is nested more than {limit} levels deep")]
    TooDeep {
        /// The limit in levels.
        limit: usize,
    },
}

/// How to write text that Kestra shall not render.
const RAW: &str = "put text that Kestra shall leave alone between `{% raw %}` and `{% endraw %}`";

/// What people write who know another language, where it is wrong (anywhere when empty), and the cure.
const CURES: &[(&str, &str, &str)] = &[
    ("&", "", "write `and`"),
    ("|", FILTER, "write `or` for an alternative"),
    ("!", "", "write `not`"),
    ("=", "", "compare with `==`"),
    ("in", "", "write `isIn`"),
    ("not", TEST, "write `is not` with one space"),
    ("if", OPERATOR, "write `elseif`"),
    ("matches", OPERATOR, "use the filter `regexMatch` of Kestra 2.0"),
    ("elif", "", "write `elseif`"),
    (".", VALUE, RAW),
    ("$", "", RAW),
    ("#", "", RAW),
    (
        "{#",
        "",
        "it starts a comment; put text that Kestra shall leave alone between `{% raw %}` and `{% endraw %}`",
    ),
];

/// What may be expected; a cure may depend on it.
pub(super) const VALUE: &str = "a value";
pub(super) const OPERATOR: &str = "an operator or the end";
pub(super) const FILTER: &str = "the name of a filter";
pub(super) const TEST: &str = "the name of a test";

fn cure(found: &str, wanted: &str) -> String {
    let fits =
        |(wrong, place, _): &&(&str, &str, &str)| *wrong == found && (place.is_empty() || *place == wanted);
    CURES.iter().find(fits).map(|(_, _, cure)| format!("; {cure}")).unwrap_or_default()
}
