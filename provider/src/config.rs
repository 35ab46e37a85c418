//! The `provider "kestra"` block: the official provider's attributes and environment variables, and TLS options beside them.

use std::collections::BTreeMap;

use tfplugin::diagnostics::{Diagnostic, Diagnostics, Result};
use tfplugin::model::{Attr, Model};
use tfplugin::value::{Path, Value};

/// Flows, KV entries, files and namespaces of the orchestrator [Kestra](https://kestra.io).
///
/// Most attributes may come from an environment variable instead; what the provider block says wins.
#[derive(Debug, Default, Model)]
pub(crate) struct ProviderConfig {
    /// URL of the Kestra server, such as `https://kestra.example.com`. A path in it is kept. Environment: `KESTRA_URL`.
    #[attr(optional)]
    pub(crate) url: Attr<String>,
    /// Tenant to work in. Defaults to `main`, the only one of the open-source edition. Environment: `KESTRA_TENANT_ID`.
    #[attr(optional)]
    pub(crate) tenant_id: Attr<String>,
    /// User name for basic authentication. Environment: `KESTRA_USERNAME`.
    #[attr(optional)]
    pub(crate) username: Attr<String>,
    /// Password for basic authentication. Environment: `KESTRA_PASSWORD`.
    #[attr(optional, sensitive)]
    pub(crate) password: Attr<String>,
    /// API token (Enterprise), sent as a bearer token. Environment: `KESTRA_API_TOKEN`.
    #[attr(optional, sensitive)]
    pub(crate) api_token: Attr<String>,
    /// JSON web token (Enterprise), sent as the `JWT` cookie. Environment: `KESTRA_JWT`.
    #[attr(optional, sensitive)]
    pub(crate) jwt: Attr<String>,
    /// Seconds that one request may take. Defaults to 10. Environment: `KESTRA_TIMEOUT`.
    #[attr(optional)]
    pub(crate) timeout: Attr<i64>,
    /// Headers sent with every request; they win over those of the provider.
    #[attr(optional, sensitive)]
    pub(crate) extra_headers: Attr<BTreeMap<String, Attr<String>>>,
    /// Certificates to trust beside the system's: PEM text, or the path of a PEM file. Environment: `KESTRA_CA_CERTIFICATE`.
    #[attr(optional)]
    pub(crate) ca_certificate: Attr<String>,
    /// Certificate to show to the server: PEM text, or the path of a PEM file; needs `client_key`. Environment: `KESTRA_CLIENT_CERTIFICATE`.
    #[attr(optional)]
    pub(crate) client_certificate: Attr<String>,
    /// Private key of `client_certificate`: PEM text, or the path of a PEM file. Environment: `KESTRA_CLIENT_KEY`.
    #[attr(optional, sensitive)]
    pub(crate) client_key: Attr<String>,
    /// Accept any server certificate. For tests only. Environment: `KESTRA_INSECURE`.
    #[attr(optional)]
    pub(crate) insecure: Attr<bool>,
    /// Flows are always sent and stored as their original source. Environment: `KESTRA_KEEP_ORIGINAL_SOURCE`.
    #[attr(optional, deprecated = "Flows are always kept as their original source. Remove the attribute.")]
    pub(crate) keep_original_source: Attr<bool>,
}

impl ProviderConfig {
    /// What can be said without the environment: values that exclude each other.
    pub(crate) fn check(&self) -> Result<Diagnostics> {
        let mut diagnostics = Diagnostics::new();
        let modes = [("username", &self.username), ("jwt", &self.jwt), ("api_token", &self.api_token)];
        let given: Vec<&str> =
            modes.iter().filter(|(_, value)| value.known().is_some()).map(|(name, _)| *name).collect();
        if let [first, second, ..] = given[..] {
            let detail = format!(
                "Both {first} and {second} are set; {second} is used. Remove the one that is not needed.",
            );
            diagnostics
                .push(Diagnostic::warning("Two ways to log in", detail).at(Path::root().attribute(second)));
        }
        if self.keep_original_source.known() == Some(&false) {
            diagnostics.push(json_flows("remove the attribute"));
        }
        diagnostics.into_result()
    }

    /// An attribute whose value, or a part of it, is known only after apply.
    pub(crate) fn unknown(&self) -> Option<String> {
        let Value::Map(attributes) = self.to_value() else { return None };
        attributes.into_iter().find_map(|(name, value)| value.has_unknown().then_some(name))
    }
}

/// The official provider can send flows as JSON; `cure` says how to stop asking for it.
pub(crate) fn json_flows(cure: &str) -> Diagnostic {
    let detail = format!(
        "Kestra 2.0 no longer accepts flows as JSON, and its conversion drops labels and comments in 1.3. Flows are always \
         sent as their original source; {cure}."
    );
    Diagnostic::error("JSON flows are not supported", detail)
        .at(Path::root().attribute("keep_original_source"))
}
