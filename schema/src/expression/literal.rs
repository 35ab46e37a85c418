//! Texts that Kestra shall not read expressions in.

use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::tags::{pattern, raw_pattern};

/// What Pebble begins something with: an expression, a tag, a comment.
static BEGINNING: LazyLock<Regex> = LazyLock::new(|| pattern(r"\{[{%#]"));

/// What Kestra takes the tags from, even in a text that it has rendered.
static RAW: LazyLock<Regex> = LazyLock::new(|| pattern(&raw_pattern()));

/// A text that Kestra renders to exactly this one.
///
/// `{% raw %}` would do for most texts, but not for those over several lines or with `{% endraw %}` in them.
pub fn literal(text: &str) -> String {
    let wrapped = RAW.replace_all(text, |found: &Captures<'_>| wrapped(&found[0]));
    BEGINNING.replace_all(&wrapped, |found: &Captures<'_>| format!("{{{{ '{}' }}}}", &found[0])).into_owned()
}

/// Kestra takes the first tag and the first that closes it: what remains is the part as it was.
fn wrapped(raw: &str) -> String {
    let closing = raw.rfind("{%").map_or("", |at| &raw[at..]);
    format!("{{% raw %}}{raw}{closing}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::expression::{Kind, parse};
    use crate::line::KestraLine;

    #[test]
    fn only_what_begins_something_is_replaced() {
        for (text, expected) in [
            ("", ""),
            ("{a} } }} %} ${b}", "{a} } }} %} ${b}"),
            ("{{ a }}", "{{ '{{' }} a }}"),
            ("{{{%#}", "{{ '{{' }}{{ '{%' }}#}"),
            ("{# a #}\n{% endraw %}", "{{ '{#' }} a #}\n{{ '{%' }} endraw %}"),
        ] {
            assert_eq!(literal(text), expected);
        }
    }

    #[test]
    fn it_is_read_as_texts_only() {
        for text in
            ["{{", "{%", "{#", "{{{{", "{{{", "}}{{}}", "'{{'", "{% raw %}{{ a }}{% endraw %}", "{{-", "{%-"]
        {
            for line in KestraLine::ALL {
                let template =
                    parse(&literal(text), line).unwrap_or_else(|error| panic!("{text}: {error:?}"));
                let is_text = |kind: &Kind| matches!(kind, Kind::Text(_));
                assert!(template.nodes().iter().all(|node| is_text(&node.kind)), "{text}: {template:?}");
            }
        }
    }
}
