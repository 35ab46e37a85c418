//! `flow_encode`: a flow written as HCL becomes the YAML that people read in Kestra.

use schema::print::print;
use schema::yaml::Node;
use tfplugin::model::Dynamic;
use tfplugin::value::json;
use tfplugin::{Arguments, Function, FunctionError};

/// Encodes a value as YAML, in the order of keys that Kestra's own flows have.
///
/// Texts that YAML 1.1 would read as something else are quoted, and long texts stay readable as blocks.
#[derive(Arguments)]
pub(crate) struct FlowEncodeArguments {
    /// The flow, or a part of one.
    flow: Dynamic,
}

/// The function.
pub(crate) struct FlowEncode;

impl Function for FlowEncode {
    type Arguments = FlowEncodeArguments;
    type Output = String;

    const NAME: &'static str = "flow_encode";

    fn call(&self, arguments: FlowEncodeArguments) -> Result<String, FunctionError> {
        let Dynamic { ty, value } = arguments.flow;
        let failed = |error: String| FunctionError::about("flow", error);
        let json = json::encode(&value, &ty).map_err(|error| failed(error.to_string()))?;
        let json = serde_json::from_slice(&json).map_err(|error| failed(error.to_string()))?;
        Ok(print(&Node::from(&json)))
    }
}
