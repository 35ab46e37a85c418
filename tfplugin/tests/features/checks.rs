//! What is checked of a configuration before anything is planned.

use serde_json::{Value, json};
use tfplugin::testing::{Host, HostError, unknown};

use crate::provider::Everything;
use crate::{NOTE, note};

/// The messages about a note with these attributes, each with its place.
async fn problems(more: Value) -> Vec<String> {
    // Checks need no configured provider.
    let host = Host::start(Everything).await.expect("schemas that a host takes");
    let found = match host.validate(NOTE, &note(more)).await {
        Ok(warnings) => warnings,
        Err(HostError::Diagnostics(errors)) => errors,
        Err(error) => panic!("{error}"),
    };
    found.iter().map(|d| format!("{}: {}", d.attribute, d.detail)).collect()
}

/// Proves: validation/validators-of-attributes, validation/validators-in-nested-attributes
/// Proves: validation/errors-at-their-attribute
#[tokio::test]
async fn validators_name_the_attribute_and_what_it_must_be() {
    let cases = [
        (
            json!({"colour": "pink"}),
            "colour: colour must be one of `white`, `yellow`, `black`; got \"pink\".",
        ),
        (json!({"priority": 10}), "priority: priority must be a number from 1 to 9; got 10."),
        (
            json!({"lines": [{"text": "a"}, {"text": "b", "with": "chalk"}]}),
            "lines[1].with: lines[1].with must be one of `ink`, `pencil`; got \"chalk\".",
        ),
        (
            json!({"timeouts": {"create": "soon"}}),
            "timeouts.create: timeouts.create must be a duration such as `30s`, `5m` or `1h30m`; got \"soon\".",
        ),
    ];
    for (more, expected) in cases {
        assert_eq!(problems(more).await, [expected]);
    }
}

/// Proves: schema/read-only-attributes
#[tokio::test]
async fn what_only_the_provider_decides_cannot_be_set() {
    let expected = "house: house is decided by the provider. Remove it from the configuration.";
    assert_eq!(problems(json!({"house": "mine"})).await, [expected]);
    let expected =
        "lines[0].length: lines[0].length is decided by the provider. Remove it from the configuration.";
    assert_eq!(problems(json!({"lines": [{"text": "a", "length": 1}]})).await, [expected]);
}

/// Proves: validation/rules-over-several-attributes, schema/sensitive-values-in-no-message
#[tokio::test]
async fn a_rule_names_its_attributes_and_no_value() {
    let expected = ": All or none of these can be set: secret_wo, secret_wo_version.";
    assert_eq!(problems(json!({"secret_wo": "s3cret"})).await, [expected]);
    assert_eq!(problems(json!({"secret_wo_version": 1})).await, [expected]);
}

/// Proves: validation/warnings, schema/deprecated-attributes
#[tokio::test]
async fn a_warning_is_no_error() {
    let found = problems(json!({"text": "the password", "keyword": "k"})).await;
    let expected = [
        "keyword: keyword is deprecated. Use `keywords`.",
        "text: Use `secret_wo` for what nobody should read.",
    ];
    assert_eq!(found, expected);
}

/// Proves: validation/unknown-values-are-not-refused
#[tokio::test]
async fn what_is_not_known_yet_is_not_wrong_yet() {
    let more = json!({
        "colour": unknown(), "priority": unknown(), "lines": unknown(), "stamp": unknown(), "timeouts": unknown(),
        "secret_wo": unknown(), "secret_wo_version": 1,
    });
    assert_eq!(problems(more).await, [""; 0]);
    assert_eq!(problems(json!({"lines": [{"text": unknown(), "with": unknown()}]})).await, [""; 0]);
}
