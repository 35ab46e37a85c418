//! Planning as core does it: validate, propose, ask, check the answer, decide, and ask again for a replacement.

use prost::bytes::Bytes;
use tonic::Request;

use super::conform::IdentityRules;
use super::failure::{HostError, Violation, check};
use super::host::Host;
use super::object::Current;
use super::rpc::{answer, encode, encode_identity, path, warnings};
use super::rules::{
    Action, IdentityProblem, Known, Replacement, decide, plan_valid, proposed_new, requires_replace,
};
use super::schemas::ResourceType;
use super::words::Step;
use crate::diagnostics::Diagnostics;
use crate::value::{Path, Value};
use crate::wire::proto::tfplugin6 as proto;

/// What a plan says, without the object and the configuration it began with.
#[derive(Clone)]
pub(super) struct Outcome {
    pub(super) action: Action,
    pub(super) planned: Value,
    pub(super) private: Bytes,
    pub(super) identity: Option<Value>,
    pub(super) requires_replace: Vec<Path>,
    pub(super) warnings: Diagnostics,
    pub(super) deferred: bool,
}

/// A question to the provider: what becomes of the prior object under the configuration.
struct Question<'q> {
    prior: &'q Value,
    config: &'q Value,
    proposed: Value,
    private: Bytes,
    identity: Option<&'q Value>,
}

impl Host {
    /// Plans with values; a prior object that is tainted is as good as none, but will be deleted.
    pub(super) async fn propose(
        &self,
        resource: &ResourceType,
        current: Option<&Current>,
        config: &Value,
        forced: bool,
    ) -> Result<Outcome, HostError> {
        let mut messages = self.validate_config(resource, config).await?;
        let kept = current.filter(|current| !current.tainted);
        let mut outcome = self.propose_once(resource, kept, config).await?;
        if !outcome.deferred {
            let prior = current.map_or(&Value::Null, |current| &current.value);
            let replacement =
                match (forced || (current.is_some() && kept.is_none()), &*outcome.requires_replace) {
                    (true, _) => Replacement::Forced,
                    (false, []) => Replacement::No,
                    (false, _) => Replacement::IfChanged,
                };
            outcome.action = decide(prior, &outcome.planned, replacement);
            self.check_planned_identity(resource, &outcome)?;
        }
        if outcome.action == Action::Replace && kept.is_some() {
            outcome = self.propose_anew(resource, config, outcome).await?;
        }
        messages.extend(std::mem::take(&mut outcome.warnings));
        Ok(Outcome { warnings: messages, ..outcome })
    }

    pub(super) async fn validate_config(
        &self,
        resource: &ResourceType,
        config: &Value,
    ) -> Result<Diagnostics, HostError> {
        let request = proto::validate_resource_config::Request {
            type_name: resource.name.clone(),
            config: encode(config, &resource.schema.ty)?,
            client_capabilities: self.capabilities(),
        };
        warnings(answer(self.service.validate_resource_config(Request::new(request))).await?.diagnostics)
    }

    async fn propose_once(
        &self,
        resource: &ResourceType,
        current: Option<&Current>,
        config: &Value,
    ) -> Result<Outcome, HostError> {
        let subject = self.subject(&resource.name);
        let schema = &resource.schema;
        let prior = current.map_or(&Value::Null, |current| &current.value);
        let question = Question {
            prior,
            config,
            proposed: proposed_new(&schema.block, prior, config),
            private: current.map(|current| current.private.clone()).unwrap_or_default(),
            identity: current.and_then(|current| current.identity.as_ref()),
        };
        let mut outcome = self.ask(resource, question).await?;
        if outcome.deferred {
            return Ok(outcome);
        }
        let problems = plan_valid(&schema.block, prior, config, &outcome.planned);
        check(problems.into_iter().map(|problem| subject.invalid(Step::Plan, problem)).collect())?;
        outcome.requires_replace = match current {
            Some(_) => requires_replace(schema, outcome.requires_replace, prior, &outcome.planned)
                .map_err(|problem| subject.no_such_path(problem.path))?,
            None => Vec::new(),
        };
        Ok(outcome)
    }

    /// An object that stays the same object has an identity that is known already.
    fn check_planned_identity(&self, resource: &ResourceType, outcome: &Outcome) -> Result<(), HostError> {
        let stays = matches!(outcome.action, Action::NoOp | Action::Update);
        let unknown = outcome.identity.as_ref().is_some_and(Value::has_unknown);
        if !(stays && unknown) {
            return Ok(());
        }
        Err(self.subject(&resource.name).invalid_identity("Plan", IdentityProblem::Unknown).into())
    }

    /// The second half of a replacement: the new object, planned from nothing. Its plan is checked less, as in core.
    async fn propose_anew(
        &self,
        resource: &ResourceType,
        config: &Value,
        first: Outcome,
    ) -> Result<Outcome, HostError> {
        let question = Question {
            prior: &Value::Null,
            config,
            proposed: proposed_new(&resource.schema.block, &Value::Null, config),
            private: first.private,
            identity: first.identity.as_ref().filter(|_| !self.options.opentofu),
        };
        let second = self.ask(resource, question).await?;
        let Outcome { action, requires_replace, warnings, .. } = first;
        Ok(Outcome { action, requires_replace, warnings, ..second })
    }

    pub(super) async fn propose_delete(
        &self,
        resource: &ResourceType,
        current: &Current,
    ) -> Result<Outcome, HostError> {
        if !self.schemas.capabilities.plan_destroy {
            let private = current.private.clone();
            return Ok(Outcome {
                private,
                identity: current.identity.clone(),
                ..Outcome::nothing(Action::Delete)
            });
        }
        let question = Question {
            prior: &current.value,
            config: &Value::Null,
            proposed: Value::Null,
            private: current.private.clone(),
            identity: current.identity.as_ref(),
        };
        let outcome = self.ask(resource, question).await?;
        if !outcome.deferred && !outcome.planned.is_null() {
            return Err(self.subject(&resource.name).not_destroyed().into());
        }
        Ok(Outcome { action: Action::Delete, ..outcome })
    }

    /// One call, and the checks every answer to it must pass.
    async fn ask(&self, resource: &ResourceType, question: Question<'_>) -> Result<Outcome, HostError> {
        let (schema, subject) = (&resource.schema, self.subject(&resource.name));
        let request = proto::plan_resource_change::Request {
            type_name: resource.name.clone(),
            prior_state: encode(question.prior, &schema.ty)?,
            proposed_new_state: encode(&question.proposed, &schema.ty)?,
            config: encode(question.config, &schema.ty)?,
            prior_private: question.private,
            client_capabilities: self.capabilities(),
            prior_identity: encode_identity(question.identity, resource.identity_type())?,
            provider_meta: self.options.meta.clone(),
            ..Default::default()
        };
        let answer = answer(self.service.plan_resource_change(Request::new(request))).await?;
        let warnings = warnings(answer.diagnostics)?;
        if answer.legacy_type_system {
            let detail = "The provider asked for the rules of legacy SDKs, which hide its mistakes.";
            return Err(Violation::new("Provider uses the legacy type system", detail).into());
        }
        let deferred = self.deferred(subject, answer.deferred.as_ref())?;
        let rules = IdentityRules { known: Known::Later, step: "Plan", prior: None };
        Ok(Outcome {
            action: Action::NoOp,
            planned: subject.object(Step::Plan, schema, answer.planned_state)?,
            private: answer.planned_private,
            identity: subject.identity(resource, answer.planned_identity, rules)?,
            requires_replace: answer.requires_replace.into_iter().map(path).collect(),
            warnings,
            deferred,
        })
    }
}

impl Outcome {
    pub(super) fn nothing(action: Action) -> Self {
        Self {
            action,
            planned: Value::Null,
            private: Bytes::new(),
            identity: None,
            requires_replace: Vec::new(),
            warnings: Diagnostics::new(),
            deferred: false,
        }
    }
}
