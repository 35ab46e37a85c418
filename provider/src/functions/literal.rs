//! `literal`: text that is full of braces and shall stay as it is.

use tfplugin::{Arguments, Function, FunctionError};

/// Keeps Kestra from reading expressions in a text.
///
/// Kestra evaluates what stands in `{{ }}` and `{% %}` wherever a property takes expressions. A text from this function
/// comes out as it went in: a query of another template language, a message with braces.
#[derive(Arguments)]
pub(crate) struct LiteralArguments {
    /// The text, as it shall arrive.
    text: String,
}

/// The function.
pub(crate) struct Literal;

impl Function for Literal {
    type Arguments = LiteralArguments;
    type Output = String;

    const NAME: &'static str = "literal";

    fn call(&self, arguments: LiteralArguments) -> Result<String, FunctionError> {
        Ok(schema::expression::literal(&arguments.text))
    }
}
