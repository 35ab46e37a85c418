//! Data sources: validated and read, with a configuration that is known by then.

use serde_json::Value as Json;
use tonic::Request;

use super::config;
use super::failure::{HostError, check};
use super::host::Host;
use super::rpc::{answer, encode, to_json, warnings};
use super::rules::plan_valid;
use super::schema::Schema;
use super::words::Step;
use crate::value::Value;
use crate::wire::proto::tfplugin6 as proto;

impl Host {
    /// Reads a data source and returns its attributes. A configuration with unknown values is only validated, and the
    /// whole of the result is [`unknown`](super::unknown).
    ///
    /// # Errors
    ///
    /// Fails when the configuration does not fit the schema, when the provider does, or when its answer breaks a rule.
    pub async fn read_data_source(&self, type_name: &str, config: Json) -> Result<Json, HostError> {
        let schema = self.schemas.data_sources.get(type_name);
        let schema = schema.ok_or_else(|| self.unsupported("data source", type_name))?;
        let config = config::read(schema, &config)?;
        let request = proto::validate_data_resource_config::Request {
            type_name: type_name.to_owned(),
            config: encode(&config, &schema.ty)?,
        };
        let validated = answer(self.service.validate_data_resource_config(Request::new(request))).await?;
        warnings(validated.diagnostics)?;
        if config.has_unknown() {
            return Ok(super::unknown());
        }
        let request = proto::read_data_source::Request {
            type_name: type_name.to_owned(),
            config: encode(&config, &schema.ty)?,
            client_capabilities: self.capabilities(),
            provider_meta: self.options.meta.clone(),
        };
        let read = answer(self.service.read_data_source(Request::new(request))).await?;
        warnings(read.diagnostics)?;
        if self.deferred(self.subject(type_name), read.deferred.as_ref())? {
            return Ok(super::unknown());
        }
        Ok(to_json(&self.read_result(type_name, schema, &config, read.state)?))
    }

    /// What a data source or an ephemeral resource made of its configuration: known, and with everything that was
    /// configured as it was configured.
    pub(super) fn read_result(
        &self,
        type_name: &str,
        schema: &Schema,
        config: &Value,
        result: Option<proto::DynamicValue>,
    ) -> Result<Value, HostError> {
        let subject = self.subject(type_name);
        let value = subject.object(Step::Read, schema, result)?;
        if value.is_null() {
            return Err(subject.null_object().into());
        }
        check(subject.unknowns(Step::Read, schema, &value))?;
        let problems = plan_valid(&schema.block, &Value::Null, config, &value);
        check(problems.into_iter().map(|problem| subject.invalid(Step::Read, problem)).collect())?;
        Ok(value)
    }
}
