//! What core, and Terraform's own framework for providers, ask of the identity of an object: that it is there, known, and
//! the same for the object's whole life.

use super::problem::member;
use crate::value::Value;

/// When an identity was returned, which decides what it must be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::testing) enum Known {
    /// In a plan: parts may be unknown, and it may be absent.
    Later,
    /// After anything else: it must be there, all of it.
    Now,
}

/// A broken rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::testing) enum IdentityProblem {
    Missing,
    Unknown,
    Changed,
}

/// Checks the identity that an object has after a step. A prior identity is one that it must keep.
pub(in crate::testing) fn identity_problem(
    known: Known,
    prior: Option<&Value>,
    identity: Option<&Value>,
) -> Option<IdentityProblem> {
    match (known, identity) {
        (Known::Later, _) => None,
        (Known::Now, None) => Some(IdentityProblem::Missing),
        (Known::Now, Some(identity)) if identity.has_unknown() => Some(IdentityProblem::Unknown),
        (Known::Now, Some(identity)) => {
            prior.is_some_and(|prior| differs(prior, identity)).then_some(IdentityProblem::Changed)
        }
    }
}

/// Parts that an import left out may be filled in; all others stay.
fn differs(prior: &Value, identity: &Value) -> bool {
    let Value::Map(prior) = prior else { return false };
    prior.iter().any(|(name, value)| !value.is_null() && member(identity, name) != value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_identity_is_there_known_and_constant() {
        let identity = |value| Value::Map([("name".to_owned(), value)].into());
        let (a, b, unknown) =
            (identity(Value::from("a")), identity(Value::from("b")), identity(Value::unknown()));
        let cases = [
            (Known::Later, None, None, None),
            (Known::Later, None, Some(&unknown), None),
            (Known::Later, Some(&a), Some(&b), None),
            (Known::Now, None, Some(&a), None),
            (Known::Now, Some(&a), Some(&a), None),
            (Known::Now, Some(&identity(Value::Null)), Some(&a), None),
            (Known::Now, Some(&a), None, Some(IdentityProblem::Missing)),
            (Known::Now, None, Some(&unknown), Some(IdentityProblem::Unknown)),
            (Known::Now, Some(&a), Some(&b), Some(IdentityProblem::Changed)),
        ];
        for (known, prior, identity, expected) in cases {
            assert_eq!(
                identity_problem(known, prior, identity),
                expected,
                "{known:?} {prior:?} {identity:?}"
            );
        }
    }
}
