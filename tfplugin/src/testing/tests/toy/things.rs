//! The toy's managed resources. What a thing's text says happens to it.

use super::{Client, ModuleMeta};
use crate::Context;
use crate::diagnostics::{Diagnostic, Diagnostics, Result};
use crate::model::{Attr, Model};
use crate::private::Private;
use crate::resource::{
    ApplyError, CreateRequest, DeleteRequest, MoveRequest, Moved, Plan, PlanRequest, ReadRequest, Resource,
    Saved, UpdateRequest, Upgrade,
};

/// A thing.
#[derive(Clone, Debug, Default, PartialEq, Model)]
pub(in crate::testing::tests) struct Thing {
    /// Import id.
    #[attr(computed, id)]
    id: Attr<String>,
    /// Name on the shelf.
    #[attr(required, identity)]
    pub(in crate::testing::tests) name: Attr<String>,
    /// What it says, which happens.
    #[attr(optional)]
    pub(in crate::testing::tests) text: Attr<String>,
    /// Stored, and hidden.
    #[attr(optional, sensitive)]
    token: Attr<String>,
    /// Never stored.
    #[attr(optional, sensitive, write_only)]
    secret: Attr<String>,
    /// Another kind is another thing.
    #[attr(optional, replace)]
    kind: Attr<String>,
    /// Counts changes.
    #[attr(computed)]
    pub(in crate::testing::tests) revision: Attr<i64>,
    /// Its colour.
    #[attr(optional, computed, default = "blue")]
    colour: Attr<String>,
    /// Its parts.
    #[attr(optional)]
    parts: Attr<Vec<Part>>,
    /// Its marks.
    #[attr(block)]
    marks: Attr<Vec<Part>>,
}

/// A part.
#[derive(Clone, Debug, Default, PartialEq, Model)]
pub(in crate::testing::tests) struct Part {
    /// Its label.
    #[attr(required)]
    label: Attr<String>,
    /// Its code.
    #[attr(computed)]
    code: Attr<String>,
}

pub(in crate::testing::tests) struct Things;

impl Things {
    /// The thing as the shelf has it: with everything filled in.
    fn completed(mut thing: Thing, revision: i64) -> Thing {
        let coded = |parts: Vec<Part>| {
            parts.into_iter().map(|part| Part { code: part.label.clone(), ..part }).collect::<Vec<_>>()
        };
        thing.id = thing.name.clone();
        thing.revision = Attr::Known(revision);
        thing.secret = Attr::Null;
        thing.parts = thing.parts.map(coded);
        thing.marks = thing.marks.map(coded);
        thing
    }

    async fn write(
        cx: &Context<Client>,
        config: Thing,
        planned: Thing,
        revision: i64,
        mut private: Private,
    ) -> Result<Saved<Thing>, ApplyError<Thing>> {
        let shelf = &cx.client.shelf;
        let thing = Self::completed(planned, revision);
        let name = thing.name.as_str().unwrap_or_default().to_owned();
        let put = || shelf.things().insert(name.clone(), thing.clone());
        private.set("had_secret", &!config.secret.is_null());
        let saved = Saved::new(thing.clone(), private);
        match thing.text.as_str().unwrap_or_default() {
            "refused" => Err(Diagnostics::error("Refused", "The shelf refused it.").into()),
            "half" => {
                put();
                Err(ApplyError::after(saved, Diagnostics::error("Half done", "The shelf broke down.")))
            }
            "until stopped" => {
                put();
                shelf.waiting.notify_one();
                cx.stop.cancelled().await;
                Err(ApplyError::after(
                    saved,
                    Diagnostics::error("Interrupted", "The thing may not be ready."),
                ))
            }
            "slow" => {
                shelf.waiting.notify_one();
                shelf.go_on.notified().await;
                put();
                shelf.waiting.notify_one();
                Ok(saved)
            }
            "panic" => panic!("s3cret"),
            _ => {
                put();
                Ok(saved)
            }
        }
    }
}

impl Resource for Things {
    type Client = Client;
    type Model = Thing;

    const NAME: &'static str = "toy_thing";
    const VERSION: i64 = 1;
    const UPGRADES: &'static [Upgrade] = &[Upgrade { from: 0, rewrite: renamed }];
    const IDENTITY_VERSION: i64 = 1;
    const IDENTITY_UPGRADES: &'static [Upgrade] = &[Upgrade { from: 0, rewrite: identified }];

    fn validate(&self, config: &Thing) -> Result<Diagnostics> {
        match config.text.as_str() {
            Some("invalid") => Err(Diagnostics::error("Invalid text", "Say something else.")),
            Some("odd") => Ok(Diagnostic::warning("Odd text", "It is odd.").into()),
            _ => Ok(Diagnostics::new()),
        }
    }

    async fn plan(&self, cx: &Context<Client>, request: PlanRequest<Thing>) -> Result<Plan<Thing>> {
        cx.client.check()?;
        Ok(Plan::new(request.planned, request.private))
    }

    async fn plan_delete(&self, _: &Context<Client>, request: DeleteRequest<Thing>) -> Result<Diagnostics> {
        match request.prior.text.as_str() {
            Some("guarded") => Err(Diagnostics::error("Guarded", "It is guarded.")),
            _ => Ok(Diagnostics::new()),
        }
    }

    async fn create(
        &self,
        cx: &Context<Client>,
        r: CreateRequest<Thing>,
    ) -> Result<Saved<Thing>, ApplyError<Thing>> {
        Self::write(cx, r.config, r.planned, 1, r.private).await
    }

    async fn read(&self, cx: &Context<Client>, request: ReadRequest<Thing>) -> Result<Option<Saved<Thing>>> {
        cx.client.check()?;
        if let Some(meta) = cx.meta::<ModuleMeta>()? {
            cx.client.shelf.note(format!("read for {}", meta.module.as_str().unwrap_or_default()));
        }
        let name = request.state.name.as_str().unwrap_or_default();
        if name == "unreachable" {
            return Err(Diagnostics::error("Shelf is closed", "Come back later."));
        }
        let found = cx.client.shelf.things().get(name).cloned();
        Ok(found.map(|thing| Saved::new(thing, request.private)))
    }

    async fn update(
        &self,
        cx: &Context<Client>,
        r: UpdateRequest<Thing>,
    ) -> Result<Saved<Thing>, ApplyError<Thing>> {
        let revision = r.prior.revision.known().copied().unwrap_or_default() + 1;
        Self::write(cx, r.config, r.planned, revision, r.private).await
    }

    async fn delete(&self, cx: &Context<Client>, request: DeleteRequest<Thing>) -> Result<Diagnostics> {
        if request.prior.text.as_str() == Some("stuck") {
            return Err(Diagnostics::error("Stuck", "It does not come off the shelf."));
        }
        cx.client.shelf.things().remove(request.prior.name.as_str().unwrap_or_default());
        Ok(Diagnostics::new())
    }

    fn move_state(&self, source: MoveRequest) -> Result<Option<Moved<Thing>>> {
        if source.type_name != "other_thing" {
            return Ok(None);
        }
        Ok(Some(Moved { state: source.read()?, private: source.private }))
    }
}

/// In version 0 the text was a `message`.
fn renamed(mut state: serde_json::Value) -> Result<serde_json::Value> {
    if let Some(members) = state.as_object_mut() {
        let message = members.remove("message").unwrap_or_default();
        members.insert("text".to_owned(), message);
    }
    Ok(state)
}

/// In version 0 the identity was a `title`.
fn identified(identity: serde_json::Value) -> Result<serde_json::Value> {
    Ok(serde_json::json!({"name": identity["title"]}))
}

/// A thing that nothing identifies.
#[derive(Clone, Debug, Default, Model)]
pub(in crate::testing::tests) struct PlainThing {
    /// What it says.
    #[attr(optional)]
    text: Attr<String>,
}

pub(in crate::testing::tests) struct Plain;

impl Resource for Plain {
    type Client = Client;
    type Model = PlainThing;

    const NAME: &'static str = "toy_plain";

    async fn create(
        &self,
        _: &Context<Client>,
        r: CreateRequest<PlainThing>,
    ) -> Result<Saved<PlainThing>, ApplyError<PlainThing>> {
        Ok(Saved::new(r.planned, r.private))
    }

    async fn read(
        &self,
        _: &Context<Client>,
        r: ReadRequest<PlainThing>,
    ) -> Result<Option<Saved<PlainThing>>> {
        Ok(Some(Saved::new(r.state, r.private)))
    }

    async fn update(
        &self,
        _: &Context<Client>,
        r: UpdateRequest<PlainThing>,
    ) -> Result<Saved<PlainThing>, ApplyError<PlainThing>> {
        Ok(Saved::new(r.planned, r.private))
    }

    async fn delete(&self, _: &Context<Client>, _: DeleteRequest<PlainThing>) -> Result<Diagnostics> {
        Ok(Diagnostics::new())
    }
}
