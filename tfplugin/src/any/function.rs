//! Functions without their argument types.

use crate::arguments::{Arguments, CallArguments, Parameter};
use crate::function::{Function, FunctionError};
use crate::model::Field;
use crate::value::{Type, Value};

/// Any [`Function`]; implemented for all of them.
pub trait AnyFunction: Send + Sync {
    /// Its name.
    fn name(&self) -> &'static str;
    /// What it is for, in one line.
    fn summary(&self) -> &'static str;
    /// What it is for, as Markdown.
    fn description(&self) -> &'static str;
    /// Why not to use it any more.
    fn deprecated(&self) -> Option<&'static str>;
    /// Its parameters, of which the last may be variadic.
    fn parameters(&self) -> Vec<Parameter>;
    /// The type of its result.
    fn output(&self) -> Type;
    /// See [`Function::call`].
    fn call(&self, arguments: Vec<Value>) -> Result<Value, FunctionError>;
}

impl<F: Function> AnyFunction for F {
    fn name(&self) -> &'static str {
        F::NAME
    }

    fn summary(&self) -> &'static str {
        F::Arguments::SUMMARY
    }

    fn description(&self) -> &'static str {
        F::Arguments::DESCRIPTION
    }

    fn deprecated(&self) -> Option<&'static str> {
        F::DEPRECATED
    }

    fn parameters(&self) -> Vec<Parameter> {
        F::Arguments::parameters()
    }

    fn output(&self) -> Type {
        F::Output::shape().value_type()
    }

    fn call(&self, arguments: Vec<Value>) -> Result<Value, FunctionError> {
        let arguments = F::Arguments::read(&mut CallArguments::new(arguments))?;
        Ok(Function::call(self, arguments)?.to_value())
    }
}
