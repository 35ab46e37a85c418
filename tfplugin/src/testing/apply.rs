//! Applying as core does it: plan again with what is known by now, compare, apply, check the answer, and save what there
//! is to save, whatever else went wrong.

use serde_json::Value as Json;
use tonic::Request;

use super::config;
use super::conform::IdentityRules;
use super::failure::{HostError, Violation, check};
use super::host::Host;
use super::object::{Current, Object};
use super::plan::{Outcome, Plan};
use super::rpc::{answer, diagnostics, encode, encode_identity};
use super::rules::{Action, Known, object_compatible};
use super::schemas::ResourceType;
use super::words::Step;
use crate::diagnostics::Diagnostics;
use crate::value::Value;
use crate::wire::proto::tfplugin6 as proto;

/// What an apply left behind.
#[derive(Clone, Debug)]
#[must_use = "an apply may have failed"]
pub struct Applied {
    /// What is in the state now; a failed create may have left a tainted object.
    pub object: Option<Object>,
    /// The old object of a replacement, when it still exists beside the new one because its deletion failed.
    pub deposed: Option<Object>,
    /// What the provider warned of.
    pub warnings: Diagnostics,
    /// Why it failed, if it did.
    pub error: Option<HostError>,
}

/// A change to be asked for.
struct Change<'c> {
    prior: Option<&'c Current>,
    config: &'c Value,
    outcome: &'c Outcome,
}

impl Applied {
    /// What is in the state, or why the apply failed.
    pub fn into_result(self) -> Result<Option<Object>, HostError> {
        match self.error {
            Some(error) => Err(error),
            None => Ok(self.object),
        }
    }

    fn done(object: Option<Object>) -> Self {
        Self { object, deposed: None, warnings: Diagnostics::new(), error: None }
    }

    fn failed(object: Option<Object>, error: HostError) -> Self {
        Self { error: Some(error), ..Self::done(object) }
    }

    /// The outcome of the second of two steps, with what the first one had to say.
    fn after(mut self, first: Self) -> Self {
        let mut warnings = first.warnings;
        warnings.extend(self.warnings);
        self.warnings = warnings;
        self
    }
}

impl Host {
    /// Plans and applies in one go.
    ///
    /// # Errors
    ///
    /// As [`plan`](Self::plan) and [`apply`](Self::apply).
    pub async fn create(&self, type_name: &str, config: Json) -> Result<Object, HostError> {
        let plan = self.plan(type_name, None, config).await?;
        let object = self.apply(&plan).await.into_result()?;
        object.ok_or_else(|| self.subject(type_name).nil_after_apply().into())
    }

    /// Plans and applies a change of an object, which may replace it.
    ///
    /// # Errors
    ///
    /// As [`plan`](Self::plan) and [`apply`](Self::apply).
    pub async fn update(&self, object: &Object, config: Json) -> Result<Object, HostError> {
        let plan = self.plan(&object.type_name, Some(object), config).await?;
        let applied = self.apply(&plan).await.into_result()?;
        applied.ok_or_else(|| self.subject(&object.type_name).nil_after_apply().into())
    }

    /// Plans and applies the deletion of an object.
    ///
    /// # Errors
    ///
    /// As [`plan_destroy`](Self::plan_destroy) and [`apply`](Self::apply).
    pub async fn destroy(&self, object: &Object) -> Result<(), HostError> {
        let plan = self.plan_destroy(object).await?;
        self.apply(&plan).await.into_result().map(drop)
    }

    /// Fails unless planning the configuration of an object again finds nothing to do, with and without a refresh.
    ///
    /// # Errors
    ///
    /// As [`plan`](Self::plan), and when there is something to do.
    pub async fn check_settled(&self, object: &Object, config: Json) -> Result<(), HostError> {
        for without_refresh in [true, false] {
            let options = super::PlanOptions { without_refresh, ..Default::default() };
            let plan = self.plan_with(&object.type_name, Some(object), config.clone(), options).await?;
            if plan.action() != Action::NoOp {
                let detail =
                    format!("{} of {}: {}", plan.action(), object.type_name, plan.changes().join(", "));
                return Err(Violation::new("After applying, the plan was not empty", detail).into());
            }
        }
        Ok(())
    }

    /// Applies a plan whose configuration is known, which it is unless the test made parts of it unknown.
    pub async fn apply(&self, plan: &Plan) -> Applied {
        self.apply_with(plan, plan.config.clone()).await
    }

    /// Applies a plan, with what has become of its configuration now that everything in it is known.
    pub async fn apply_with(&self, plan: &Plan, config: Json) -> Applied {
        match self.apply_steps(plan, &config).await {
            Ok(applied) => applied,
            Err(error) => Applied::failed(plan.prior.clone(), error),
        }
    }

    async fn apply_steps(&self, plan: &Plan, config: &Json) -> Result<Applied, HostError> {
        let resource = self.resource(&plan.type_name)?;
        let config = config::read(&resource.schema, config)?;
        if plan.is_deferred() || config.has_unknown() {
            return Err(HostError::refused(
                "Plan cannot be applied",
                "Something in it is still to be decided.",
            ));
        }
        match plan.action() {
            Action::NoOp => Ok(Applied::done(plan.prior.clone())),
            Action::Create => self.change(resource, plan, None, &config).await,
            Action::Update => self.change(resource, plan, plan.prior.as_ref(), &config).await,
            Action::Delete => self.delete(resource, plan).await,
            Action::Replace if plan.create_before_destroy => {
                let created = self.change(resource, plan, None, &config).await?;
                if created.error.is_some() {
                    let deposed = created.object.is_some().then(|| plan.prior.clone()).flatten();
                    let object = created.object.clone().or_else(|| plan.prior.clone());
                    return Ok(Applied { object, deposed, ..created });
                }
                let deleted = self.delete(resource, plan).await?;
                let deposed = deleted.object.clone();
                Ok(Applied { object: created.object.clone(), deposed, ..deleted.after(created) })
            }
            Action::Replace => {
                let deleted = self.delete(resource, plan).await?;
                if deleted.error.is_some() {
                    return Ok(deleted);
                }
                let created = self.change(resource, plan, None, &config).await;
                Ok(created.unwrap_or_else(|error| Applied::failed(None, error)).after(deleted))
            }
        }
    }

    /// A create, when there is no prior object, or an update: planned again before it is made.
    async fn change(
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

    async fn delete(&self, resource: &ResourceType, plan: &Plan) -> Result<Applied, HostError> {
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

    /// Asks for the change and decides what is in the state afterwards.
    async fn make(&self, resource: &ResourceType, prior: Option<&Object>, change: Change<'_>) -> Applied {
        let kept = prior.cloned();
        let answer = match self.ask_apply(resource, &change).await {
            Ok(answer) => answer,
            Err(error) => return Applied::failed(kept, error),
        };
        let messages = match diagnostics(answer.diagnostics) {
            Ok(messages) => messages,
            Err(error) => return Applied::failed(kept, error),
        };
        let missing = answer.new_state.is_none();
        let value = match self.subject(&resource.name).object(Step::Apply, &resource.schema, answer.new_state)
        {
            Ok(value) => value,
            Err(error) => return Applied::failed(kept, error),
        };
        if messages.has_error() && value.is_null() {
            return Applied::failed(kept, HostError::Diagnostics(messages));
        }
        let (warnings, failed) = match messages.into_result() {
            Ok(warnings) => (warnings, None),
            Err(errors) => (Diagnostics::new(), Some(HostError::Diagnostics(errors))),
        };
        let (identity, violations) =
            self.judge(resource, &change, &value, missing, failed.is_some(), answer.new_identity);
        let error = failed.or_else(|| check(violations).err());
        let tainted = error.is_some() && change.prior.is_none();
        let current = Current { value, private: answer.private, identity, tainted };
        let object =
            if current.value.is_null() { Ok(None) } else { Object::save(resource, current).map(Some) };
        match object {
            Ok(object) => Applied { object, deposed: None, warnings, error },
            Err(error) => Applied::failed(kept, error),
        }
    }

    async fn ask_apply(
        &self,
        resource: &ResourceType,
        change: &Change<'_>,
    ) -> Result<proto::apply_resource_change::Response, HostError> {
        let schema = &resource.schema;
        let identity_type = resource.identity.as_ref().map(|identity| &identity.ty);
        let prior = change.prior.map_or(&Value::Null, |current| &current.value);
        let request = proto::apply_resource_change::Request {
            type_name: resource.name.clone(),
            prior_state: encode(prior, &schema.ty)?,
            planned_state: encode(&change.outcome.planned, &schema.ty)?,
            config: encode(change.config, &schema.ty)?,
            planned_private: change.outcome.private.clone(),
            planned_identity: encode_identity(change.outcome.identity.as_ref(), identity_type)?,
            provider_meta: self.options.meta.clone(),
        };
        answer(self.service.apply_resource_change(Request::new(request))).await
    }

    /// The identity of the new object, and the rules that the answer breaks.
    fn judge(
        &self,
        resource: &ResourceType,
        change: &Change<'_>,
        value: &Value,
        missing: bool,
        failed: bool,
        identity: Option<proto::ResourceIdentityData>,
    ) -> (Option<Value>, Vec<Violation>) {
        let (schema, subject) = (&resource.schema, self.subject(&resource.name));
        let deletes = change.outcome.planned.is_null();
        if missing && !failed {
            return (None, vec![subject.nil_after_apply()]);
        }
        let mut violations = subject.unknowns(Step::Apply, schema, value);
        if deletes && !value.is_null() && !failed {
            violations.push(subject.left_after_delete());
        }
        if !deletes && !failed && violations.is_empty() {
            let problems = object_compatible(&schema.block, &change.outcome.planned, value);
            violations.extend(problems.into_iter().map(|problem| subject.inconsistent_result(problem)));
        }
        let known = if deletes || failed { Known::Later } else { Known::Now };
        let step = if change.prior.is_some() { "Update" } else { "Create" };
        let prior = change.prior.and_then(|current| self.fixed_identity(resource, current));
        match subject.identity(resource, identity, IdentityRules { known, step, prior }) {
            Ok(identity) => (identity, violations),
            Err(error) => {
                violations.extend(error.violations().iter().cloned());
                (None, violations)
            }
        }
    }
}
