//! The checks that every answer with an object passes: it is of the schema's type, and holds nothing it must not.

use super::failure::{HostError, Violation, check};
use super::rules::{Known, Problem, identity_problem, unknown_paths, write_only_paths};
use super::schema::Schema;
use super::schemas::ResourceType;
use super::words::{Step, Subject};
use crate::value::{Type, Value};
use crate::wire::convert;
use crate::wire::proto::tfplugin6 as proto;

impl Subject<'_> {
    /// The object of an answer, which is of the schema's type and without write-only values.
    pub(super) fn object(
        &self,
        step: Step,
        schema: &Schema,
        answer: Option<proto::DynamicValue>,
    ) -> Result<Value, HostError> {
        let value = self.value(step, &schema.ty, answer)?;
        let leaks = write_only_paths(&schema.block, &value);
        check(leaks.into_iter().map(|path| self.write_only(step, path)).collect())?;
        Ok(value)
    }

    pub(super) fn value(
        &self,
        step: Step,
        ty: &Type,
        answer: Option<proto::DynamicValue>,
    ) -> Result<Value, HostError> {
        let misfit =
            |error: crate::value::ValueError| Problem { text: error.kind.to_string(), path: error.path };
        convert::decode(answer, ty).map_err(|error| self.invalid(step, misfit(error)).into())
    }

    /// What is unknown in an object that should be known by now.
    pub(super) fn unknowns(&self, step: Step, schema: &Schema, value: &Value) -> Vec<Violation> {
        unknown_paths(value, &schema.ty).into_iter().map(|path| self.unknown(step, path)).collect()
    }

    /// The identity of an answer, by the rules of the step; a resource without an identity schema must have none.
    pub(super) fn identity(
        &self,
        resource: &ResourceType,
        answer: Option<proto::ResourceIdentityData>,
        rules: IdentityRules<'_>,
    ) -> Result<Option<Value>, HostError> {
        let Some(schema) = &resource.identity else {
            return if answer.is_none() { Ok(None) } else { Err(self.surplus_identity().into()) };
        };
        let identity = convert::decode_identity(answer, &schema.ty)
            .map_err(|error| Violation::new("Provider produced invalid identity", error.to_string()))?;
        let identity = Some(identity).filter(|identity| !identity.is_null());
        match identity_problem(rules.known, rules.prior, identity.as_ref()) {
            Some(problem) => Err(self.invalid_identity(rules.step, problem).into()),
            None => Ok(identity),
        }
    }
}

/// What the identity of an answer must be.
#[derive(Clone, Copy)]
pub(super) struct IdentityRules<'v> {
    pub(super) known: Known,
    /// The step's name in messages: `Create`, `Read`, `Update`, `Import`.
    pub(super) step: &'static str,
    /// The identity that must not change.
    pub(super) prior: Option<&'v Value>,
}
