//! Actions: planned with what is known, and invoked with everything known, while they tell how far they are.

use serde_json::Value as Json;
use tokio_stream::StreamExt;
use tonic::Request;

use super::config;
use super::failure::{HostError, Violation};
use super::host::Host;
use super::rpc::{answer, encode, failed, warnings};
use super::schema::Schema;
use crate::diagnostics::Diagnostics;
use crate::value::Value;
use crate::wire::proto::tfplugin6::{self as proto, deferred::Reason, invoke_action::event::Type as Event};

/// What became of an action.
#[derive(Clone, Debug)]
#[must_use = "an action may have failed"]
pub struct Invoked {
    /// What it told while it ran.
    pub progress: Vec<String>,
    /// Its warnings, or why it failed.
    pub outcome: Result<Diagnostics, HostError>,
}

impl Host {
    /// Plans an action, whose configuration may hold unknown values. Returns warnings.
    ///
    /// # Errors
    ///
    /// Fails when the configuration does not fit the schema, and when the provider does.
    pub async fn plan_action(&self, type_name: &str, config: Json) -> Result<Diagnostics, HostError> {
        let (schema, config) = self.action_config(type_name, &config)?;
        let mut messages = self.validate_action(type_name, schema, &config).await?;
        let request = proto::plan_action::Request {
            action_type: type_name.to_owned(),
            config: encode(&config, &schema.ty)?,
            client_capabilities: self.capabilities(),
        };
        let planned = answer(self.service.plan_action(Request::new(request))).await?;
        messages.extend(warnings(planned.diagnostics)?);
        let subject = self.subject(type_name);
        if self.deferred(subject, planned.deferred.as_ref())?
            && planned.deferred.is_some_and(|deferred| deferred.reason() != Reason::ProviderConfigUnknown)
        {
            let detail = "An action may be deferred only while the provider's configuration is unknown.";
            return Err(Violation::new("Unexpected provider deferral", detail).into());
        }
        Ok(messages)
    }

    /// Invokes an action and follows it to its end.
    ///
    /// # Errors
    ///
    /// Fails when the configuration does not fit the schema or is not known. What happens later is part of the result.
    pub async fn invoke_action(&self, type_name: &str, config: Json) -> Result<Invoked, HostError> {
        let (schema, config) = self.action_config(type_name, &config)?;
        if config.has_unknown() {
            return Err(HostError::refused("Action cannot be invoked", "Its configuration is not known."));
        }
        let messages = self.validate_action(type_name, schema, &config).await?;
        let request = proto::invoke_action::Request {
            action_type: type_name.to_owned(),
            config: encode(&config, &schema.ty)?,
            client_capabilities: self.capabilities(),
        };
        let mut events = answer(self.service.invoke_action(Request::new(request))).await?;
        let mut progress = Vec::new();
        let outcome = loop {
            match events.next().await {
                None => break Err(broken("The action ended without saying that it is completed.")),
                Some(Err(status)) => break Err(failed(&status)),
                Some(Ok(event)) => match event.r#type {
                    None => {
                        break Err(broken(
                            "The action sent an event with nothing in it, which crashes hosts.",
                        ));
                    }
                    Some(Event::Progress(event)) => progress.push(event.message),
                    Some(Event::Completed(event)) => break warnings(event.diagnostics),
                },
            }
        };
        let went_on = outcome.is_ok() && events.next().await.is_some();
        let outcome =
            if went_on { Err(broken("The action went on after it was completed.")) } else { outcome };
        Ok(Invoked { progress, outcome: outcome.map(|completed| joined(messages, completed)) })
    }

    fn action_config(&self, type_name: &str, config: &Json) -> Result<(&Schema, Value), HostError> {
        let schema = self.schemas.actions.get(type_name);
        let schema = schema.ok_or_else(|| self.unsupported("action type", type_name))?;
        Ok((schema, config::read(schema, config)?))
    }

    async fn validate_action(
        &self,
        type_name: &str,
        schema: &Schema,
        config: &Value,
    ) -> Result<Diagnostics, HostError> {
        let request = proto::validate_action_config::Request {
            type_name: type_name.to_owned(),
            config: encode(config, &schema.ty)?,
        };
        warnings(answer(self.service.validate_action_config(Request::new(request))).await?.diagnostics)
    }
}

fn broken(detail: &str) -> HostError {
    Violation::new("Provider produced invalid action events", detail).into()
}

fn joined(mut first: Diagnostics, second: Diagnostics) -> Diagnostics {
    first.extend(second);
    first
}
