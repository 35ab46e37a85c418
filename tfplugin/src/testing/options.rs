//! Which host it is: Terraform of today, unless a test asks for something else.

use std::collections::BTreeSet;

use serde_json::Value as Json;

use super::config;
use super::failure::HostError;
use super::host::Host;
use super::rpc::encode;
use crate::wire::proto::tfplugin6::{ClientCapabilities, DynamicValue};

/// What a host does in its own way.
pub(super) struct Options {
    pub(super) capabilities: ClientCapabilities,
    pub(super) opentofu: bool,
    pub(super) mutable_identities: BTreeSet<String>,
    pub(super) meta: Option<DynamicValue>,
}

impl Default for Options {
    fn default() -> Self {
        let capabilities = ClientCapabilities { write_only_attributes_allowed: true, ..Default::default() };
        Self { capabilities, opentofu: false, mutable_identities: BTreeSet::new(), meta: None }
    }
}

impl Options {
    /// The version a host says it has; OpenTofu names one of Terraform.
    pub(super) fn version(&self) -> &'static str {
        if self.opentofu { "1.13.0" } else { "1.15.0" }
    }
}

impl Host {
    /// The same host, as OpenTofu is where the two differ: in the second plan of a replacement, in what closes an ephemeral
    /// resource, and in the null arguments of functions.
    #[must_use]
    pub fn as_opentofu(mut self) -> Self {
        self.options.opentofu = true;
        self
    }

    /// The same host, whose provider may put off decisions until it knows more, as in an experimental Terraform.
    #[must_use]
    pub fn with_deferral(mut self) -> Self {
        self.options.capabilities.deferral_allowed = true;
        self
    }

    /// The same host as one of a time before write-only attributes.
    #[must_use]
    pub fn without_write_only(mut self) -> Self {
        self.options.capabilities.write_only_attributes_allowed = false;
        self
    }

    /// The same host, for which objects of a type may get another identity in their lives, as those do that can be renamed
    /// in place.
    #[must_use]
    pub fn with_mutable_identity(mut self, type_name: &str) -> Self {
        self.options.mutable_identities.insert(type_name.to_owned());
        self
    }

    /// The same host, for a module that has a `provider_meta` block.
    ///
    /// # Errors
    ///
    /// Fails when the provider offers none, or the block does not fit.
    pub fn with_provider_meta(mut self, block: &Json) -> Result<Self, HostError> {
        let schema = self.schemas.meta.as_ref().ok_or_else(|| self.unsupported("block", "provider_meta"))?;
        self.options.meta = encode(&config::read(schema, block)?, &schema.ty)?;
        Ok(self)
    }
}
