//! The lint and the pages of the provider that has everything: every kind of thing is looked at and gets its page.

#[path = "../examples/everything/copy.rs"]
mod copy;
#[path = "../examples/everything/describe.rs"]
mod describe;
#[path = "../examples/everything/join.rs"]
mod join;
#[path = "../examples/everything/memo.rs"]
mod memo;
#[path = "../examples/everything/note.rs"]
mod note;
#[path = "../examples/everything/note_data.rs"]
mod note_data;
#[path = "../examples/everything/note_list.rs"]
mod note_list;
#[path = "../examples/everything/provider.rs"]
mod provider;
#[path = "../examples/everything/repeat.rs"]
mod repeat;
#[path = "../examples/everything/store.rs"]
mod store;
#[path = "../examples/everything/token.rs"]
mod token;

use std::path::Path;

use provider::Everything;
use tfplugin::{docs, schema};

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
