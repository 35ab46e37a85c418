//! `expr`: Kestra's braces, which HCL's templates and humans trip over.

use schema::KestraLine;
use schema::expression::parse;
use tfplugin::{Arguments, Function, FunctionError};

/// Puts an expression into the braces that Kestra evaluates.
///
/// `expr("inputs.day")` is `{{ inputs.day }}`. An expression that no line of Kestra can read is an error.
#[derive(Arguments)]
pub(crate) struct ExprArguments {
    /// The expression, without braces.
    expression: String,
}

/// The function.
pub(crate) struct Expr;

impl Function for Expr {
    type Arguments = ExprArguments;
    type Output = String;

    const NAME: &'static str = "expr";

    fn call(&self, arguments: ExprArguments) -> Result<String, FunctionError> {
        let text = format!("{{{{ {} }}}}", arguments.expression.trim());
        let parsed = KestraLine::ALL.map(|line| parse(&text, line));
        if parsed.iter().any(Result::is_ok) {
            return Ok(text);
        }
        let mut mistakes = parsed.into_iter().filter_map(|parsed| Some(parsed.err()?.mistake.to_string()));
        Err(FunctionError::about("expression", mistakes.next_back().unwrap_or_default()))
    }
}
