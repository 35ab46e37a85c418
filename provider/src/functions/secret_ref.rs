//! `secret_ref`: a secret by its name, so that its value never enters a configuration.

use tfplugin::{Arguments, Function, FunctionError, validate};

use super::quoted::quoted;

/// Refers to a secret of Kestra.
///
/// `secret_ref("DB_PASSWORD")` is `{{ secret('DB_PASSWORD') }}`: the value stays in Kestra, and is filled in when the flow runs.
#[derive(Arguments)]
pub(crate) struct SecretRefArguments {
    /// The name of the secret.
    #[argument(validate = validate::length(1..))]
    name: String,
}

/// The function.
pub(crate) struct SecretRef;

impl Function for SecretRef {
    type Arguments = SecretRefArguments;
    type Output = String;

    const NAME: &'static str = "secret_ref";

    fn call(&self, arguments: SecretRefArguments) -> Result<String, FunctionError> {
        Ok(format!("{{{{ secret({}) }}}}", quoted(&arguments.name)))
    }
}
