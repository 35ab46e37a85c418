//! What is checked before anything is planned: validators, rules, warnings, deprecations. Each is told where it is written.

use harness::for_each_host;

use super::{note, project};

/// What is written, to which line the user is sent, and with which words. Hosts find attributes and not what is in them.
const REFUSED: [(&str, u8, &str); 7] = [
    ("colour = \"pink\"", 4, "colour must be one of `white`, `yellow`, `black`; got \"pink\"."),
    ("priority = 10", 4, "priority must be a number from 1 to 9; got 10."),
    ("labels = 1", 4, "Inappropriate value for attribute \"labels\": map of string required"),
    (
        "lines = [{ text = \"a\" }, { text = \"b\", with = \"chalk\" }]",
        1,
        "lines[1].with must be one of `ink`, `pencil`; got \"chalk\".",
    ),
    (
        "timeouts = { create = \"soon\" }",
        1,
        "timeouts.create must be a duration such as `30s`, `5m` or `1h30m`; got \"soon\".",
    ),
    ("secret_wo_version = 1", 1, "All or none of these can be set: secret_wo, secret_wo_version."),
    ("house = \"mine\"", 4, "house is decided by the provider. Remove it from the configuration."),
];

/// Proves: validation/validators-of-attributes, validation/validators-in-nested-attributes
/// Proves: validation/rules-over-several-attributes, validation/errors-at-their-attribute
/// Proves: schema/read-only-attributes
#[test]
fn what_is_wrong_is_refused_where_it_is_written() {
    for_each_host(|host| {
        let workspace = project(host, "");
        for (lines, place, words) in REFUSED {
            workspace.file("main.tf", &note(lines));
            workspace.validate().fails_with(words).says(&format!("on main.tf line {place}"));
            workspace.plan().fails_with(words).says(&format!("on main.tf line {place}"));
        }
    });
}

/// Proves: validation/unknown-values-are-not-refused
#[test]
fn what_is_not_known_yet_is_not_wrong_yet() {
    for_each_host(|host| {
        let pink = "resource \"terraform_data\" \"this\" {\n  input = \"pink\"\n}\n";
        let workspace = project(host, &(note("colour = terraform_data.this.output") + pink));
        workspace.validate().succeeds();
        workspace.plan().plans_changes();
        workspace.apply().fails_with("colour must be one of `white`, `yellow`, `black`; got \"pink\".");
    });
}

/// Proves: validation/warnings
#[test]
fn a_warning_stops_nothing() {
    for_each_host(|host| {
        let workspace = project(host, &note("text = \"the password is easy\""));
        let validated = workspace.validate().succeeds().says("Warning: Text may hold a password");
        validated.says("on main.tf line 4").says("Use `secret_wo` for what nobody should read.");
        workspace.apply().succeeds().says("Warning: Text may hold a password").says("1 added");
    });
}

/// Proves: schema/deprecated-attributes
#[test]
fn a_deprecated_attribute_is_told_once_it_is_set() {
    for_each_host(|host| {
        let workspace = project(host, &note("keyword = \"k\""));
        let validated = workspace.validate().succeeds().says("Warning: Deprecated attribute");
        validated.says("on main.tf line 4").says("keyword is deprecated. Use `keywords`.");
        workspace.apply_and_settle().says("keyword is deprecated.");
        workspace.file("main.tf", &note("keywords = [\"k\"]"));
        let validated = workspace.validate().succeeds();
        assert!(!validated.text().contains("eprecated"), "{validated}");
    });
}
