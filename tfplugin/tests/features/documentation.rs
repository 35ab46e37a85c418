//! The lint and the pages of the provider that has everything: every kind of thing is looked at and gets its page.

use std::path::Path;

use tfplugin::{docs, schema};

use crate::provider::Everything;

/// Proves: provider/schema-rules-that-hosts-enforce
#[test]
fn every_schema_is_fit_to_be_released() {
    assert_eq!(schema::lint(&Everything), []);
}

#[test]
fn every_kind_of_thing_has_a_page() {
    let pages = docs::pages(&Everything, Path::new("no examples")).expect("pages without examples");
    let headings = [
        ("index.md", "# everything Provider"),
        ("resources/note.md", "# everything_note (Resource)"),
        ("resources/memo.md", "# everything_memo (Resource)"),
        ("data-sources/note.md", "# everything_note (Data Source)"),
        ("ephemeral-resources/token.md", "# everything_token (Ephemeral Resource)"),
        ("list-resources/note.md", "# everything_note (List Resource)"),
        ("actions/copy.md", "# everything_copy (Action)"),
        ("functions/describe.md", "# function: describe"),
        ("functions/join.md", "# function: join"),
        ("functions/repeat.md", "# function: repeat"),
    ];
    let paths: Vec<&str> = pages.iter().map(|page| page.path.as_str()).collect();
    assert_eq!(paths, headings.map(|(path, _)| path));
    for (page, (path, heading)) in pages.iter().zip(headings) {
        let text = page.to_string();
        assert!(text.contains(&format!("\n{heading}\n")), "{path}: {text}");
    }
}
