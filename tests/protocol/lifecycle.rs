//! The CLI's own words about an object's life: replace, taint, create before destroy, ignore changes, and what a provider
//! says to a destroy.

use harness::for_each_host;
use serde_json::json;

use super::{NOTE, actions, note, project, stored};

/// Proves: plan/plan-of-a-destroy-refused
#[test]
fn a_guarded_note_is_not_destroyed() {
    for_each_host(|host| {
        let workspace = project(host, &note("labels = { guarded = \"yes\" }"));
        workspace.apply_and_settle();
        workspace
            .run(&["destroy", "-no-color", "-auto-approve"])
            .fails_with("Note is guarded")
            .says("Take that away first.");
        workspace.file("main.tf", "");
        workspace.plan().fails_with("Note is guarded");
        workspace.file("main.tf", &note(""));
        workspace.apply_and_settle();
        workspace.destroy();
        assert_eq!(stored(&workspace, "den", "note"), json!(null));
    });
}

/// Proves: resources/replace-on-demand, resources/tainted-objects
#[test]
fn an_object_is_replaced_on_demand() {
    for_each_host(|host| {
        let workspace = project(host, &note("text = \"a\""));
        workspace.apply_and_settle();
        workspace
            .run(&["apply", "-no-color", "-auto-approve", "-replace", NOTE])
            .succeeds()
            .says("1 added, 0 changed, 1 destroyed");
        workspace.plan().is_empty_plan();
        workspace.run(&["taint", NOTE]).succeeds();
        assert_eq!(actions(&workspace, NOTE), json!(["delete", "create"]));
        workspace.apply_and_settle().says("1 added, 0 changed, 1 destroyed");
    });
}

/// Proves: resources/create-before-destroy
#[test]
fn the_new_object_may_come_before_the_old_one_goes() {
    for_each_host(|host| {
        let first = note("lifecycle {\n create_before_destroy = true\n}");
        let workspace = project(host, &first);
        workspace.apply_and_settle();
        workspace.file("main.tf", &first.replace("\"note\"", "\"other\""));
        assert_eq!(actions(&workspace, NOTE), json!(["create", "delete"]));
        workspace.apply_and_settle().says("1 added, 0 changed, 1 destroyed");
        assert_eq!(stored(&workspace, "den", "note"), json!(null));
        assert_eq!(stored(&workspace, "den", "other")["revision"], json!(1));
    });
}

#[test]
fn ignored_changes_are_not_made() {
    for_each_host(|host| {
        let ignoring = |text: &str| {
            let lifecycle = "lifecycle {\n ignore_changes = [text, lines[0].text]\n}";
            note(&format!("text = \"{text}\"\nlines = [{{ text = \"{text}\" }}]\n{lifecycle}"))
        };
        let workspace = project(host, &ignoring("a"));
        workspace.apply_and_settle();
        workspace.file("main.tf", &ignoring("b"));
        workspace.plan().is_empty_plan();
        workspace.run(&["apply", "-no-color", "-auto-approve", "-replace", NOTE]).succeeds();
        // A new object has nothing to keep.
        assert_eq!(stored(&workspace, "den", "note")["text"], "b");
    });
}

/// Proves: resources/drift, resources/an-object-that-is-gone
#[test]
fn what_others_change_is_seen_and_what_they_delete_is_made_again() {
    for_each_host(|host| {
        let workspace = project(host, &note("text = \"a\""));
        workspace.apply_and_settle();
        let mut theirs = stored(&workspace, "den", "note");
        theirs["text"] = json!("theirs");
        workspace.file("store/note/den/note", &theirs.to_string());
        assert_eq!(actions(&workspace, NOTE), json!(["update"]));
        workspace.apply_and_settle();
        workspace.remove("store/note/den/note");
        assert_eq!(actions(&workspace, NOTE), json!(["create"]));
        workspace.apply_and_settle().says("1 added");
    });
}

/// Proves: resources/a-create-that-fails
#[test]
fn an_object_that_exists_is_not_taken_by_force() {
    for_each_host(|host| {
        let that = note("depends_on = [everything_note.this]").replace("\"this\"", "\"that\"");
        let workspace = project(host, &(note("") + &that));
        workspace.apply().fails_with("There is a note den/note already.").says("with everything_note.that");
        assert_eq!(workspace.attributes("everything_note.that"), json!(null));
        assert_eq!(workspace.attributes(NOTE)["id"], "den/note");
    });
}

/// Proves: schema/timeouts
#[test]
fn operations_have_timeouts() {
    for_each_host(|host| {
        let workspace = project(host, &note("timeouts = { create = \"0s\" }"));
        workspace.apply().fails_with("`timeouts` leaves no time at all.");
        workspace.file("main.tf", &note("timeouts = { create = \"1h30m\" }"));
        workspace.apply_and_settle();
        assert_eq!(workspace.attributes(NOTE)["timeouts"]["create"], "1h30m");
    });
}

/// Proves: resources/an-update-that-fails
#[test]
fn an_update_that_fails_changes_nothing() {
    for_each_host(|host| {
        let workspace = project(host, &note("text = \"a\""));
        workspace.apply_and_settle();
        workspace.file("main.tf", &note("text = \"b\"\ntimeouts = { create = \"0s\" }"));
        workspace.apply().fails_with("`timeouts` leaves no time at all.");
        assert_eq!(workspace.attributes(NOTE)["text"], "a");
        workspace.file("main.tf", &note("text = \"b\""));
        assert_eq!(actions(&workspace, NOTE), json!(["update"]));
        workspace.apply_and_settle();
    });
}

/// Proves: resources/a-delete-that-fails
#[test]
fn a_delete_that_fails_keeps_the_object_in_the_state() {
    for_each_host(|host| {
        let workspace = project(host, &note(""));
        workspace.apply_and_settle();
        // A folder in the place of the file cannot be deleted as one.
        workspace.remove("store/note/den/note");
        workspace.file("store/note/den/note/in_the_way", "");
        let destroy = workspace.run(&["destroy", "-no-color", "-auto-approve", "-refresh=false"]);
        destroy.fails_with("Could not delete the object").says("The file system says");
        assert_eq!(workspace.attributes(NOTE)["id"], "den/note");
    });
}

/// Proves: resources/private-state
#[test]
fn what_the_provider_remembers_is_in_the_state() {
    for_each_host(|host| {
        let workspace = project(host, &note(""));
        let remembered = || {
            workspace.run(&["apply", "-no-color", "-auto-approve"]).succeeds();
            let state = workspace.run(&["state", "pull"]).succeeds().json();
            state["resources"][0]["instances"][0]["private"].clone()
        };
        // The provider counts how often it read the note.
        let (created, read, again) = (remembered(), remembered(), remembered());
        assert_eq!(created, json!(null));
        assert!(read.is_string() && again.is_string() && read != again, "{read} {again}");
    });
}
