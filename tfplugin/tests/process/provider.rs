//! The smallest provider: it offers nothing but a setting, yet it starts, shakes hands, logs, panics and ends like any
//! other.

use std::process::ExitCode;

use tfplugin::diagnostics::{Diagnostics, Result};
use tfplugin::model::{Attr, Model};
use tfplugin::{AnyDataSource, AnyResource, ConfigureRequest, Provider, Reply};

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
    type Client = ();

    const NAME: &'static str = "process";
    const ADDRESS: &'static str = "example/process";

    /// Asked before the provider serves; a panic now is the end of the process.
    fn resources(&self) -> &'static [&'static dyn AnyResource<()>] {
        assert!(std::env::var_os("PANIC_AT_START").is_none(), "asked to panic");
        &[]
    }

    fn data_sources(&self) -> &'static [&'static dyn AnyDataSource<()>] {
        &[]
    }

    /// Panics over one text, and quotes it.
    fn validate(&self, config: &Config) -> Result<Diagnostics> {
        if let Attr::Known(text) = &config.text {
            assert!(!text.starts_with("password"), "the text is {text}");
        }
        Ok(Diagnostics::new())
    }

    async fn configure(&self, _: ConfigureRequest<Config>) -> Result<Reply<()>> {
        Ok(().into())
    }
}
