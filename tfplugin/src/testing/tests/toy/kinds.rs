//! What the toy has beside managed resources.

use super::Client;
use super::things::{Thing, Things};
use crate::action::Progress;
use crate::diagnostics::{Diagnostic, Diagnostics, Result};
use crate::ephemeral_resource::{Opened, Renewed};
use crate::list_resource::{Found, ListRequest};
use crate::model::{Attr, Model};
use crate::private::Private;
use crate::{
    Action, Arguments, Context, DataSource, EphemeralResource, Function, FunctionError, ListResource, Reply,
};

/// What a thing says.
#[derive(Clone, Debug, Default, Model)]
pub(in crate::testing::tests) struct Saying {
    /// Name of the thing.
    #[attr(required)]
    name: Attr<String>,
    /// What it says.
    #[attr(computed)]
    text: Attr<String>,
}

pub(in crate::testing::tests) struct Lookup;

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

/// Makes a label.
#[derive(Arguments)]
pub(in crate::testing::tests) struct LabelArguments {
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

pub(in crate::testing::tests) struct Label;

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
pub(in crate::testing::tests) struct Key {
    /// Who asks for it.
    #[attr(required)]
    holder: Attr<String>,
    /// What opens the shelf.
    #[attr(computed, sensitive)]
    secret: Attr<String>,
}

pub(in crate::testing::tests) struct Keys;

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
pub(in crate::testing::tests) struct Wanted {
    /// How their names begin; all things when it is not set.
    #[attr(optional)]
    prefix: Attr<String>,
}

pub(in crate::testing::tests) struct Stocktaking;

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
pub(in crate::testing::tests) struct ShoutConfig {
    /// What to shout.
    #[attr(required)]
    text: Attr<String>,
}

pub(in crate::testing::tests) struct Shout;

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
