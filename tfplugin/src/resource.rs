//! Managed resources: what a provider author implements for each kind of object.

use std::future::{Future, ready};

use crate::context::Context;
use crate::diagnostics::{Diagnostics, Result};
use crate::model::Model;
use crate::private::Private;
use crate::value::{Path, json};

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

    /// The ways from older states to today's, one per version.
    const UPGRADES: &'static [Upgrade] = &[];

    /// Version of the stored identity.
    const IDENTITY_VERSION: i64 = 0;

    /// The ways from older identities to today's, one per version.
    const IDENTITY_UPGRADES: &'static [Upgrade] = &[];

    /// Whether an object may get another identity in its life, as one does that can be renamed in place.
    const MUTABLE_IDENTITY: bool = false;

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

    /// Takes over an object that was of another type, or of another provider's; `None` when that type is none of those this
    /// one knows.
    fn move_state(&self, source: MoveRequest) -> Result<Option<Moved<Self::Model>>> {
        let _ = source;
        Ok(None)
    }

    /// The configuration that an existing object could have had; what the user cannot set is left out afterwards.
    fn generate_config(&self, state: Self::Model) -> Self::Model {
        state
    }
}

/// One step from an older form of what is stored to the next.
#[derive(Clone, Copy, Debug)]
pub struct Upgrade {
    /// The version of the older form; the result has the version after it.
    pub from: i64,
    /// Rewrites the JSON that was stored.
    pub rewrite: fn(serde_json::Value) -> Result<serde_json::Value>,
}

/// An object of another type that a `moved` block names.
#[derive(Clone, Debug)]
pub struct MoveRequest {
    /// The provider it was of, without its host, such as `example/example`: hosts disagree about the rest.
    pub provider: String,
    /// The type it had.
    pub type_name: String,
    /// The version of its schema.
    pub schema_version: i64,
    /// Its state, as JSON.
    pub state: String,
    /// What was remembered about it, if that was in this crate's form.
    pub private: Private,
}

impl MoveRequest {
    /// Reads the state as a model that has the attributes of the other type; the others are dropped.
    pub fn read<M: Model>(&self) -> Result<M> {
        let ty = M::block().object_type();
        let value = json::decode_stored(self.state.as_bytes(), &ty)?;
        Ok(M::from_value(value, &Path::root())?)
    }
}

/// An object that has been taken over; the host reads it next.
#[derive(Clone, Debug)]
pub struct Moved<M> {
    /// Its state, at least what a read needs.
    pub state: M,
    /// What to remember about it.
    pub private: Private,
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
    pub saved: Option<Box<(M, Private)>>,
}

impl<M> ApplyError<M> {
    /// A failure after the server accepted the object: it must stay in the state, or nobody will ever delete it.
    pub fn after(saved: Saved<M>, error: Diagnostics) -> Self {
        let mut diagnostics = saved.warnings;
        diagnostics.extend(error);
        Self { diagnostics, saved: Some(Box::new((saved.state, saved.private))) }
    }
}

/// A failure before the server accepted anything.
impl<M> From<Diagnostics> for ApplyError<M> {
    fn from(diagnostics: Diagnostics) -> Self {
        Self { diagnostics, saved: None }
    }
}
