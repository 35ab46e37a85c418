//! `repeat`: a function whose errors name the argument at fault.

use tfplugin::{Arguments, Function, FunctionError, validate};

/// Repeats a text.
#[derive(Arguments)]
pub(crate) struct RepeatArguments {
    /// The text.
    #[argument(validate = validate::length(1..))]
    text: String,
    /// How often.
    times: i64,
}

/// The function.
pub(crate) struct Repeat;

impl Function for Repeat {
    type Arguments = RepeatArguments;
    type Output = String;

    const NAME: &'static str = "repeat";
    const DEPRECATED: Option<&'static str> = Some("Use `join` with the same text several times.");

    fn call(&self, arguments: RepeatArguments) -> Result<String, FunctionError> {
        let RepeatArguments { text, times } = arguments;
        let times = usize::try_from(times)
            .map_err(|_| FunctionError::about("times", format!("{times} is below zero; give 0 or more.")))?;
        Ok(text.repeat(times))
    }
}
