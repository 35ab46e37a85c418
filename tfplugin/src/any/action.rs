//! Actions without their model types.

use super::{Pending, model};
use crate::action::{Action, Progress};
use crate::context::Context;
use crate::diagnostics::{Diagnostics, Result};
use crate::model::Model;
use crate::schema::Block;
use crate::value::Value;

/// Any [`Action`] whose client is `C`; implemented for all of them.
pub trait AnyAction<C>: Send + Sync {
    /// The full type name.
    fn name(&self) -> &'static str;
    /// The schema of the `config` block.
    fn block(&self) -> Block;
    /// See [`Action::validate`].
    fn validate(&self, config: Value) -> Result<Diagnostics>;
    /// See [`Action::plan`].
    fn plan<'a>(&'a self, cx: &'a Context<C>, config: Value) -> Pending<'a, Result<Diagnostics>>;
    /// See [`Action::invoke`].
    fn invoke<'a>(
        &'a self,
        cx: &'a Context<C>,
        config: Value,
        progress: Progress,
    ) -> Pending<'a, Result<Diagnostics>>;
}

impl<A: Action> AnyAction<A::Client> for A {
    fn name(&self) -> &'static str {
        A::NAME
    }

    fn block(&self) -> Block {
        A::Config::block()
    }

    fn validate(&self, config: Value) -> Result<Diagnostics> {
        Action::validate(self, &model(config)?)
    }

    fn plan<'a>(&'a self, cx: &'a Context<A::Client>, config: Value) -> Pending<'a, Result<Diagnostics>> {
        Box::pin(async move { Action::plan(self, cx, model(config)?).await })
    }

    fn invoke<'a>(
        &'a self,
        cx: &'a Context<A::Client>,
        config: Value,
        progress: Progress,
    ) -> Pending<'a, Result<Diagnostics>> {
        Box::pin(async move { Action::invoke(self, cx, model(config)?, progress).await })
    }
}
