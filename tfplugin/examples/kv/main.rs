//! A whole provider in a hundred lines: entries of a key-value store that lives in the memory of this process.
//!
//! Start it with `-debug`, so that one process serves plan after plan, and set the variable that it prints.

mod counter;
mod entry;

use std::collections::BTreeMap;
use std::process::ExitCode;
use std::sync::{Mutex, MutexGuard, PoisonError};

use tfplugin::diagnostics::Result;
use tfplugin::model::Model;
use tfplugin::{AnyResource, ConfigureRequest, Provider, Reply};

fn main() -> ExitCode {
    tfplugin::serve(Kv)
}

/// The provider.
struct Kv;

/// Nothing to configure.
#[derive(Clone, Debug, Default, Model)]
struct Config {}

/// What other providers have an API client for: the one store of this process.
struct Store(Mutex<BTreeMap<String, String>>);

static STORE: Store = Store(Mutex::new(BTreeMap::new()));

impl Store {
    fn entries(&self) -> MutexGuard<'_, BTreeMap<String, String>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What every handler works with.
type Client = &'static Store;

impl Provider for Kv {
    type Config = Config;
    type Client = Client;

    const NAME: &'static str = "kv";
    const ADDRESS: &'static str = "example/kv";

    fn resources(&self) -> &'static [&'static dyn AnyResource<Client>] {
        &[&entry::Entry, &counter::Counter]
    }

    async fn configure(&self, _: ConfigureRequest<Config>) -> Result<Reply<Client>> {
        Ok((&STORE).into())
    }
}
