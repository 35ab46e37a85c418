//! Plans as tests see them: made with or without a refresh, for a new object, another configuration, or a deletion.

use std::fmt;

use serde_json::Value as Json;

use super::config;
use super::failure::HostError;
use super::host::Host;
use super::object::{Current, Object};
use super::propose::Outcome;
use super::refresh::Identity;
use super::rpc::to_json;
use super::rules::Action;
use super::schemas::ResourceType;
use crate::diagnostics::Diagnostics;
use crate::value::Path;

/// What will be done to an object, for [`Host::apply`]. Its `Debug` form shows no values, which may be secret.
#[derive(Clone)]
pub struct Plan {
    pub(super) type_name: String,
    /// The object before; after a refresh, as it was read.
    pub(super) prior: Option<Object>,
    pub(super) config: Json,
    pub(super) outcome: Outcome,
    pub(super) create_before_destroy: bool,
}

/// How to plan. The default is what `terraform plan` does.
#[derive(Clone, Copy, Debug, Default)]
pub struct PlanOptions {
    /// Takes the object as it was stored, as `-refresh=false` does.
    pub without_refresh: bool,
    /// Replaces the object whatever the change, as `-replace` does.
    pub replace: bool,
    /// Creates the new object of a replacement before it deletes the old one.
    pub create_before_destroy: bool,
}

impl Plan {
    /// What will be done.
    pub fn action(&self) -> Action {
        self.outcome.action
    }

    /// The object as it will be, with [`unknown`](super::unknown) for what is known only after apply; null for a delete.
    pub fn planned(&self) -> Json {
        to_json(&self.outcome.planned)
    }

    /// The attributes whose change needs a new object.
    pub fn requires_replace(&self) -> &[Path] {
        &self.outcome.requires_replace
    }

    /// What the provider warned of.
    pub fn warnings(&self) -> &Diagnostics {
        &self.outcome.warnings
    }

    /// The attributes and blocks, by their names, that will be another value or may be.
    pub fn changes(&self) -> Vec<String> {
        let before = self.prior.as_ref().map(Object::attributes).unwrap_or_default();
        let after = self.planned();
        let after = after.as_object().into_iter().flatten();
        after.filter(|(name, value)| before[*name] != **value).map(|(name, _)| name.clone()).collect()
    }

    /// Whether the provider put the decision off until it knows more. Such a plan cannot be applied.
    pub fn is_deferred(&self) -> bool {
        self.outcome.deferred
    }
}

impl fmt::Debug for Plan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Plan")
            .field("type_name", &self.type_name)
            .field("action", &self.action())
            .field("changes", &self.changes())
            .finish_non_exhaustive()
    }
}

impl Host {
    /// Plans an object: a new one when there is no prior one, and otherwise whatever the configuration makes of it.
    ///
    /// # Errors
    ///
    /// Fails when the configuration does not fit the schema, when the provider does, or when its plan is none that core
    /// accepts.
    pub async fn plan(
        &self,
        type_name: &str,
        prior: Option<&Object>,
        config: Json,
    ) -> Result<Plan, HostError> {
        self.plan_with(type_name, prior, config, PlanOptions::default()).await
    }

    /// The same, not in the usual way.
    ///
    /// # Errors
    ///
    /// As [`plan`](Self::plan).
    pub async fn plan_with(
        &self,
        type_name: &str,
        prior: Option<&Object>,
        config: Json,
        options: PlanOptions,
    ) -> Result<Plan, HostError> {
        let resource = self.resource(type_name)?;
        let value = config::read(&resource.schema, &config)?;
        let current = self.current(resource, prior, options.without_refresh).await?;
        let outcome = self.propose(resource, current.as_ref(), &value, options.replace).await?;
        let prior = current.map(|current| Object::save(resource, current)).transpose()?;
        let create_before_destroy = options.create_before_destroy;
        Ok(Plan { type_name: type_name.to_owned(), prior, config, outcome, create_before_destroy })
    }

    /// Checks a configuration, as `terraform validate` does, which configures nothing. Returns warnings.
    ///
    /// # Errors
    ///
    /// Fails when the configuration does not fit the schema, or the provider refuses it.
    pub async fn validate(&self, type_name: &str, config: &Json) -> Result<Diagnostics, HostError> {
        let resource = self.resource(type_name)?;
        self.validate_config(resource, &config::read(&resource.schema, config)?).await
    }

    /// Plans to delete an object, which is read before.
    ///
    /// # Errors
    ///
    /// Fails when the provider does, or plans anything but a delete.
    pub async fn plan_destroy(&self, object: &Object) -> Result<Plan, HostError> {
        let resource = self.resource(&object.type_name)?;
        let current = self.current(resource, Some(object), false).await?;
        let outcome = match &current {
            Some(current) => self.propose_delete(resource, current).await?,
            None => Outcome::nothing(Action::NoOp),
        };
        let prior = current.map(|current| Object::save(resource, current)).transpose()?;
        let (type_name, config) = (resource.name.clone(), Json::Null);
        Ok(Plan { type_name, prior, config, outcome, create_before_destroy: false })
    }

    async fn current(
        &self,
        resource: &ResourceType,
        object: Option<&Object>,
        without_refresh: bool,
    ) -> Result<Option<Current>, HostError> {
        let Some(object) = object else { return Ok(None) };
        let current = self.load(resource, object).await?;
        if without_refresh { Ok(Some(current)) } else { self.read(resource, current, Identity::Kept).await }
    }
}
