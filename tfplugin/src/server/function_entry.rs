//! A function with what is derived from its arguments once and needed in every call.

use std::sync::OnceLock;

use crate::any::AnyFunction;
use crate::arguments::Parameter;
use crate::function::{ArgumentRef, FunctionError};
use crate::value::{Type, Value};

/// A row of the function table.
pub(crate) struct FunctionEntry {
    pub(crate) function: &'static dyn AnyFunction,
    derived: OnceLock<Derived>,
}

struct Derived {
    parameters: Vec<Parameter>,
    output: Type,
}

impl FunctionEntry {
    pub(crate) fn new(function: &'static dyn AnyFunction) -> Self {
        Self { function, derived: OnceLock::new() }
    }

    fn derived(&self) -> &Derived {
        self.derived.get_or_init(|| {
            let (parameters, output) = (self.function.parameters(), self.function.output());
            Derived { parameters, output }
        })
    }

    /// The parameters in the order of the call.
    pub(crate) fn parameters(&self) -> &[Parameter] {
        &self.derived().parameters
    }

    /// The type of results.
    pub(crate) fn output(&self) -> &Type {
        &self.derived().output
    }

    /// The parameter of the argument `index`: surplus arguments belong to the variadic one.
    pub(crate) fn parameter(&self, index: usize) -> Option<&Parameter> {
        let last = self.parameters().last().filter(|parameter| parameter.variadic);
        self.parameters().get(index).or(last)
    }

    /// Checks the arguments and calls the function. An error comes with the index of the argument at fault.
    pub(crate) fn call(&self, arguments: Vec<Value>) -> Result<Value, (FunctionError, Option<usize>)> {
        let called = self.check(&arguments).and_then(|()| self.function.call(arguments));
        called.map_err(|error| {
            let index = error.argument.as_ref().and_then(|argument| self.index(argument));
            (error, index)
        })
    }

    fn check(&self, arguments: &[Value]) -> Result<(), FunctionError> {
        for (i, argument) in arguments.iter().enumerate() {
            let Some(parameter) = self.parameter(i) else { continue };
            if let Some(validator) = parameter.validators.iter().find(|v| !v.accepts(argument)) {
                let text = format!("{} must be {}.", parameter.name, validator.description());
                let element = if parameter.variadic { i + 1 - self.parameters().len() } else { 0 };
                return Err(FunctionError::about_element(parameter.name, element, text));
            }
        }
        Ok(())
    }

    fn index(&self, argument: &ArgumentRef) -> Option<usize> {
        let position = self.parameters().iter().position(|parameter| parameter.name == argument.name)?;
        Some(position + argument.element)
    }
}
