//! Functions, on a provider that nobody configured.

use serde_json::json;
use tfplugin::testing::{Host, HostError, unknown};

use crate::provider::Everything;

async fn hosts() -> [Host; 2] {
    let start = async || Host::start(Everything).await.expect("schemas that a host takes");
    [start().await, start().await.as_opentofu()]
}

/// Proves: functions/positional-parameters, functions/variadic-parameters, functions/null-arguments
/// Proves: functions/unconfigured-provider
#[tokio::test]
async fn functions_take_what_they_are_given() {
    for host in hosts().await {
        let cases = [
            ("repeat", vec![json!("ab"), json!(2)], json!("abab")),
            ("join", vec![json!("-"), json!("a"), json!(""), json!("b")], json!("a-b")),
            ("join", vec![json!("-")], json!("")),
            ("join", vec![json!(null), json!("a"), json!("b")], json!("a,b")),
        ];
        for (name, arguments, expected) in cases {
            assert_eq!(host.call_function(name, &arguments).await, Ok(expected), "{name}");
        }
    }
}

/// Proves: functions/unknown-arguments, functions/dynamic-parameters
#[tokio::test]
async fn a_type_may_be_known_before_the_value() {
    for host in hosts().await {
        let cases = [
            (json!(1), json!("\"number\"")),
            (json!("one"), json!("\"string\"")),
            (json!(["one", true]), json!("[\"tuple\",[\"string\",\"bool\"]]")),
            (json!([unknown()]), json!("[\"tuple\",[\"dynamic\"]]")),
            (unknown(), unknown()),
            (json!(null), json!("null")),
        ];
        for (value, expected) in cases {
            assert_eq!(
                host.call_function("describe", std::slice::from_ref(&value)).await,
                Ok(expected),
                "{value}"
            );
        }
        // A function that does not ask for unknown values is not called with any.
        assert_eq!(host.call_function("repeat", &[unknown(), json!(-1)]).await, Ok(unknown()));
    }
}

/// Proves: functions/error-on-an-argument
#[tokio::test]
async fn an_error_names_the_argument_at_fault() {
    for host in hosts().await {
        let cases = [
            (vec![json!("a"), json!(-1)], "-1 is below zero; give 0 or more", 1),
            (vec![json!(""), json!(2)], "text must be of a length of at least 1", 0),
        ];
        for (arguments, text, argument) in cases {
            let expected = HostError::Function { text: text.to_owned(), argument: Some(argument) };
            assert_eq!(host.call_function("repeat", &arguments).await, Err(expected));
        }
    }
}
