//! One change of one object as core makes it: plan again with what is known by now, compare, apply, check the answer, and
//! save what there is to save, whatever else went wrong.

use tonic::Request;

use super::apply::Applied;
use super::conform::IdentityRules;
use super::failure::{HostError, Violation, check};
use super::host::Host;
use super::object::{Current, Object};
use super::plan::Plan;
use super::propose::Outcome;
use super::rpc::{answer, diagnostics, encode, encode_identity};
use super::rules::{Action, Known, object_compatible};
use super::schemas::ResourceType;
use super::words::Step;
use crate::diagnostics::Diagnostics;
use crate::value::Value;
use crate::wire::proto::tfplugin6 as proto;

/// A change to be asked for.
struct Change<'c> {
    prior: Option<&'c Current>,
    config: &'c Value,
    outcome: &'c Outcome,
}

impl Host {
    /// A create, when there is no prior object, or an update: planned again before it is made.
    pub(super) async fn change(
        &self,
        resource: &ResourceType,
        plan: &Plan,
        prior: Option<&Object>,
        config: &Value,
    ) -> Result<Applied, HostError> {
        let current = match prior {
            Some(object) => Some(self.load(resource, object).await?),
            None => None,
        };
        let outcome = self.propose(resource, current.as_ref(), config, false).await?;
        if outcome.deferred {
            return Err(self.subject(&resource.name).unexpected_deferral().into());
        }
        self.check_final_plan(resource, plan, &outcome)?;
        if outcome.action == Action::NoOp {
            return Ok(Applied::done(prior.cloned()));
        }
        let change = Change { prior: current.as_ref(), config, outcome: &outcome };
        Ok(self.make(resource, prior, change).await)
    }

    /// An update may turn out to be unnecessary; nothing else may change between the plans.
    fn check_final_plan(&self, resource: &ResourceType, plan: &Plan, now: &Outcome) -> Result<(), HostError> {
        let subject = self.subject(&resource.name);
        let planned = if plan.action() == Action::Replace { Action::Create } else { plan.action() };
        match (planned, now.action) {
            (Action::Update, Action::NoOp) => {}
            (planned, now) if planned == now => {}
            (planned, now) => return Err(subject.inconsistent_action(planned, now).into()),
        }
        let problems = object_compatible(&resource.schema.block, &plan.outcome.planned, &now.planned);
        check(problems.into_iter().map(|problem| subject.inconsistent_plan(problem)).collect())
    }

    pub(super) async fn delete(&self, resource: &ResourceType, plan: &Plan) -> Result<Applied, HostError> {
        let Some(object) = &plan.prior else { return Ok(Applied::done(None)) };
        let current = self.load(resource, object).await?;
        let outcome = Outcome {
            private: plan.outcome.private.clone(),
            identity: plan.outcome.identity.clone(),
            ..Outcome::nothing(Action::Delete)
        };
        let change = Change { prior: Some(&current), config: &Value::Null, outcome: &outcome };
        Ok(self.make(resource, Some(object), change).await)
    }

    /// Asks for the change; whatever goes wrong, something stays in the state.
    async fn make(&self, resource: &ResourceType, prior: Option<&Object>, change: Change<'_>) -> Applied {
        let settled = match self.ask_apply(resource, &change).await {
            Ok(answer) => self.settle(resource, &change, answer),
            Err(error) => Err(error),
        };
        settled.unwrap_or_else(|error| Applied::failed(prior.cloned(), error))
    }

    async fn ask_apply(
        &self,
        resource: &ResourceType,
        change: &Change<'_>,
    ) -> Result<proto::apply_resource_change::Response, HostError> {
        let schema = &resource.schema;
        let prior = change.prior.map_or(&Value::Null, |current| &current.value);
        let request = proto::apply_resource_change::Request {
            type_name: resource.name.clone(),
            prior_state: encode(prior, &schema.ty)?,
            planned_state: encode(&change.outcome.planned, &schema.ty)?,
            config: encode(change.config, &schema.ty)?,
            planned_private: change.outcome.private.clone(),
            planned_identity: encode_identity(change.outcome.identity.as_ref(), resource.identity_type())?,
            provider_meta: self.options.meta.clone(),
        };
        answer(self.service.apply_resource_change(Request::new(request))).await
    }

    /// What is in the state after an answer. An error means that the answer is of no use, and the state stays as it was.
    fn settle(
        &self,
        resource: &ResourceType,
        change: &Change<'_>,
        answer: proto::apply_resource_change::Response,
    ) -> Result<Applied, HostError> {
        let subject = self.subject(&resource.name);
        let is_missing = answer.new_state.is_none();
        let value = subject.object(Step::Apply, &resource.schema, answer.new_state)?;
        let (warnings, failure) = match diagnostics(answer.diagnostics)?.into_result() {
            Ok(warnings) => (warnings, None),
            Err(errors) => (Diagnostics::new(), Some(HostError::Diagnostics(errors))),
        };
        match failure {
            Some(failure) if value.is_null() => return Err(failure),
            None if is_missing => return Err(subject.nil_after_apply().into()),
            _ => {}
        }
        let broken = check(self.broken_rules(resource, change, &value, failure.is_some()));
        let rules = self.identity_rules(resource, change, failure.is_some());
        let (identity, unidentified) = match subject.identity(resource, answer.new_identity, rules) {
            Ok(identity) => (identity, None),
            Err(error) => (None, Some(error)),
        };
        let error = failure.or(broken.err()).or(unidentified);
        let tainted = error.is_some() && change.prior.is_none();
        let current = Current { value, private: answer.private, identity, tainted };
        let object = if current.value.is_null() { None } else { Some(Object::save(resource, current)?) };
        Ok(Applied { object, deposed: None, warnings, error })
    }

    /// The rules that the new object breaks. After a failure it only has to be known.
    fn broken_rules(
        &self,
        resource: &ResourceType,
        change: &Change<'_>,
        value: &Value,
        has_failed: bool,
    ) -> Vec<Violation> {
        let (schema, subject) = (&resource.schema, self.subject(&resource.name));
        let unknown = subject.unknowns(Step::Apply, schema, value);
        if has_failed || !unknown.is_empty() {
            return unknown;
        }
        match (change.outcome.planned.is_null(), value.is_null()) {
            (true, true) => Vec::new(),
            (true, false) => vec![subject.left_after_delete()],
            (false, _) => {
                let problems = object_compatible(&schema.block, &change.outcome.planned, value);
                problems.into_iter().map(|problem| subject.inconsistent_result(problem)).collect()
            }
        }
    }

    fn identity_rules<'c>(
        &self,
        resource: &ResourceType,
        change: &Change<'c>,
        has_failed: bool,
    ) -> IdentityRules<'c> {
        let expected = !has_failed && !change.outcome.planned.is_null();
        IdentityRules {
            known: if expected { Known::Now } else { Known::Later },
            step: if change.prior.is_some() { "Update" } else { "Create" },
            prior: change.prior.and_then(|current| self.fixed_identity(resource, current)),
        }
    }
}
