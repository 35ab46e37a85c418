//! Calls of provider functions, which are pure: called again, they give the same.

use serde_json::Value as Json;
use tonic::Request;

use super::failure::{HostError, Violation};
use super::host::Host;
use super::rpc::{answer, encode, to_json};
use super::signature::{Arguments, Signature};
use crate::value::{Type, Value};
use crate::wire::convert;
use crate::wire::proto::tfplugin6 as proto;

impl Host {
    /// Calls a function, twice, as Terraform does: in the plan and in the apply. Terraform asks a provider that is not
    /// configured, and nobody at all while an argument is unknown that has to be known; the result is then
    /// [`unknown`](super::unknown) too.
    ///
    /// # Errors
    ///
    /// Fails when the arguments do not fit, with [`HostError::Function`] when the function does, and when its result
    /// breaks a rule.
    pub async fn call_function(&self, name: &str, arguments: &[Json]) -> Result<Json, HostError> {
        let signature = self.schemas.functions.get(name).ok_or_else(|| self.unsupported("function", name))?;
        let arguments = signature.arguments(name, arguments)?;
        if arguments.is_too_early {
            return Ok(super::unknown());
        }
        let planned = self.call_once(name, signature, &arguments).await?;
        let applied = self.call_once(name, signature, &arguments).await?;
        if planned != applied {
            let detail = format!("The provider function {name:?} returned an inconsistent result.");
            return Err(Violation::new("Provider function returned an inconsistent result", detail).into());
        }
        Ok(to_json(&applied))
    }

    async fn call_once(
        &self,
        name: &str,
        signature: &Signature,
        arguments: &Arguments<'_>,
    ) -> Result<Value, HostError> {
        let encoded = arguments.values.iter().map(|(value, ty)| self.argument(value, ty));
        let request = proto::call_function::Request {
            name: name.to_owned(),
            arguments: encoded.collect::<Result<_, _>>()?,
        };
        let answer = answer(self.service.call_function(Request::new(request))).await?;
        if let Some(error) = answer.error {
            return Err(failed(error, arguments.values.len()));
        }
        let invalid = |problem: &str| {
            let detail = format!("The provider function {name:?} returned an invalid result: {problem}.");
            HostError::from(Violation::new("Provider function returned an invalid result", detail))
        };
        let result = answer.result.ok_or_else(|| invalid("there is none"))?;
        let result =
            convert::decode(Some(result), &signature.output).map_err(|error| invalid(&error.to_string()))?;
        let known = arguments.values.iter().all(|(value, _)| value.is_wholly_known());
        if known && result.has_unknown() {
            return Err(invalid("it is unknown although all arguments are known"));
        }
        Ok(result)
    }

    /// OpenTofu sends nothing at all for null.
    fn argument(&self, value: &Value, ty: &Type) -> Result<proto::DynamicValue, HostError> {
        if self.options.opentofu && value.is_null() {
            return Ok(proto::DynamicValue::default());
        }
        Ok(encode(value, ty)?.unwrap_or_default())
    }
}

fn failed(error: proto::FunctionError, arguments: usize) -> HostError {
    let argument = error.function_argument.map(usize::try_from);
    match argument {
        None => HostError::Function { text: error.text, argument: None },
        Some(Ok(argument)) if argument < arguments => {
            HostError::Function { text: error.text, argument: Some(argument) }
        }
        Some(_) => {
            let detail =
                format!("The error {:?} is about an argument that the call does not have.", error.text);
            Violation::new("Provider function returned an invalid error", detail).into()
        }
    }
}
