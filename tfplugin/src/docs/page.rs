//! A page as parts, and how they become Markdown.

use std::fmt;

/// A page of the documentation; its [`Display`](fmt::Display) is the file, in Markdown with front matter.
#[derive(Clone, Debug)]
pub struct Page {
    /// Where the file belongs in the folder `docs`, such as `resources/entry.md`.
    pub path: String,
    pub(super) title: String,
    /// Plain text, for lists of pages.
    pub(super) description: String,
    pub(super) heading: String,
    pub(super) parts: Vec<Part>,
}

impl Page {
    /// A comment in every file, by which generated files are told from others.
    pub const MARK: &'static str =
        "# generated from the provider's schemas and examples: changes here are lost";

    /// Registries want no subcategory in the first page.
    fn is_index(&self) -> bool {
        self.path == "index.md"
    }
}

/// What stands between two blank lines.
#[derive(Clone, Debug)]
pub(super) enum Part {
    Heading {
        level: usize,
        text: String,
        anchor: Option<String>,
    },
    Text(String),
    Code {
        language: &'static str,
        text: String,
    },
    /// Items with the same bullet: `-`, or `1.`, which Markdown counts on.
    List {
        bullet: &'static str,
        items: Vec<String>,
    },
}

impl Part {
    pub(super) fn heading(level: usize, text: impl Into<String>) -> Self {
        Self::Heading { level, text: text.into(), anchor: None }
    }

    pub(super) fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    pub(super) fn code(language: &'static str, text: impl Into<String>) -> Self {
        Self::Code { language, text: text.into() }
    }
}

impl fmt::Display for Page {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let description = self.description.replace('\n', "\n  ");
        writeln!(f, "---\n{}\npage_title: {:?}", Self::MARK, self.title)?;
        if !self.is_index() {
            writeln!(f, "subcategory: \"\"")?;
        }
        writeln!(f, "description: |-\n  {description}\n---\n\n# {}", self.heading)?;
        self.parts.iter().try_for_each(|part| write!(f, "\n{part}"))
    }
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Heading { level, text, anchor } => {
                anchor.iter().try_for_each(|anchor| writeln!(f, "<a id=\"{anchor}\"></a>"))?;
                writeln!(f, "{} {text}", "#".repeat(*level))
            }
            Self::Text(text) => writeln!(f, "{}", text.trim()),
            Self::Code { language, text } => writeln!(f, "```{language}\n{}\n```", text.trim()),
            Self::List { bullet, items } => items.iter().try_for_each(|item| writeln!(f, "{bullet} {item}")),
        }
    }
}
