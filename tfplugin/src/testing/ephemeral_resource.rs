//! Ephemeral resources: opened, renewed when their time comes, and closed.

use std::fmt;
use std::time::SystemTime;

use prost::bytes::Bytes;
use serde_json::Value as Json;
use tonic::Request;

use super::config;
use super::failure::{HostError, Violation};
use super::host::Host;
use super::rpc::{answer, encode, to_json, warnings};
use super::schema::Schema;
use crate::diagnostics::Diagnostics;
use crate::value::Value;
use crate::wire::proto::tfplugin6 as proto;

/// An ephemeral resource that is open. Its `Debug` form shows no values, which are mostly secret.
pub struct Opened {
    type_name: String,
    result: Value,
    /// What `open` gave, which Terraform closes with.
    opened: Option<Bytes>,
    /// What the last renewal gave, which OpenTofu closes with.
    latest: Option<Bytes>,
    renew_at: Option<SystemTime>,
    warnings: Diagnostics,
}

impl Opened {
    /// What was opened, with the configuration.
    pub fn result(&self) -> Json {
        to_json(&self.result)
    }

    /// When to renew it; `None` for never.
    pub fn renew_at(&self) -> Option<SystemTime> {
        self.renew_at
    }

    /// What the provider warned of so far.
    pub fn warnings(&self) -> &Diagnostics {
        &self.warnings
    }
}

impl fmt::Debug for Opened {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Opened")
            .field("type_name", &self.type_name)
            .field("renew_at", &self.renew_at)
            .finish_non_exhaustive()
    }
}

impl Host {
    /// Validates and opens an ephemeral resource, as every plan and every apply does. One whose configuration has unknown
    /// values is validated, and then refused: hosts wait with it.
    ///
    /// # Errors
    ///
    /// Fails when the configuration does not fit the schema, when the provider does, and when its answer breaks a rule.
    pub async fn open_ephemeral(&self, type_name: &str, config: Json) -> Result<Opened, HostError> {
        let schema = self.schemas.ephemeral_resources.get(type_name);
        let schema = schema.ok_or_else(|| self.unsupported("ephemeral resource type", type_name))?;
        let config = config::read(schema, &config)?;
        let mut messages = self.validate_ephemeral(type_name, schema, &config).await?;
        if config.has_unknown() {
            return Err(HostError::refused(
                "Ephemeral resource cannot be opened",
                "Its configuration is not known yet.",
            ));
        }
        let request = proto::open_ephemeral_resource::Request {
            type_name: type_name.to_owned(),
            config: encode(&config, &schema.ty)?,
            client_capabilities: self.capabilities().filter(|_| self.options.opentofu),
        };
        let opened = answer(self.service.open_ephemeral_resource(Request::new(request))).await?;
        messages.extend(warnings(opened.diagnostics)?);
        if self.deferred(self.subject(type_name), opened.deferred.as_ref())? {
            return Err(HostError::refused(
                "Ephemeral resource is deferred",
                "The provider cannot open it yet.",
            ));
        }
        let result = self.read_result(type_name, schema, &config, opened.result)?;
        Ok(Opened {
            type_name: type_name.to_owned(),
            result,
            latest: opened.private.clone(),
            opened: opened.private,
            renew_at: time(opened.renew_at)?,
            warnings: messages,
        })
    }

    async fn validate_ephemeral(
        &self,
        type_name: &str,
        schema: &Schema,
        config: &Value,
    ) -> Result<Diagnostics, HostError> {
        let request = proto::validate_ephemeral_resource_config::Request {
            type_name: type_name.to_owned(),
            config: encode(config, &schema.ty)?,
        };
        let validated =
            answer(self.service.validate_ephemeral_resource_config(Request::new(request))).await?;
        warnings(validated.diagnostics)
    }

    /// Renews an ephemeral resource, whether or not its time has come.
    ///
    /// # Errors
    ///
    /// Fails when the provider does. The resource is still to be closed then.
    pub async fn renew_ephemeral(&self, opened: &mut Opened) -> Result<(), HostError> {
        let request = proto::renew_ephemeral_resource::Request {
            type_name: opened.type_name.clone(),
            private: opened.latest.clone(),
        };
        let renewed = answer(self.service.renew_ephemeral_resource(Request::new(request))).await?;
        opened.warnings.extend(warnings(renewed.diagnostics)?);
        opened.latest = renewed.private;
        opened.renew_at = time(renewed.renew_at)?;
        Ok(())
    }

    /// Closes an ephemeral resource: as Terraform with what opening it gave, or as OpenTofu with what the last renewal gave.
    /// Returns warnings. It may be closed again, as a provider has to bear.
    ///
    /// # Errors
    ///
    /// Fails when the provider does.
    pub async fn close_ephemeral(&self, opened: &Opened) -> Result<Diagnostics, HostError> {
        let private = if self.options.opentofu { &opened.latest } else { &opened.opened };
        let request = proto::close_ephemeral_resource::Request {
            type_name: opened.type_name.clone(),
            private: private.clone(),
        };
        let closed = answer(self.service.close_ephemeral_resource(Request::new(request))).await?;
        warnings(closed.diagnostics)
    }
}

fn time(time: Option<prost_types::Timestamp>) -> Result<Option<SystemTime>, HostError> {
    time.map(SystemTime::try_from)
        .transpose()
        .map_err(|error| Violation::new("Provider returned an invalid time", error.to_string()).into())
}
