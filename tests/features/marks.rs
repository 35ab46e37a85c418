//! Reads the marks of tests out of Rust's tokens, so that what stands in strings is no mark, and tests that macros make count.

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use syn::{Expr, ExprLit, Lit, Meta};

use super::table::Column;

/// A test that proves a feature in one column of the matrix.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Mark {
    pub(super) path: String,
    pub(super) test: String,
    pub(super) feature: String,
    pub(super) column: Column,
}

/// The marks of a file of `place`, without its path; errors say what is wrong with a mark.
pub(super) fn marks(text: &str, place: &'static [Column]) -> Vec<Result<Mark, String>> {
    let Ok(tokens) = text.parse() else { return vec![Err("it is no Rust".to_owned())] };
    let mut reader = Reader { place, found: Vec::new() };
    reader.read(tokens);
    reader.found
}

struct Reader {
    place: &'static [Column],
    found: Vec<Result<Mark, String>>,
}

impl Reader {
    /// Attributes gather until the function that they belong to, or until it is clear that there is none.
    fn read(&mut self, tokens: TokenStream) {
        let mut attributes = Vec::new();
        let mut tokens = tokens.into_iter().peekable();
        while let Some(token) = tokens.next() {
            match token {
                TokenTree::Punct(hash) if hash.as_char() == '#' => {
                    attributes.extend(tokens.next_if(is_bracket).and_then(attribute));
                }
                TokenTree::Ident(word) if word == "fn" => {
                    let name = tokens.next().map(|name| name.to_string()).unwrap_or_default();
                    self.function(&name, &std::mem::take(&mut attributes));
                }
                TokenTree::Group(group) => {
                    if group.delimiter() == Delimiter::Brace {
                        self.nothing(&std::mem::take(&mut attributes));
                    }
                    self.read(group.stream());
                }
                TokenTree::Punct(end) if matches!(end.as_char(), ';' | ',') => {
                    self.nothing(&std::mem::take(&mut attributes));
                }
                _ => {}
            }
        }
        self.nothing(&attributes);
    }

    fn function(&mut self, name: &str, attributes: &[Meta]) {
        let has = |word: &str| attributes.iter().any(|attribute| is(attribute, word));
        let (is_test, is_ignored) = (has("test"), has("ignore"));
        for claim in attributes.iter().filter_map(claim) {
            if !is_test || is_ignored {
                self.found.push(Err(format!("{name} proves something, and is no test that runs")));
                continue;
            }
            match self.proofs(name, &claim) {
                Ok(proofs) => self.found.extend(proofs.into_iter().map(Ok)),
                Err(finding) => self.found.push(Err(finding)),
            }
        }
    }

    fn nothing(&mut self, attributes: &[Meta]) {
        let lost = attributes.iter().filter_map(claim);
        self.found.extend(lost.map(|claim| Err(format!("`Proves{claim}` belongs to no function"))));
    }

    /// What follows the first word: `: feature, feature` or ` on HOST: feature`.
    fn proofs(&self, test: &str, claim: &str) -> Result<Vec<Mark>, String> {
        let malformed =
            || format!("{test}: `Proves{claim}` is not of the form `Proves [on HOST]: FEATURE, …`");
        let (host, features) = claim.split_once(':').ok_or_else(malformed)?;
        let is_meant =
            |column: &&Column| host.is_empty() || host.strip_prefix(" on ") == Some(column.title());
        let columns: Vec<Column> = self.place.iter().filter(is_meant).copied().collect();
        if columns.is_empty() {
            return Err(malformed());
        }
        let features = features.split(',').map(str::trim);
        let mark = |feature: &str, column| Mark {
            path: String::new(),
            test: test.to_owned(),
            feature: feature.to_owned(),
            column,
        };
        Ok(features.flat_map(|feature| columns.iter().map(move |column| mark(feature, *column))).collect())
    }
}

fn is_bracket(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Group(group) if group.delimiter() == Delimiter::Bracket)
}

fn attribute(token: TokenTree) -> Option<Meta> {
    let TokenTree::Group(group) = token else { return None };
    syn::parse2(Group::stream(&group)).ok()
}

/// Whether the attribute is of this name, as `test` and `tokio::test` are.
fn is(attribute: &Meta, name: &str) -> bool {
    attribute.path().segments.last().is_some_and(|segment| segment.ident == name)
}

/// What a line of documentation says that the test proves.
fn claim(attribute: &Meta) -> Option<String> {
    let Meta::NameValue(pair) = attribute else { return None };
    let Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) = &pair.value else { return None };
    let text = text.value();
    let claim = text.trim().strip_prefix("Proves")?;
    (is(attribute, "doc") && claim.starts_with([':', ' '])).then(|| claim.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOSTS: &[Column] = &[Column::Terraform, Column::OpenTofu];

    /// The marks as `feature column test`, the mistakes as they are told.
    fn read(text: &str) -> Vec<String> {
        let told = |mark: Result<Mark, String>| match mark {
            Ok(Mark { test, feature, column, .. }) => format!("{feature} {} {test}", column.title()),
            Err(finding) => finding,
        };
        marks(text, HOSTS).into_iter().map(told).collect()
    }

    #[test]
    fn tests_say_what_they_prove() {
        let both = ["a/b Terraform works", "a/b OpenTofu works"];
        let cases: [(&str, &[&str]); 9] = [
            ("/// Proves: a/b\n#[test]\nfn works() {}", &both),
            ("#[tokio::test]\n/// Proves: a/b\npub(crate) async fn works() {}", &both),
            ("mod tests { /// Proves: a/b\n#[test] fn works() {} }", &both),
            ("proptest! { /// Proves: a/b\n#[test]\nfn works(x in 0..9) {} }", &both),
            (
                "/// In words.\n/// Proves on OpenTofu: a/b, c/d\n#[test]\nfn works() {}",
                &["a/b OpenTofu works", "c/d OpenTofu works"],
            ),
            ("const TEXT: &str = \"/// Proves: a/b\";", &[]),
            ("fn helper() {} #[test] fn works() {}", &[]),
            ("// Proves: a/b\n#[test] fn works() {}", &[]),
            (
                "/// Proves that all is well.\nfn works() {}",
                &["works proves something, and is no test that runs"],
            ),
        ];
        for (text, expected) in cases {
            assert_eq!(read(text), expected, "{text}");
        }
    }

    #[test]
    fn marks_that_prove_nothing_are_found() {
        let cases = [
            ("/// Proves: a/b\nfn helper() {}", "helper proves something, and is no test that runs"),
            (
                "/// Proves: a/b\n#[test]\n#[ignore]\nfn works() {}",
                "works proves something, and is no test that runs",
            ),
            ("/// Proves: a/b\nstruct Thing { x: u8 }", "`Proves: a/b` belongs to no function"),
            ("/// Proves: a/b\nconst X: u8 = 1;", "`Proves: a/b` belongs to no function"),
            (
                "/// Proves on Pulumi: a/b\n#[test]\nfn works() {}",
                "works: `Proves on Pulumi: a/b` is not of the form `Proves [on HOST]: FEATURE, …`",
            ),
            (
                "/// Proves a/b\n#[test]\nfn works() {}",
                "works: `Proves a/b` is not of the form `Proves [on HOST]: FEATURE, …`",
            ),
        ];
        for (text, expected) in cases {
            assert_eq!(read(text), [expected], "{text}");
        }
    }
}
