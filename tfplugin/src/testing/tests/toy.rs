//! A toy provider: things on a shelf in memory. What a thing's text says happens to it.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard};

use tokio::sync::Notify;

use crate::action::Progress;
use crate::diagnostics::{DeferredReason, Diagnostic, Diagnostics, Result};
use crate::ephemeral_resource::{Opened, Renewed};
use crate::list_resource::{Found, ListRequest};
use crate::model::{Attr, Model};
use crate::private::Private;
use crate::resource::{
    ApplyError, CreateRequest, DeleteRequest, MoveRequest, Moved, ReadRequest, Resource, Saved,
    UpdateRequest, Upgrade,
};
use crate::schema::Block;
use crate::testing::Host;
use crate::{
    Action, AnyAction, AnyDataSource, AnyEphemeralResource, AnyFunction, AnyListResource, AnyResource,
    Arguments, ConfigureRequest, Context, DataSource, EphemeralResource, Function, FunctionError,
    ListResource, Provider, Reply,
};

/// Where the things are.
#[derive(Default)]
pub(super) struct Shelf {
    things: Mutex<BTreeMap<String, Thing>>,
    /// Told when a handler begins to wait.
    pub(super) waiting: Notify,
    /// Tells a handler to go on.
    pub(super) go_on: Notify,
    /// What was done, in order.
    log: Mutex<Vec<String>>,
    /// The calls of a host that goes through a liar, in order.
    pub(super) calls: Mutex<Vec<&'static str>>,
}

impl Shelf {
    pub(super) fn things(&self) -> MutexGuard<'_, BTreeMap<String, Thing>> {
        self.things.lock().unwrap()
    }

    pub(super) fn note(&self, event: impl Into<String>) {
        self.log.lock().unwrap().push(event.into());
    }

    /// What was done since somebody last asked.
    pub(super) fn log(&self) -> Vec<String> {
        std::mem::take(&mut *self.log.lock().unwrap())
    }

    pub(super) fn names(&self) -> Vec<String> {
        self.things().keys().cloned().collect()
    }
}

/// What the provider block knows of the shelf; no name means that it is not known yet.
pub(super) struct Client {
    pub(super) shelf: Arc<Shelf>,
    known: bool,
}

impl Client {
    fn check(&self) -> Result<()> {
        if self.known {
            return Ok(());
        }
        let error =
            Diagnostics::error("Shelf is not known", "The name of the shelf is known only after apply.");
        Err(error.deferrable(DeferredReason::ProviderConfigUnknown))
    }
}

/// Things on a shelf.
pub(super) struct Toy(pub(super) Arc<Shelf>);

/// The provider block.
#[derive(Clone, Debug, Default, Model)]
pub(super) struct ToyConfig {
    /// Name of the shelf.
    #[attr(required)]
    shelf: Attr<String>,
}

impl Provider for Toy {
    type Config = ToyConfig;
    type Client = Client;

    const NAME: &'static str = "toy";
    const ADDRESS: &'static str = "example/toy";

    fn resources(&self) -> &'static [&'static dyn AnyResource<Client>] {
        &[&Things, &Plain]
    }

    fn data_sources(&self) -> &'static [&'static dyn AnyDataSource<Client>] {
        &[&Lookup]
    }

    fn functions(&self) -> &'static [&'static dyn AnyFunction] {
        &[&Label]
    }

    fn ephemeral_resources(&self) -> &'static [&'static dyn AnyEphemeralResource<Client>] {
        &[&Keys]
    }

    fn list_resources(&self) -> &'static [&'static dyn AnyListResource<Client>] {
        &[&Stocktaking]
    }

    fn actions(&self) -> &'static [&'static dyn AnyAction<Client>] {
        &[&Shout]
    }

    fn meta(&self) -> Option<Block> {
        Some(ModuleMeta::block())
    }

    async fn configure(&self, request: ConfigureRequest<ToyConfig>) -> Result<Reply<Client>> {
        Ok(Client { shelf: Arc::clone(&self.0), known: !request.config.shelf.is_unknown() }.into())
    }
}

/// A host of the toy, configured.
pub(super) async fn host() -> (Host, Arc<Shelf>) {
    let shelf = Arc::new(Shelf::default());
    let host = Host::start(Toy(Arc::clone(&shelf))).await.unwrap();
    host.configure(serde_json::json!({"shelf": "top"})).await.unwrap();
    (host, shelf)
}

/// A thing.
#[derive(Clone, Debug, Default, PartialEq, Model)]
pub(super) struct Thing {
    /// Import id.
    #[attr(computed, id)]
    id: Attr<String>,
    /// Name on the shelf.
    #[attr(required, identity)]
    pub(super) name: Attr<String>,
    /// What it says, which happens.
    #[attr(optional)]
    pub(super) text: Attr<String>,
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
    pub(super) revision: Attr<i64>,
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
pub(super) struct Part {
    /// Its label.
    #[attr(required)]
    label: Attr<String>,
    /// Its code.
    #[attr(computed)]
    code: Attr<String>,
}

pub(super) struct Things;

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

    fn validate(&self, config: &Thing) -> Result<Diagnostics> {
        match config.text.as_str() {
            Some("invalid") => Err(Diagnostics::error("Invalid text", "Say something else.")),
            Some("odd") => Ok(Diagnostic::warning("Odd text", "It is odd.").into()),
            _ => Ok(Diagnostics::new()),
        }
    }

    async fn plan(
        &self,
        cx: &Context<Client>,
        request: crate::resource::PlanRequest<Thing>,
    ) -> Result<crate::resource::Plan<Thing>> {
        cx.client.check()?;
        Ok(crate::resource::Plan::new(request.planned, request.private))
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

/// A thing that nothing identifies.
#[derive(Clone, Debug, Default, Model)]
pub(super) struct PlainThing {
    /// What it says.
    #[attr(optional)]
    text: Attr<String>,
}

pub(super) struct Plain;

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

/// What a thing says.
#[derive(Clone, Debug, Default, Model)]
pub(super) struct Saying {
    /// Name of the thing.
    #[attr(required)]
    name: Attr<String>,
    /// What it says.
    #[attr(computed)]
    text: Attr<String>,
}

pub(super) struct Lookup;

impl DataSource for Lookup {
    type Client = Client;
    type Model = Saying;

    const NAME: &'static str = "toy_saying";

    async fn read(&self, cx: &Context<Client>, config: Saying) -> Result<Reply<Saying>> {
        let things = cx.client.shelf.things();
        let thing = things.get(config.name.as_str().unwrap_or_default());
        let thing = thing.ok_or_else(|| Diagnostics::error("No such thing", "It is not on the shelf."))?;
        Ok(Saying { text: thing.text.clone(), ..config }.into())
    }
}

/// What a module says of itself.
#[derive(Clone, Debug, Default, Model)]
pub(super) struct ModuleMeta {
    /// Name of the module.
    #[attr(required)]
    module: Attr<String>,
}

/// Makes a label.
#[derive(Arguments)]
pub(super) struct LabelArguments {
    /// What stands before it.
    #[argument(nullable)]
    prefix: Option<String>,
    /// What it is a label of.
    #[argument(unknown)]
    name: Attr<String>,
    /// What follows.
    #[argument(variadic)]
    parts: Vec<String>,
}

pub(super) struct Label;

impl Function for Label {
    type Arguments = LabelArguments;
    type Output = Attr<String>;

    const NAME: &'static str = "label";

    fn call(&self, arguments: LabelArguments) -> Result<Attr<String>, FunctionError> {
        if let Some(i) = arguments.parts.iter().position(|part| part.is_empty()) {
            return Err(FunctionError::about_element("parts", i, "A part is empty."));
        }
        let rest = arguments.parts.concat();
        Ok(arguments.name.map(|name| arguments.prefix.unwrap_or_default() + &name + &rest))
    }
}

/// A key to the shelf.
#[derive(Clone, Debug, Default, Model)]
pub(super) struct Key {
    /// Who asks for it.
    #[attr(required)]
    holder: Attr<String>,
    /// What opens the shelf.
    #[attr(computed, sensitive)]
    secret: Attr<String>,
}

pub(super) struct Keys;

impl EphemeralResource for Keys {
    type Client = Client;
    type Model = Key;

    const NAME: &'static str = "toy_key";

    async fn open(&self, cx: &Context<Client>, config: Key) -> Result<Opened<Key>> {
        cx.client.check()?;
        let holder = config.holder.as_str().unwrap_or_default().to_owned();
        if holder == "stranger" {
            return Err(Diagnostics::error("No key", "There is none for strangers."));
        }
        cx.client.shelf.note(format!("open {holder}"));
        let mut private = Private::default();
        private.set("holder", &holder);
        private.set("renewals", &0);
        let key = Key { secret: Attr::from("s3cret"), ..config };
        Ok(Opened { renew_at: Some(std::time::UNIX_EPOCH), ..Opened::new(key, private) })
    }

    async fn renew(&self, cx: &Context<Client>, mut private: Private) -> Result<Renewed> {
        let renewals = private.get::<i64>("renewals").unwrap_or_default() + 1;
        cx.client.shelf.note(format!("renew {renewals}"));
        private.set("renewals", &renewals);
        Ok(Renewed { private, renew_at: None, warnings: Diagnostics::new() })
    }

    async fn close(&self, cx: &Context<Client>, private: Private) -> Result<Diagnostics> {
        let holder = private.get::<String>("holder").unwrap_or_default();
        let renewals = private.get::<i64>("renewals").unwrap_or_default();
        cx.client.shelf.note(format!("close {holder} after {renewals}"));
        Ok(Diagnostics::new())
    }
}

/// Which things to list.
#[derive(Clone, Debug, Default, Model)]
pub(super) struct Wanted {
    /// How their names begin; all things when it is not set.
    #[attr(optional)]
    prefix: Attr<String>,
}

pub(super) struct Stocktaking;

impl ListResource for Stocktaking {
    type Client = Client;
    type Config = Wanted;
    type Resource = Things;

    async fn list(
        &self,
        cx: &Context<Client>,
        request: ListRequest<Wanted>,
        found: Found<Thing>,
    ) -> Result<Diagnostics> {
        let prefix = request.config.prefix.as_str().unwrap_or_default();
        if prefix == "locked" {
            return Err(Diagnostics::error("Locked", "Nobody can look there."));
        }
        let things: Vec<Thing> = cx.client.shelf.things().values().cloned().collect();
        for thing in things {
            let name = thing.name.as_str().unwrap_or_default();
            if name.starts_with(prefix) {
                cx.client.shelf.note(format!("look at {name}"));
                found.push(&thing, name.to_uppercase()).await;
            }
        }
        Ok(Diagnostic::warning("Dusty", "Dust it.").into())
    }
}

/// Something to shout.
#[derive(Clone, Debug, Default, Model)]
pub(super) struct ShoutConfig {
    /// What to shout.
    #[attr(required)]
    text: Attr<String>,
}

pub(super) struct Shout;

impl Action for Shout {
    type Client = Client;
    type Config = ShoutConfig;

    const NAME: &'static str = "toy_shout";

    async fn plan(&self, cx: &Context<Client>, config: ShoutConfig) -> Result<Diagnostics> {
        cx.client.check()?;
        match config.text.as_str() {
            Some("rude") => Err(Diagnostics::error("Rude", "Say it nicely.")),
            _ => Ok(Diagnostics::new()),
        }
    }

    async fn invoke(
        &self,
        cx: &Context<Client>,
        config: ShoutConfig,
        progress: Progress,
    ) -> Result<Diagnostics> {
        let text = config.text.as_str().unwrap_or_default();
        progress.say("breathing in").await;
        if text == "slow" {
            cx.client.shelf.waiting.notify_one();
            cx.client.shelf.go_on.notified().await;
        }
        if text == "hoarse" {
            return Err(Diagnostics::error("Hoarse", "There is no voice left."));
        }
        cx.client.shelf.note(format!("shout {text}"));
        progress.say(text.to_uppercase()).await;
        Ok(Diagnostic::warning("Loud", "The neighbours heard it.").into())
    }
}
