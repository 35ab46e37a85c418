//! Functions as a host knows them, and what core holds a call to before the provider sees it.

use serde_json::Value as Json;

use super::config;
use super::failure::HostError;
use super::schema::{invalid, read_type};
use crate::value::{Path, Type, Value};
use crate::wire::proto::tfplugin6 as proto;

/// What a function takes and gives.
pub(super) struct Signature {
    parameters: Vec<Parameter>,
    variadic: Option<Parameter>,
    pub(super) output: Type,
}

struct Parameter {
    name: String,
    ty: Type,
    nullable: bool,
    unknown: bool,
}

/// The arguments of a call.
pub(super) struct Arguments<'s> {
    pub(super) values: Vec<(Value, &'s Type)>,
    /// An argument is unknown whose parameter cannot be: the result is unknown, and nobody is called.
    pub(super) is_too_early: bool,
}

impl Signature {
    pub(super) fn read(what: &str, function: proto::Function) -> Result<Self, HostError> {
        let output = function.r#return.ok_or_else(|| invalid(what, "it has no return type"))?;
        let parameters = function.parameters.into_iter().map(|parameter| Parameter::read(what, parameter));
        Ok(Self {
            parameters: parameters.collect::<Result<_, _>>()?,
            variadic: function.variadic_parameter.map(|p| Parameter::read(what, p)).transpose()?,
            output: read_type(what, &output.r#type)?,
        })
    }

    /// The arguments as values of their parameters' types.
    pub(super) fn arguments(&self, name: &str, arguments: &[Json]) -> Result<Arguments<'_>, HostError> {
        if let Some(missing) = self.parameters.get(arguments.len()) {
            let detail = format!("Function {name:?} needs a value for {:?}.", missing.name);
            return Err(HostError::refused("Not enough function arguments", detail));
        }
        let mut values = Vec::with_capacity(arguments.len());
        let mut is_too_early = false;
        for (i, argument) in arguments.iter().enumerate() {
            let parameter = self.parameters.get(i).or(self.variadic.as_ref()).ok_or_else(|| {
                let detail = format!("Function {name:?} takes {} arguments.", self.parameters.len());
                HostError::refused("Too many function arguments", detail)
            })?;
            let value = parameter.value(argument)?;
            is_too_early |= value.has_unknown() && !parameter.unknown;
            values.push((value, &parameter.ty));
        }
        Ok(Arguments { values, is_too_early })
    }
}

impl Parameter {
    fn read(what: &str, parameter: proto::function::Parameter) -> Result<Self, HostError> {
        Ok(Self {
            ty: read_type(what, &parameter.r#type)?,
            name: parameter.name,
            nullable: parameter.allow_null_value,
            unknown: parameter.allow_unknown_values,
        })
    }

    fn value(&self, argument: &Json) -> Result<Value, HostError> {
        let refused = |problem: &str| {
            let detail = format!("Invalid value for {:?} parameter: {problem}.", self.name);
            HostError::refused("Invalid function argument", detail)
        };
        let value = config::plain(&self.ty, argument, &Path::root())
            .map_err(|_| refused(&format!("{} required", self.ty)))?;
        if value.is_null() && !self.nullable { Err(refused("argument must not be null")) } else { Ok(value) }
    }
}
