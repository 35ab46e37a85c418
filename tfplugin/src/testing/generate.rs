//! Configurations generated from existing objects, as an import with `-generate-config-out` writes them.

use serde_json::Value as Json;
use tonic::Request;

use super::config;
use super::failure::{HostError, Violation, check};
use super::host::Host;
use super::object::Object;
use super::rpc::{answer, encode, to_json, warnings};
use super::words::Step;
use crate::wire::proto::tfplugin6 as proto;

impl Host {
    /// The configuration that the provider writes for an object. It is one that core takes; whether it plans no change is
    /// for [`check_settled`](Self::check_settled) to find out.
    ///
    /// # Errors
    ///
    /// Fails when the provider does not offer to, when it fails, and when what it writes is no configuration.
    pub async fn generate_config(&self, object: &Object) -> Result<Json, HostError> {
        let resource = self.resource(&object.type_name)?;
        if !self.schemas.capabilities.generate_resource_config {
            return Err(self.unsupported("generated configuration of resource type", &resource.name));
        }
        let (schema, subject) = (&resource.schema, self.subject(&resource.name));
        let current = self.load(resource, object).await?;
        let request = proto::generate_resource_config::Request {
            type_name: resource.name.clone(),
            state: encode(&current.value, &schema.ty)?,
        };
        let generated = answer(self.service.generate_resource_config(Request::new(request))).await?;
        warnings(generated.diagnostics)?;
        let value = subject.object(Step::Generate, schema, generated.config)?;
        check(subject.unknowns(Step::Generate, schema, &value))?;
        let problems = config::problems(schema, &value);
        let violation = |problem: &crate::diagnostics::Diagnostic| {
            Violation::new(
                "Provider produced invalid config",
                format!("{}: {}", problem.summary, problem.detail),
            )
            .at(problem.attribute.clone())
        };
        check(problems.iter().map(violation).collect())?;
        Ok(to_json(&value))
    }
}
