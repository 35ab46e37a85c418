//! Descriptions as Markdown: what is left of one where there is only plain text, and whether it is written for readers of
//! Rust, since descriptions come from doc comments.

use pulldown_cmark::{BrokenLink, CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

/// The text without its markup: links become their words, each paragraph becomes one line.
pub(crate) fn plain(markdown: &str) -> String {
    let words = Parser::new(markdown).map(|event| match event {
        Event::Text(text) | Event::Code(text) => text.into_string(),
        Event::SoftBreak => " ".to_owned(),
        Event::HardBreak | Event::End(TagEnd::Paragraph | TagEnd::Item | TagEnd::Heading(_)) => {
            "\n".to_owned()
        }
        _ => String::new(),
    });
    words.collect::<String>().trim().to_owned()
}

/// Whether only rustdoc shows the text as it is meant: it links to Rust items, or holds code without saying in which
/// language, which rustdoc takes for Rust.
pub(crate) fn is_for_rust(markdown: &str) -> bool {
    let mut links_to_item = false;
    let note = |link: BrokenLink<'_>| {
        links_to_item |= is_rust_path(&link.reference);
        None
    };
    let parser = Parser::new_with_broken_link_callback(markdown, Options::empty(), Some(note));
    let code_or_link = parser.filter(is_rust).count() > 0;
    code_or_link || links_to_item
}

fn is_rust(event: &Event<'_>) -> bool {
    match event {
        Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)) => true,
        Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(language))) => RUST.contains(&&**language),
        Event::Start(Tag::Link { dest_url, .. }) => is_rust_path(dest_url),
        _ => false,
    }
}

/// What rustdoc takes for Rust.
const RUST: [&str; 6] = ["", "rust", "no_run", "ignore", "should_panic", "compile_fail"];

/// `crate::Thing`, or `` `thing()` ``.
fn is_rust_path(link: &str) -> bool {
    let path = link.trim_matches('`').trim_end_matches("()");
    !path.is_empty() && path.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | ':'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_text_keeps_words_and_paragraphs() {
        for (markdown, expected) in [
            ("A *flow*, see `id`.", "A flow, see id."),
            ("A [flow](https://example.com/flow):\ntasks in one document.", "A flow: tasks in one document."),
            ("One.\n\nTwo,\nand three.\n", "One.\nTwo, and three."),
            ("Either:\n\n* a\n* b", "Either:\na\nb"),
            ("a < b & `c`", "a < b & c"),
            ("", ""),
        ] {
            assert_eq!(plain(markdown), expected, "{markdown}");
        }
    }

    #[test]
    fn text_for_readers_of_rust_is_found() {
        for markdown in [
            "See [`Entry`].",
            "See [crate::Entry].",
            "See [the entry](Entry::key).",
            "Calls [`read()`].",
            "```\nlet x = 1;\n```",
            "```rust\nlet x = 1;\n```",
            "Code:\n\n    let x = 1;",
        ] {
            assert!(is_for_rust(markdown), "{markdown}");
        }
    }

    #[test]
    fn text_for_everybody_passes() {
        for markdown in [
            "`Entry::key` is only code.",
            "See [the documentation](https://example.com/a).",
            "See [another page](../data-sources/entry.md) or [below](#schema).",
            "A list such as `[1, 2]` or [1, 2].",
            "```hcl\nkey = 1\n```",
            "",
        ] {
            assert!(!is_for_rust(markdown), "{markdown}");
        }
    }
}
