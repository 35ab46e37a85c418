//! List resources.

use serde_json::json;
use tfplugin::testing::{ListOptions, unknown};

use crate::{NOTE, host, says};

/// Proves: list-resources/list, list-resources/limit, list-resources/include-resource, list-resources/display-names
#[tokio::test]
async fn notes_are_listed_up_to_a_limit() {
    let (host, _folder) = host().await;
    for name in ["a", "b", "c"] {
        host.create(NOTE, json!({"shelf": "den", "name": name, "text": name})).await.expect("a note");
    }
    let config = || json!({"shelf": "den"});
    let all = host.list(NOTE, config(), ListOptions::default()).await.expect("a list").objects;
    let names: Vec<&str> = all.iter().map(|listed| listed.display_name.as_str()).collect();
    assert_eq!(names, ["a", "b", "c"]);
    assert!(all.iter().all(|listed| listed.object.is_none()));

    let options = ListOptions { limit: 2, include_object: true };
    let some = host.list(NOTE, config(), options).await.expect("a list").objects;
    assert_eq!(some.len(), 2);
    assert_eq!(some[1].object.as_ref().expect("an object")["text"], "b");
    let imported = host.import_identity(NOTE, &some[1].identity).await.expect("a note");
    assert_eq!(imported.attributes()["text"], "b");
}

/// Proves: list-resources/warnings, list-resources/validation
#[tokio::test]
async fn a_note_that_cannot_be_read_is_left_out() {
    let (host, folder) = host().await;
    host.create(NOTE, json!({"shelf": "den", "name": "a"})).await.expect("a note");
    std::fs::write(folder.path().join("note/den/b"), "no JSON").expect("a broken note");
    let listing = host.list(NOTE, json!({"shelf": "den"}), ListOptions::default()).await.expect("a list");
    assert_eq!(listing.objects.len(), 1);
    assert!(listing.warnings.to_string().starts_with("Note is left out: b: "), "{}", listing.warnings);
    let nowhere = host.list(NOTE, json!({"shelf": ""}), ListOptions::default()).await;
    says(nowhere, "shelf must be of a length of at least 1");
    assert!(host.list(NOTE, json!({"shelf": unknown()}), ListOptions::default()).await.is_err());
}
