//! Applying plans: one change for most of them, and two for a replacement, in either order.

use serde_json::Value as Json;

use super::config;
use super::failure::{HostError, Violation};
use super::host::Host;
use super::object::Object;
use super::plan::{Plan, PlanOptions};
use super::rules::Action;
use super::schemas::ResourceType;
use crate::diagnostics::Diagnostics;
use crate::value::Value;

/// What an apply left behind.
#[derive(Clone, Debug)]
#[must_use = "an apply may have failed"]
pub struct Applied {
    /// What is in the state now; a failed create may have left a tainted object.
    pub object: Option<Object>,
    /// The old object of a replacement, when it still exists beside the new one because its deletion failed.
    pub deposed: Option<Object>,
    /// What the provider warned of while it made the change.
    pub warnings: Diagnostics,
    /// Why it failed, if it did.
    pub error: Option<HostError>,
}

impl Applied {
    /// What is in the state, or why the apply failed.
    pub fn into_result(self) -> Result<Option<Object>, HostError> {
        match self.error {
            Some(error) => Err(error),
            None => Ok(self.object),
        }
    }

    pub(super) fn done(object: Option<Object>) -> Self {
        Self { object, deposed: None, warnings: Diagnostics::new(), error: None }
    }

    pub(super) fn failed(object: Option<Object>, error: HostError) -> Self {
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
            let options = PlanOptions { without_refresh, ..Default::default() };
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
                self.create_then_delete(resource, plan, &config).await
            }
            Action::Replace => self.delete_then_create(resource, plan, &config).await,
        }
    }

    async fn delete_then_create(
        &self,
        resource: &ResourceType,
        plan: &Plan,
        config: &Value,
    ) -> Result<Applied, HostError> {
        let deleted = self.delete(resource, plan).await?;
        if deleted.error.is_some() {
            return Ok(deleted);
        }
        let created = self.change(resource, plan, None, config).await;
        Ok(created.unwrap_or_else(|error| Applied::failed(None, error)).after(deleted))
    }

    /// The old object is deposed as soon as there is a new one, and the object again when there is none.
    async fn create_then_delete(
        &self,
        resource: &ResourceType,
        plan: &Plan,
        config: &Value,
    ) -> Result<Applied, HostError> {
        let created = self.change(resource, plan, None, config).await?;
        if created.error.is_some() {
            return Ok(match created.object {
                Some(_) => Applied { deposed: plan.prior.clone(), ..created },
                None => Applied { object: plan.prior.clone(), ..created },
            });
        }
        let deleted = self.delete(resource, plan).await?;
        let (object, deposed) = (created.object.clone(), deleted.object.clone());
        Ok(Applied { object, deposed, ..deleted.after(created) })
    }
}
