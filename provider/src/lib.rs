//! The Kestra provider: flows, subflows, KV entries, namespace files and namespaces as Terraform resources.
//!
//! A resource is one file in `resources` and one row in its table; the protocol is `tfplugin`'s, the API `client`'s and
//! the flow language `schema`'s.

mod config;
mod contracts;
mod data_sources;
mod explain;
mod flow_source;
mod functions;
mod kestra;
mod resources;
mod server_check;
mod settings;
mod stamp;
mod takeover;
mod walk;

use std::process::ExitCode;

use tfplugin::diagnostics::{Diagnostics, Result};
use tfplugin::{AnyDataSource, AnyFunction, AnyResource, ConfigureRequest, Provider, Reply};

pub use settings::settings_of_environment;

use config::ProviderConfig;
use kestra::Kestra;

/// Serves the provider to the host that started this process.
pub fn main() -> ExitCode {
    tfplugin::serve(provider())
}

/// The provider itself, for hosts in the same process.
pub fn provider() -> impl Provider {
    KestraProvider
}

/// `terraform-provider-kestra`.
struct KestraProvider;

impl Provider for KestraProvider {
    type Config = ProviderConfig;
    type Client = Kestra;

    const NAME: &'static str = "kestra";
    const ADDRESS: &'static str = "flowsmith/kestra";
    const CRATES: &'static [&'static str] = &["provider", "client"];

    fn resources(&self) -> &'static [&'static dyn AnyResource<Kestra>] {
        resources::RESOURCES
    }

    fn data_sources(&self) -> &'static [&'static dyn AnyDataSource<Kestra>] {
        data_sources::DATA_SOURCES
    }

    fn functions(&self) -> &'static [&'static dyn AnyFunction] {
        functions::FUNCTIONS
    }

    fn validate(&self, config: &ProviderConfig) -> Result<Diagnostics> {
        config.check()
    }

    async fn configure(&self, request: ConfigureRequest<ProviderConfig>) -> Result<Reply<Kestra>> {
        Kestra::configure(request.config, &request.host_version)
    }

    fn stop(&self, kestra: &Kestra) {
        kestra.stop();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_schema_is_fit_to_be_released() {
        assert_eq!(tfplugin::schema::lint(&KestraProvider), []);
    }
}
