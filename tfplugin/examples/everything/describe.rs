//! `describe`: a function that takes anything, known or not.

use tfplugin::model::{Attr, Dynamic};
use tfplugin::{Arguments, Function, FunctionError};

/// Says what type a value has.
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
    type Output = Attr<String>;

    const NAME: &'static str = "describe";

    /// A type is often known before its value is. Where not even that is known, neither is the result: a function must
    /// not say one thing while an argument is unknown and another later.
    fn call(&self, arguments: DescribeArguments) -> Result<Attr<String>, FunctionError> {
        Ok(match arguments.value {
            Attr::Null => Attr::from("null"),
            Attr::Unknown => Attr::Unknown,
            Attr::Known(Dynamic { ty, .. }) => Attr::Known(ty.to_json()),
        })
    }
}
