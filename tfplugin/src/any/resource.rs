//! Managed resources without their model types.

use super::{Pending, model};
use crate::context::Context;
use crate::diagnostics::{Diagnostics, Result};
use crate::model::Model;
use crate::resource::{
    ApplyError, CreateRequest, DeleteRequest, MoveRequest, Moved, Plan, PlanRequest, ReadRequest, Resource,
    Saved, UpdateRequest, Upgrade,
};
use crate::schema::{IdentitySchema, Schema};
use crate::value::Value;

/// Any [`Resource`] whose client is `C`; implemented for all of them.
pub trait AnyResource<C>: Send + Sync {
    /// The full type name.
    fn name(&self) -> &'static str;
    /// The schema of its model.
    fn schema(&self) -> Schema;
    /// The schema of its identity.
    fn identity(&self) -> Option<IdentitySchema>;
    /// The attribute that holds the import id.
    fn id(&self) -> Option<&'static str>;
    /// See [`Resource::validate`].
    fn validate(&self, config: Value) -> Result<Diagnostics>;
    /// See [`Resource::plan`].
    fn plan<'a>(
        &'a self,
        cx: &'a Context<C>,
        request: PlanRequest<Value>,
    ) -> Pending<'a, Result<Plan<Value>>>;
    /// See [`Resource::plan_delete`].
    fn plan_delete<'a>(
        &'a self,
        cx: &'a Context<C>,
        request: DeleteRequest<Value>,
    ) -> Pending<'a, Result<Diagnostics>>;
    /// See [`Resource::create`].
    fn create<'a>(&'a self, cx: &'a Context<C>, request: CreateRequest<Value>) -> Pending<'a, Applied>;
    /// See [`Resource::read`].
    fn read<'a>(
        &'a self,
        cx: &'a Context<C>,
        request: ReadRequest<Value>,
    ) -> Pending<'a, Result<Option<Saved<Value>>>>;
    /// See [`Resource::update`].
    fn update<'a>(&'a self, cx: &'a Context<C>, request: UpdateRequest<Value>) -> Pending<'a, Applied>;
    /// See [`Resource::delete`].
    fn delete<'a>(
        &'a self,
        cx: &'a Context<C>,
        request: DeleteRequest<Value>,
    ) -> Pending<'a, Result<Diagnostics>>;
    /// The constants of the [`Resource`] about what is stored.
    fn stored(&self) -> Stored;
    /// See [`Resource::move_state`].
    fn move_state(&self, source: MoveRequest) -> Result<Option<Moved<Value>>>;
    /// See [`Resource::generate_config`].
    fn generate_config(&self, state: Value) -> Result<Value>;
}

/// What a [`Resource`] says about its stored states and identities.
#[derive(Clone, Copy, Debug)]
pub struct Stored {
    /// See [`Resource::UPGRADES`].
    pub upgrades: &'static [Upgrade],
    /// See [`Resource::IDENTITY_UPGRADES`].
    pub identity_upgrades: &'static [Upgrade],
    /// See [`Resource::MUTABLE_IDENTITY`].
    pub mutable_identity: bool,
}

/// The outcome of a create or an update.
pub type Applied = Result<Saved<Value>, ApplyError<Value>>;

fn saved<M: Model>(saved: Saved<M>) -> Saved<Value> {
    Saved { state: saved.state.to_value(), private: saved.private, warnings: saved.warnings }
}

fn apply_error<M: Model>(error: ApplyError<M>) -> ApplyError<Value> {
    let saved = error.saved.map(|saved| Box::new((saved.0.to_value(), saved.1)));
    ApplyError { diagnostics: error.diagnostics, saved }
}

impl<R: Resource> AnyResource<R::Client> for R {
    fn name(&self) -> &'static str {
        R::NAME
    }

    fn schema(&self) -> Schema {
        Schema { version: R::VERSION, block: R::Model::block() }
    }

    fn identity(&self) -> Option<IdentitySchema> {
        R::Model::identity().map(|schema| IdentitySchema { version: R::IDENTITY_VERSION, ..schema })
    }

    fn id(&self) -> Option<&'static str> {
        R::Model::ID
    }

    fn validate(&self, config: Value) -> Result<Diagnostics> {
        Resource::validate(self, &model(config)?)
    }

    fn plan<'a>(
        &'a self,
        cx: &'a Context<R::Client>,
        request: PlanRequest<Value>,
    ) -> Pending<'a, Result<Plan<Value>>> {
        Box::pin(async move {
            let PlanRequest { config, prior, planned, private } = request;
            let prior = prior.map(model).transpose()?;
            let request = PlanRequest { config: model(config)?, prior, planned: model(planned)?, private };
            let Plan { planned, replace, private, warnings } = Resource::plan(self, cx, request).await?;
            let planned: R::Model = planned;
            Ok(Plan { planned: planned.to_value(), replace, private, warnings })
        })
    }

    fn plan_delete<'a>(
        &'a self,
        cx: &'a Context<R::Client>,
        request: DeleteRequest<Value>,
    ) -> Pending<'a, Result<Diagnostics>> {
        Box::pin(async move {
            let request = DeleteRequest { prior: model(request.prior)?, private: request.private };
            Resource::plan_delete(self, cx, request).await
        })
    }

    fn create<'a>(
        &'a self,
        cx: &'a Context<R::Client>,
        request: CreateRequest<Value>,
    ) -> Pending<'a, Applied> {
        Box::pin(async move {
            let CreateRequest { config, planned, private } = request;
            let request = CreateRequest { config: model(config)?, planned: model(planned)?, private };
            Resource::create(self, cx, request).await.map(saved).map_err(apply_error)
        })
    }

    fn read<'a>(
        &'a self,
        cx: &'a Context<R::Client>,
        request: ReadRequest<Value>,
    ) -> Pending<'a, Result<Option<Saved<Value>>>> {
        Box::pin(async move {
            let request = ReadRequest { state: model(request.state)?, private: request.private };
            Ok(Resource::read(self, cx, request).await?.map(saved))
        })
    }

    fn update<'a>(
        &'a self,
        cx: &'a Context<R::Client>,
        request: UpdateRequest<Value>,
    ) -> Pending<'a, Applied> {
        Box::pin(async move {
            let UpdateRequest { config, prior, planned, private } = request;
            let (config, prior) = (model(config)?, model(prior)?);
            let request = UpdateRequest { config, prior, planned: model(planned)?, private };
            Resource::update(self, cx, request).await.map(saved).map_err(apply_error)
        })
    }

    fn delete<'a>(
        &'a self,
        cx: &'a Context<R::Client>,
        request: DeleteRequest<Value>,
    ) -> Pending<'a, Result<Diagnostics>> {
        Box::pin(async move {
            let request = DeleteRequest { prior: model(request.prior)?, private: request.private };
            Resource::delete(self, cx, request).await
        })
    }

    fn stored(&self) -> Stored {
        Stored {
            upgrades: R::UPGRADES,
            identity_upgrades: R::IDENTITY_UPGRADES,
            mutable_identity: R::MUTABLE_IDENTITY,
        }
    }

    fn move_state(&self, source: MoveRequest) -> Result<Option<Moved<Value>>> {
        let moved = Resource::move_state(self, source)?;
        Ok(moved.map(|Moved { state, private }| Moved { state: state.to_value(), private }))
    }

    fn generate_config(&self, state: Value) -> Result<Value> {
        Ok(Resource::generate_config(self, model(state)?).to_value())
    }
}
