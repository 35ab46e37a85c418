//! Lists of the objects of a managed resource, as `terraform query` reads them: up to a limit, and no further.

use serde_json::Value as Json;
use tokio_stream::StreamExt;
use tonic::Request;

use super::config;
use super::conform::IdentityRules;
use super::failure::{HostError, Violation, check};
use super::host::Host;
use super::rpc::{answer, encode, failed, to_json, warnings};
use super::rules::Known;
use super::schemas::ResourceType;
use super::words::Step;
use crate::diagnostics::Diagnostics;
use crate::wire::proto::tfplugin6 as proto;

/// How to list.
#[derive(Clone, Copy, Debug)]
pub struct ListOptions {
    /// How many objects to read at most.
    pub limit: usize,
    /// Whether to read whole objects, and not only their identities.
    pub include_object: bool,
}

/// What `terraform query` does unless told otherwise: up to 100 objects, of which only the identities.
impl Default for ListOptions {
    fn default() -> Self {
        Self { limit: 100, include_object: false }
    }
}

/// The objects that were found, in the provider's order.
#[derive(Clone, Debug, Default)]
pub struct Listing {
    /// The objects.
    pub objects: Vec<Listed>,
    /// What the provider warned of.
    pub warnings: Diagnostics,
}

/// An object in a list.
#[derive(Clone, PartialEq)]
pub struct Listed {
    /// What it can be imported by.
    pub identity: Json,
    /// The name that users know it by.
    pub display_name: String,
    /// Its attributes, if they were asked for.
    pub object: Option<Json>,
}

/// An object may hold secrets.
impl std::fmt::Debug for Listed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Listed").field("display_name", &self.display_name).finish_non_exhaustive()
    }
}

impl Host {
    /// Validates the configuration and lists objects. The stream is dropped at the limit, as hosts do.
    ///
    /// # Errors
    ///
    /// Fails when the configuration does not fit the schema or is not known, when the provider does, and when an object
    /// breaks a rule.
    pub async fn list(
        &self,
        type_name: &str,
        config: Json,
        options: ListOptions,
    ) -> Result<Listing, HostError> {
        let schema = self.schemas.list_resources.get(type_name);
        let schema = schema.ok_or_else(|| self.unsupported("list resource type", type_name))?;
        let resource = self.resource(type_name)?;
        let config = config::read(schema, &config)?;
        if config.has_unknown() {
            return Err(HostError::refused("List cannot be made", "Its configuration is not known."));
        }
        let config = encode(&config, &schema.ty)?;
        let warnings = self.validate_list(type_name, config.clone()).await?;
        let mut listing = Listing { objects: Vec::new(), warnings };
        let request = proto::list_resource::Request {
            type_name: type_name.to_owned(),
            config,
            include_resource_object: options.include_object,
            limit: i64::try_from(options.limit).unwrap_or(i64::MAX),
        };
        let mut events = answer(self.service.list_resource(Request::new(request))).await?;
        while listing.objects.len() < options.limit
            && let Some(event) = events.next().await
        {
            let event = event.map_err(|status| failed(&status))?;
            let (found, messages) = self.listed(resource, event, options.include_object)?;
            listing.warnings.extend(messages);
            listing.objects.extend(found);
        }
        Ok(listing)
    }

    async fn validate_list(
        &self,
        type_name: &str,
        config: Option<proto::DynamicValue>,
    ) -> Result<Diagnostics, HostError> {
        let type_name = type_name.to_owned();
        let request =
            proto::validate_list_resource_config::Request { type_name, config, ..Default::default() };
        let validated = answer(self.service.validate_list_resource_config(Request::new(request))).await?;
        warnings(validated.diagnostics)
    }

    /// The object of an event; none in one that is nothing but warnings.
    fn listed(
        &self,
        resource: &ResourceType,
        event: proto::list_resource::Event,
        include_object: bool,
    ) -> Result<(Option<Listed>, Diagnostics), HostError> {
        let subject = self.subject(&resource.name);
        let messages = warnings(event.diagnostic)?;
        let has_identity = event.identity.as_ref().is_some_and(|identity| identity.identity_data.is_some());
        if !has_identity && !messages.is_empty() {
            return Ok((None, messages));
        }
        if !has_identity {
            let detail = format!("The provider listed a {} with missing identity data.", resource.name);
            return Err(Violation::new("Provider produced invalid list result", detail).into());
        }
        let rules = IdentityRules { known: Known::Now, step: "List", prior: None };
        let identity = subject.identity(resource, event.identity, rules)?;
        let object = match event.resource_object.filter(|_| include_object) {
            Some(object) => {
                let object = subject.object(Step::List, &resource.schema, Some(object))?;
                check(subject.unknowns(Step::List, &resource.schema, &object))?;
                Some(to_json(&object))
            }
            None => None,
        };
        let identity = identity.as_ref().map(to_json).unwrap_or_default();
        Ok((Some(Listed { identity, display_name: event.display_name, object }), messages))
    }
}
