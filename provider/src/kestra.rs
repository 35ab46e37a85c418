//! What `configure` makes and every resource works with: the API client, or the reason why there is none yet.

use tfplugin::Reply;
use tfplugin::diagnostics::{DeferredReason, Diagnostics, Result};
use tfplugin::model::Attr;

use crate::config::ProviderConfig;
use crate::contracts::DeployedContracts;
use crate::settings::{client_config, config_error};
use crate::walk::Walk;

/// A configured provider.
pub(crate) struct Kestra {
    connection: Connection,
    tenant: Attr<String>,
    walk: Walk,
    deployed: DeployedContracts,
}

enum Connection {
    Ready(client::Client),
    /// The provider block depends on something that does not exist yet. Plans go on without the server.
    WaitingFor(String),
}

impl Kestra {
    pub(crate) fn configure(config: ProviderConfig, host_version: &str) -> Result<Reply<Self>> {
        if let Some(attribute) = config.unknown() {
            return Ok(Self::new(Connection::WaitingFor(attribute), Attr::Unknown).into());
        }
        let config = client_config(&config, host_version, &|name| std::env::var(name).ok())?;
        let tenant = Attr::Known(config.tenant.clone());
        let client = client::Client::new(config).map_err(|error| config_error(&error))?;
        Ok(Self::new(Connection::Ready(client), tenant).into())
    }

    fn new(connection: Connection, tenant: Attr<String>) -> Self {
        Self { connection, tenant, walk: Walk::default(), deployed: DeployedContracts::default() }
    }

    /// The tenant of everything that is read or written.
    pub(crate) fn tenant(&self) -> Attr<String> {
        self.tenant.clone()
    }

    /// Plans the tenant of an object; one that is not known yet leaves the plan as it is.
    pub(crate) fn plan_tenant(&self, planned: &mut Attr<String>) {
        if !self.tenant.is_unknown() {
            planned.clone_from(&self.tenant);
        }
    }

    /// What this walk has shown of the flows.
    pub(crate) fn walk(&self) -> &Walk {
        &self.walk
    }

    /// The contracts of flows on the server.
    pub(crate) fn deployed(&self) -> &DeployedContracts {
        &self.deployed
    }

    /// The client, for work that cannot do without it.
    pub(crate) fn client(&self) -> Result<&client::Client> {
        match &self.connection {
            Connection::Ready(client) => Ok(client),
            Connection::WaitingFor(attribute) => Err(waiting_for(attribute)),
        }
    }

    /// The client, for checks that can wait until there is one.
    pub(crate) fn client_if_ready(&self) -> Option<&client::Client> {
        self.client().ok()
    }

    /// Gives up what is running; later calls run again.
    pub(crate) fn stop(&self) {
        if let Connection::Ready(client) = &self.connection {
            client.stop();
        }
    }
}

fn waiting_for(attribute: &str) -> Diagnostics {
    Diagnostics::error(
        "Provider configuration is not known yet",
        format!(
            "The provider attribute `{attribute}` is known only after apply, and this step needs the server. Apply what \
             it depends on first (for example with -target), then run again."
        ),
    )
    .deferrable(DeferredReason::ProviderConfigUnknown)
}

/// The text of an attribute that the host has checked: in reads and writes nothing required is null or unknown.
pub(crate) fn known(attribute: &Attr<String>) -> &str {
    attribute.as_str().unwrap_or_default()
}

/// A revision as Terraform has it.
pub(crate) fn revision(revision: u64) -> Attr<i64> {
    i64::try_from(revision).ok().into()
}
