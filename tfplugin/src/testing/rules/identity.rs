//! What core, and Terraform's own framework for providers, ask of the identity of an object: that it is there, known, and
//! the same for the object's whole life.

use crate::value::Value;

/// When the identity was returned, which decides what it must be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::testing) enum Known {
    /// A plan of a new object: parts may be unknown, and it may be absent.
    Later,
    /// Anything else: it must be there, all of it.
    Now,
}

/// A broken rule: Terraform's headline and its words.
pub(in crate::testing) type IdentityProblem = (String, String);

/// Checks the identity that an object has after a step, named as in `Read`. A prior identity is one it must keep.
pub(in crate::testing) fn identity_problems(
    known: Known,
    step: &str,
    prior: Option<&Value>,
    identity: Option<&Value>,
) -> Vec<IdentityProblem> {
    let Some(identity) = identity.filter(|identity| !identity.is_null()) else {
        return if known == Known::Now { vec![missing(step)] } else { Vec::new() };
    };
    if known == Known::Now && identity.has_unknown() {
        return vec![unknown(step)];
    }
    match prior {
        Some(prior) if known == Known::Now && prior != identity => vec![changed(step)],
        _ => Vec::new(),
    }
}

fn missing(step: &str) -> IdentityProblem {
    let words = "The Terraform Provider unexpectedly returned no resource identity data after having no errors in the \
                 resource";
    (format!("Missing Resource Identity After {step}"), format!("{words} {}.", step.to_lowercase()))
}

fn unknown(step: &str) -> IdentityProblem {
    let words = "returned an identity with unknown values";
    ("Provider produced invalid identity".to_owned(), format!("The provider {words} during {}.", step.to_lowercase()))
}

fn changed(step: &str) -> IdentityProblem {
    let words = "During the operation, the Terraform Provider unexpectedly returned a different identity than the \
                 previously stored one: the identity of an object may not change";
    ("Unexpected Identity Change".to_owned(), format!("{words} in its {}.", step.to_lowercase()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_identity_is_there_known_and_constant() {
        let identity = |value| Value::Map([("name".to_owned(), value)].into());
        let (a, b, none) = (identity(Value::from("a")), identity(Value::from("b")), identity(Value::unknown()));
        let cases = [
            (Known::Later, None, None, None),
            (Known::Later, None, Some(&none), None),
            (Known::Later, Some(&a), Some(&b), None),
            (Known::Now, None, Some(&a), None),
            (Known::Now, Some(&a), Some(&a), None),
            (Known::Now, Some(&a), None, Some("Missing Resource Identity After Read")),
            (Known::Now, None, Some(&Value::Null), Some("Missing Resource Identity After Read")),
            (Known::Now, None, Some(&none), Some("Provider produced invalid identity")),
            (Known::Now, Some(&a), Some(&b), Some("Unexpected Identity Change")),
        ];
        for (known, prior, identity, expected) in cases {
            let problems = identity_problems(known, "Read", prior, identity);
            let summary = problems.first().map(|(summary, _)| summary.as_str());
            assert_eq!(summary, expected, "{known:?} {prior:?} {identity:?}");
        }
    }
}
