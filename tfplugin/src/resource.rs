//! Managed resources: what a provider author implements for each kind of object.

use std::future::{Future, ready};

use crate::context::Context;
use crate::diagnostics::{Diagnostics, Result};
use crate::model::Model;
use crate::private::Private;
use crate::value::Path;

/// A kind of object that hosts create, read, update and delete.
///
/// The server in this crate does the rest: proposed states, defaults, computed values, write-only values, identities,
/// imports, private state and the rules hosts enforce.
pub trait Resource: Send + Sync + 'static {
    /// What the provider's `configure` makes.
    type Client: Send + Sync + 'static;

    /// The configuration and state of one object.
    type Model: Model;

    /// The full type name, such as `example_entry`.
    const NAME: &'static str;

    /// Version of the stored state.
    const VERSION: i64 = 0;

    /// Checks a configuration, which may hold unknown values; pure, quick and without network. Returns warnings.
    fn validate(&self, config: &Self::Model) -> Result<Diagnostics> {
        let _ = config;
        Ok(Diagnostics::new())
    }

    /// Completes the plan of a create or an update: fills in what is certain, and refuses what is known to fail.
    fn plan(
        &self,
        cx: &Context<Self::Client>,
        request: PlanRequest<Self::Model>,
    ) -> impl Future<Output = Result<Plan<Self::Model>>> + Send {
        let _ = cx;
        ready(Ok(Plan::new(request.planned, request.private)))
    }

    /// Looks at a planned delete: the place to refuse it or to warn.
    fn plan_delete(
        &self,
        cx: &Context<Self::Client>,
        request: DeleteRequest<Self::Model>,
    ) -> impl Future<Output = Result<Diagnostics>> + Send {
        let _ = (cx, request);
        ready(Ok(Diagnostics::new()))
    }

    /// Creates the object. After the server accepted it, an error must carry the state: see [`ApplyError::after`].
    fn create(
        &self,
        cx: &Context<Self::Client>,
        request: CreateRequest<Self::Model>,
    ) -> impl Future<Output = Result<Saved<Self::Model>, ApplyError<Self::Model>>> + Send;

    /// Reads the object; `None` when it no longer exists. After an import everything but the identity is null.
    fn read(
        &self,
        cx: &Context<Self::Client>,
        request: ReadRequest<Self::Model>,
    ) -> impl Future<Output = Result<Option<Saved<Self::Model>>>> + Send;

    /// Changes the object in place.
    fn update(
        &self,
        cx: &Context<Self::Client>,
        request: UpdateRequest<Self::Model>,
    ) -> impl Future<Output = Result<Saved<Self::Model>, ApplyError<Self::Model>>> + Send;

    /// Deletes the object; one that is already gone is a success. Returns warnings.
    fn delete(
        &self,
        cx: &Context<Self::Client>,
        request: DeleteRequest<Self::Model>,
    ) -> impl Future<Output = Result<Diagnostics>> + Send;

    /// Rewrites a state that was stored with an older [`VERSION`](Self::VERSION).
    fn upgrade(&self, version: i64, state: serde_json::Value) -> Result<serde_json::Value> {
        let _ = state;
        Err(Diagnostics::error(
            "State is too old",
            format!(
                "The state of this {} has version {version}, and this provider knows no way from it to version {}. \
                 Apply once with an older release of the provider, then upgrade again.",
                Self::NAME,
                Self::VERSION
            ),
        ))
    }
}

/// A create or an update to be planned.
#[derive(Clone, Debug)]
pub struct PlanRequest<M> {
    /// What the user wrote, write-only values included.
    pub config: M,
    /// The object as it is; `None` for a create.
    pub prior: Option<M>,
    /// The object to be: the configuration, with computed values kept or unknown.
    pub planned: M,
    /// What was remembered about the object.
    pub private: Private,
}

/// A completed plan.
#[derive(Clone, Debug)]
pub struct Plan<M> {
    /// The object to be.
    pub planned: M,
    /// Attributes whose change needs a new object, beyond those the model marks.
    pub replace: Vec<Path>,
    /// What `create` or `update` will get.
    pub private: Private,
    /// Warnings.
    pub warnings: Diagnostics,
}

impl<M> Plan<M> {
    /// A plan without remarks.
    pub fn new(planned: M, private: Private) -> Self {
        Self { planned, replace: Vec::new(), private, warnings: Diagnostics::new() }
    }
}

/// An object to be created.
#[derive(Clone, Debug)]
pub struct CreateRequest<M> {
    /// What the user wrote, write-only values included.
    pub config: M,
    /// What was planned; computed values may be unknown.
    pub planned: M,
    /// What the plan remembered.
    pub private: Private,
}

/// An object to be read again.
#[derive(Clone, Debug)]
pub struct ReadRequest<M> {
    /// The object as it was last seen.
    pub state: M,
    /// What was remembered about it.
    pub private: Private,
}

/// An object to be changed in place.
#[derive(Clone, Debug)]
pub struct UpdateRequest<M> {
    /// What the user wrote, write-only values included.
    pub config: M,
    /// The object as it is.
    pub prior: M,
    /// What was planned; computed values may be unknown.
    pub planned: M,
    /// What the plan remembered.
    pub private: Private,
}

/// An object to be deleted.
#[derive(Clone, Debug)]
pub struct DeleteRequest<M> {
    /// The object as it is.
    pub prior: M,
    /// What was remembered about it.
    pub private: Private,
}

/// An object as it goes into the state.
#[derive(Clone, Debug)]
pub struct Saved<M> {
    /// The object; nothing in it is unknown.
    pub state: M,
    /// What to remember about it.
    pub private: Private,
    /// Warnings.
    pub warnings: Diagnostics,
}

impl<M> Saved<M> {
    /// An object without remarks.
    pub fn new(state: M, private: Private) -> Self {
        Self { state, private, warnings: Diagnostics::new() }
    }
}

/// A failed create or update, with what is there all the same.
#[derive(Clone, Debug)]
pub struct ApplyError<M> {
    /// What went wrong.
    pub diagnostics: Diagnostics,
    /// The object as the server has it now; `None` when the server accepted nothing.
    pub saved: Option<(M, Private)>,
}

impl<M> ApplyError<M> {
    /// A failure after the server accepted the object: it must stay in the state, or nobody will ever delete it.
    pub fn after(saved: Saved<M>, error: Diagnostics) -> Self {
        let mut diagnostics = saved.warnings;
        diagnostics.extend(error);
        Self { diagnostics, saved: Some((saved.state, saved.private)) }
    }
}

/// A failure before the server accepted anything.
impl<M> From<Diagnostics> for ApplyError<M> {
    fn from(diagnostics: Diagnostics) -> Self {
        Self { diagnostics, saved: None }
    }
}
