//! `join`: a variadic function, one of whose arguments may be null.

use tfplugin::{Arguments, Function, FunctionError};

/// Joins texts.
///
/// Empty texts are left out.
#[derive(Arguments)]
pub(crate) struct JoinArguments {
    /// What stands between them; a comma when null.
    #[argument(nullable)]
    separator: Option<String>,
    /// The texts.
    #[argument(variadic)]
    texts: Vec<String>,
}

/// The function.
pub(crate) struct Join;

impl Function for Join {
    type Arguments = JoinArguments;
    type Output = String;

    const NAME: &'static str = "join";

    fn call(&self, arguments: JoinArguments) -> Result<String, FunctionError> {
        let JoinArguments { separator, mut texts } = arguments;
        texts.retain(|text| !text.is_empty());
        Ok(texts.join(separator.as_deref().unwrap_or(",")))
    }
}
