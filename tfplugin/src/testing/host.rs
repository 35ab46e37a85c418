//! The host: a provider at the other end of the protocol, its schemas, and its configuration.

use std::fmt;

use serde_json::Value as Json;
use tonic::Request;

use super::config;
use super::failure::HostError;
use super::object::Current;
use super::options::Options;
use super::rpc::{answer, encode, warnings};
use super::schemas::{ResourceType, Schemas};
use super::words::Subject;
use crate::diagnostics::Diagnostics;
use crate::provider::Provider;
use crate::value::Value;
use crate::wire::proto::tfplugin6::{self as proto, provider_server};
use crate::wire::service::Service;

/// Terraform, in this process, with one provider.
///
/// Every method is a step of a command and makes the calls that Terraform makes in it, in that order. To cancel a call as
/// a host does that goes away, drop the future of the step. Steps may run at the same time, as they do in Terraform.
pub struct Host {
    pub(super) service: Box<dyn provider_server::Provider>,
    pub(super) schemas: Schemas,
    pub(super) options: Options,
    address: &'static str,
}

impl Host {
    /// Starts a provider and loads its schemas.
    ///
    /// # Errors
    ///
    /// Fails when a schema is one that would make a host fail or crash.
    pub async fn start<P: Provider>(provider: P) -> Result<Self, HostError> {
        Self::of(Box::new(Service::new(provider)), P::ADDRESS).await
    }

    /// The host of anything that speaks the protocol, be it honest or not.
    pub(super) async fn of(
        service: Box<dyn provider_server::Provider>,
        address: &'static str,
    ) -> Result<Self, HostError> {
        let schemas = Schemas::load(&*service).await?;
        Ok(Self { schemas, service, options: Options::default(), address })
    }

    /// The types of the provider's managed resources, in order: for tests that leave none out.
    pub fn resource_types(&self) -> Vec<&str> {
        self.schemas.resources.keys().map(String::as_str).collect()
    }

    /// Validates and configures the provider. Returns its warnings.
    ///
    /// # Errors
    ///
    /// Fails when the configuration does not fit the provider's schema, or the provider refuses it.
    pub async fn configure(&self, config: Json) -> Result<Diagnostics, HostError> {
        let schema = &self.schemas.provider;
        let config = encode(&config::read(schema, &config)?, &schema.ty)?;
        let request = proto::validate_provider_config::Request { config: config.clone() };
        let validated = answer(self.service.validate_provider_config(Request::new(request))).await?;
        let mut messages = warnings(validated.diagnostics)?;
        let request = proto::configure_provider::Request {
            terraform_version: self.options.version().to_owned(),
            config,
            client_capabilities: self.capabilities(),
        };
        let configured = answer(self.service.configure_provider(Request::new(request))).await?;
        messages.extend(warnings(configured.diagnostics)?);
        Ok(messages)
    }

    /// Interrupts what is running, as the user's first Ctrl-C does. Later steps run again.
    ///
    /// # Errors
    ///
    /// Fails when the provider answers with an error.
    pub async fn stop(&self) -> Result<(), HostError> {
        let stopped =
            answer(self.service.stop_provider(Request::new(proto::stop_provider::Request {}))).await?;
        if stopped.error.is_empty() {
            return Ok(());
        }
        Err(HostError::Diagnostics(Diagnostics::error("Provider could not be stopped", stopped.error)))
    }

    pub(super) fn capabilities(&self) -> Option<proto::ClientCapabilities> {
        Some(self.options.capabilities)
    }

    /// Whether the provider may put a decision off; fails when it does although it may not.
    pub(super) fn deferred(
        &self,
        subject: Subject<'_>,
        deferred: Option<&proto::Deferred>,
    ) -> Result<bool, HostError> {
        match deferred {
            Some(_) if !self.options.capabilities.deferral_allowed => {
                Err(subject.unexpected_deferral().into())
            }
            deferred => Ok(deferred.is_some()),
        }
    }

    /// The identity that an object must keep.
    pub(super) fn fixed_identity<'c>(
        &self,
        resource: &ResourceType,
        current: &'c Current,
    ) -> Option<&'c Value> {
        current.identity.as_ref().filter(|_| !self.options.mutable_identities.contains(&resource.name))
    }

    pub(super) fn resource(&self, type_name: &str) -> Result<&ResourceType, HostError> {
        self.schemas.resources.get(type_name).ok_or_else(|| self.unsupported("resource type", type_name))
    }

    /// The refusal of a name that the provider does not offer.
    pub(super) fn unsupported(&self, kind: &str, name: &str) -> HostError {
        let detail = format!("The provider {} does not support {kind} {name:?}.", self.address);
        HostError::refused(format!("Invalid {kind}"), detail)
    }

    pub(super) fn subject<'h>(&'h self, type_name: &'h str) -> Subject<'h> {
        Subject { provider: self.address, type_name }
    }
}

impl fmt::Debug for Host {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Host").field("provider", &self.address).finish_non_exhaustive()
    }
}
