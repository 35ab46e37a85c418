//! `flow_decode`: a flow's YAML as a value, read as Kestra reads it.

use std::collections::BTreeMap;

use serde_json::Value as Json;
use tfplugin::model::Dynamic;
use tfplugin::value::{Number, Type, Value};
use tfplugin::{Arguments, Function, FunctionError};

/// Decodes a flow, or any YAML, as Kestra reads it.
///
/// Unlike `yamldecode` it follows YAML 1.1, in which `yes` is true: what it gives is what Kestra sees.
#[derive(Arguments)]
pub(crate) struct FlowDecodeArguments {
    /// The YAML.
    source: String,
}

/// The function.
pub(crate) struct FlowDecode;

impl Function for FlowDecode {
    type Arguments = FlowDecodeArguments;
    type Output = Dynamic;

    const NAME: &'static str = "flow_decode";

    fn call(&self, arguments: FlowDecodeArguments) -> Result<Dynamic, FunctionError> {
        let node = schema::yaml::parse(&arguments.source)
            .map_err(|error| FunctionError::about("source", error.to_string()))?;
        let (ty, value) = typed(node.to_json()).map_err(|error| FunctionError::about("source", error))?;
        Ok(Dynamic { ty, value })
    }
}

/// A value with the type that HCL gives it: lists are tuples, maps are objects, and null has any type.
fn typed(json: Json) -> Result<(Type, Value), String> {
    Ok(match json {
        Json::Null => (Type::Dynamic, Value::Null),
        Json::Bool(flag) => (Type::Bool, Value::Bool(flag)),
        Json::String(text) => (Type::String, Value::String(text)),
        Json::Number(number) => {
            let number = Number::try_from(&number).map_err(|error| format!("{number}: {error}"))?;
            (Type::Number, Value::Number(number))
        }
        Json::Array(elements) => {
            let typed = elements.into_iter().map(typed).collect::<Result<Vec<_>, _>>()?;
            let (types, values) = typed.into_iter().unzip();
            (Type::Tuple(types), Value::List(values))
        }
        Json::Object(entries) => {
            let (mut types, mut values) = (BTreeMap::new(), BTreeMap::new());
            for (name, entry) in entries {
                let (ty, value) = typed(entry)?;
                types.insert(name.clone(), ty);
                values.insert(name, value);
            }
            (Type::Object(types), Value::Map(values))
        }
    })
}
