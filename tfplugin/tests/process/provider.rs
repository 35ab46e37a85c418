//! The smallest provider that can show how a process behaves: it starts, shakes hands, logs, panics and ends like any
//! other, and its one resource does what a test asks for.

use std::io;
use std::process::ExitCode;

use tfplugin::diagnostics::{Diagnostics, Result};
use tfplugin::model::{Attr, Model};
use tfplugin::resource::{
    ApplyError, CreateRequest, DeleteRequest, ReadRequest, Resource, Saved, UpdateRequest,
};
use tfplugin::{AnyDataSource, AnyResource, ConfigureRequest, Context, Provider, Reply};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::UnixStream;

fn main() -> ExitCode {
    tfplugin::serve(Smallest)
}

/// The provider block.
#[derive(Clone, Debug, Default, Model)]
struct Config {
    /// Any text.
    #[attr(optional)]
    text: Attr<String>,
}

struct Smallest;

impl Provider for Smallest {
    type Config = Config;
    /// The text of the provider block.
    type Client = Attr<String>;

    const NAME: &'static str = "process";
    const ADDRESS: &'static str = "example/process";

    /// Asked before the provider serves; a panic now is the end of the process.
    fn resources(&self) -> &'static [&'static dyn AnyResource<Self::Client>] {
        assert!(std::env::var_os("PANIC_AT_START").is_none(), "asked to panic");
        &[&Things]
    }

    fn data_sources(&self) -> &'static [&'static dyn AnyDataSource<Self::Client>] {
        &[]
    }

    fn validate(&self, config: &Config) -> Result<Diagnostics> {
        panic_over_passwords(&config.text);
        Ok(Diagnostics::new())
    }

    async fn configure(&self, request: ConfigureRequest<Config>) -> Result<Reply<Self::Client>> {
        Ok(request.config.text.into())
    }
}

/// Panics over one text, and quotes it.
fn panic_over_passwords(text: &Attr<String>) {
    if let Attr::Known(text) = text {
        assert!(!text.starts_with("password"), "the text is {text}");
    }
}

/// A thing.
#[derive(Clone, Debug, Default, Model)]
struct Thing {
    /// The path of a socket at which a create waits for a byte, and says when it is done.
    #[attr(optional)]
    gate: Attr<String>,
    /// Any text.
    #[attr(optional)]
    text: Attr<String>,
    /// The text of the provider block.
    #[attr(computed)]
    setting: Attr<String>,
}

struct Things;

impl Resource for Things {
    type Client = Attr<String>;
    type Model = Thing;

    const NAME: &'static str = "process_thing";

    async fn create(
        &self,
        cx: &Context<Self::Client>,
        request: CreateRequest<Thing>,
    ) -> Result<Saved<Thing>, ApplyError<Thing>> {
        let thing = Thing { setting: (*cx.client).clone(), ..request.planned };
        panic_over_passwords(&thing.text);
        if let Some(gate) = thing.gate.as_str() {
            pass(gate).await.map_err(|error| Diagnostics::error("Gate", error.to_string()))?;
        }
        Ok(Saved::new(thing, request.private))
    }

    async fn read(
        &self,
        cx: &Context<Self::Client>,
        request: ReadRequest<Thing>,
    ) -> Result<Option<Saved<Thing>>> {
        let thing = Thing { setting: (*cx.client).clone(), ..request.state };
        Ok(Some(Saved::new(thing, request.private)))
    }

    async fn update(
        &self,
        _: &Context<Self::Client>,
        request: UpdateRequest<Thing>,
    ) -> Result<Saved<Thing>, ApplyError<Thing>> {
        Ok(Saved::new(request.planned, request.private))
    }

    async fn delete(&self, _: &Context<Self::Client>, _: DeleteRequest<Thing>) -> Result<Diagnostics> {
        Ok(Diagnostics::new())
    }
}

/// Waits at the gate for a byte, and answers with another when it is through.
async fn pass(gate: &str) -> io::Result<()> {
    let mut gate = UnixStream::connect(gate).await?;
    let byte = gate.read_u8().await?;
    gate.write_u8(byte).await
}
