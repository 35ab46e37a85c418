//! `describe`: a function that takes anything, known or not.

use tfplugin::model::{Attr, Dynamic};
use tfplugin::{Arguments, Function, FunctionError};

/// Says what a value is.
#[derive(Arguments)]
pub(crate) struct DescribeArguments {
    /// Any value.
    #[argument(nullable, unknown)]
    value: Attr<Dynamic>,
}

/// The function.
pub(crate) struct Describe;

impl Function for Describe {
    type Arguments = DescribeArguments;
    type Output = String;

    const NAME: &'static str = "describe";

    fn call(&self, arguments: DescribeArguments) -> Result<String, FunctionError> {
        Ok(match arguments.value {
            Attr::Null => "nothing".to_owned(),
            Attr::Unknown => "not known yet".to_owned(),
            Attr::Known(Dynamic { ty, value }) if value.has_unknown() => {
                format!("partly known {}", ty.to_json())
            }
            Attr::Known(Dynamic { ty, .. }) => ty.to_json(),
        })
    }
}
