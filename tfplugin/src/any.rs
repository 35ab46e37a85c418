//! Resources and data sources without their model types, so that tables can hold them.

use std::future::Future;
use std::pin::Pin;

use crate::context::Context;
use crate::data_source::DataSource;
use crate::diagnostics::{Diagnostics, Result};
use crate::model::Model;
use crate::reply::Reply;
use crate::resource::{
    ApplyError, CreateRequest, DeleteRequest, Plan, PlanRequest, ReadRequest, Resource, Saved, UpdateRequest,
};
use crate::schema::{IdentitySchema, Schema};
use crate::value::{Path, Value};

/// A boxed future of a handler.
pub type Pending<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

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
    /// See [`Resource::upgrade`].
    fn upgrade(&self, version: i64, state: serde_json::Value) -> Result<serde_json::Value>;
}

/// The outcome of a create or an update.
pub type Applied = Result<Saved<Value>, ApplyError<Value>>;

/// Any [`DataSource`] whose client is `C`; implemented for all of them.
pub trait AnyDataSource<C>: Send + Sync {
    /// The full type name.
    fn name(&self) -> &'static str;
    /// The schema of its model.
    fn schema(&self) -> Schema;
    /// See [`DataSource::validate`].
    fn validate(&self, config: Value) -> Result<Diagnostics>;
    /// See [`DataSource::read`].
    fn read<'a>(&'a self, cx: &'a Context<C>, config: Value) -> Pending<'a, Result<Reply<Value>>>;
}

fn model<M: Model>(value: Value) -> Result<M> {
    Ok(M::from_value(value, &Path::root())?)
}

fn saved<M: Model>(saved: Saved<M>) -> Saved<Value> {
    Saved { state: saved.state.to_value(), private: saved.private, warnings: saved.warnings }
}

fn apply_error<M: Model>(error: ApplyError<M>) -> ApplyError<Value> {
    let saved = error.saved.map(|(state, private)| (state.to_value(), private));
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
        R::Model::identity()
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

    fn upgrade(&self, version: i64, state: serde_json::Value) -> Result<serde_json::Value> {
        Resource::upgrade(self, version, state)
    }
}

impl<D: DataSource> AnyDataSource<D::Client> for D {
    fn name(&self) -> &'static str {
        D::NAME
    }

    fn schema(&self) -> Schema {
        Schema { version: 0, block: D::Model::block() }
    }

    fn validate(&self, config: Value) -> Result<Diagnostics> {
        DataSource::validate(self, &model(config)?)
    }

    fn read<'a>(&'a self, cx: &'a Context<D::Client>, config: Value) -> Pending<'a, Result<Reply<Value>>> {
        Box::pin(async move {
            let Reply { value, warnings } = DataSource::read(self, cx, model(config)?).await?;
            Ok(Reply { value: value.to_value(), warnings })
        })
    }
}
