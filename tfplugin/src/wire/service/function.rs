//! Provider functions. Their errors name an argument instead of an attribute.

use std::sync::Arc;

use super::proto;
use super::provider::by_name;
use crate::diagnostics::{Diagnostics, Result};
use crate::provider::Provider;
use crate::server::{FunctionEntry, Server};
use crate::value::Value;
use crate::wire::convert;

pub(super) async fn functions<P: Provider>(
    server: Arc<Server<P>>,
    _request: proto::get_functions::Request,
) -> Result<proto::get_functions::Response> {
    let functions = by_name(&server.functions, convert::function);
    Ok(proto::get_functions::Response { functions, ..Default::default() })
}

pub(super) async fn call<P: Provider>(
    server: Arc<Server<P>>,
    request: proto::call_function::Request,
) -> Result<proto::call_function::Response> {
    let entry = server.functions.get(&request.name)?;
    let arguments = arguments(entry, request.arguments)?;
    match entry.call(arguments) {
        Ok(result) => {
            let result = convert::encode(&result, entry.output())?;
            Ok(proto::call_function::Response { result, error: None })
        }
        Err((error, index)) => {
            let function_argument = index.and_then(|index| i64::try_from(index).ok());
            // Hosts put the text into a sentence of theirs and end it themselves.
            let text = error.text.trim_end_matches('.').to_owned();
            let error = proto::FunctionError { text, function_argument };
            Ok(proto::call_function::Response { result: None, error: Some(error) })
        }
    }
}

fn arguments(entry: &FunctionEntry, arguments: Vec<proto::DynamicValue>) -> Result<Vec<Value>> {
    let required = entry.parameters().iter().filter(|parameter| !parameter.variadic).count();
    if arguments.len() < required {
        return Err(wrong_number(required, arguments.len()));
    }
    let given = arguments.len();
    let typed = arguments.into_iter().enumerate().map(|(i, argument)| {
        let parameter = entry.parameter(i).ok_or_else(|| wrong_number(required, given))?;
        Ok(convert::decode(Some(argument), &parameter.ty)?)
    });
    typed.collect()
}

fn wrong_number(expected: usize, found: usize) -> Diagnostics {
    Diagnostics::error(
        "Wrong number of arguments",
        format!(
            "The host gave {found} arguments to a function of {expected}. This is a bug in the host; please report it."
        ),
    )
}
