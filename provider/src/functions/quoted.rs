//! Texts inside of Kestra's expressions.

/// A text as a literal of an expression; quotes and backslashes in it stay what they are.
pub(super) fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\\', r"\\").replace('\'', r"\'"))
}

#[cfg(test)]
mod tests {
    use schema::KestraLine;
    use schema::expression::parse;

    use super::*;

    #[test]
    fn quotes_do_not_end_a_literal() {
        for (text, expected) in [("KEY", "'KEY'"), ("it's", r"'it\'s'"), (r"a\", r"'a\\'")] {
            assert_eq!(quoted(text), expected);
            assert!(parse(&format!("{{{{ {} }}}}", quoted(text)), KestraLine::V2_0).is_ok(), "{text}");
        }
    }
}
