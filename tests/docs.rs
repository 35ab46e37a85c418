//! The pages that registries show are those that the schemas and examples of today make.

use tfplugin::docs::{Page, pages};

use crate::{
    golden::{self, Files},
    tidy::{root, texts},
};

#[test]
fn the_registrys_pages_are_up_to_date() {
    let pages =
        pages(&provider::provider(), &root().join("examples")).unwrap_or_else(|error| panic!("{error}"));
    let made = pages.iter().map(|page| (format!("docs/{}", page.path), Some(page.to_string())));
    let files: Files = committed().map(|path| (path, None)).chain(made).collect();
    golden::compare(&files);
}

/// The generated pages that are there; `docs` holds others too.
fn committed() -> impl Iterator<Item = String> {
    let generated = |path: &str, text: &str| path.starts_with("docs/") && text.contains(Page::MARK);
    texts().into_iter().filter(move |(path, text)| generated(path, text)).map(|(path, _)| path)
}
