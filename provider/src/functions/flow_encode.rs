//! `flow_encode`: a flow written as HCL becomes the YAML that people read in Kestra.

use schema::part::with_parts;
use schema::print::print;
use schema::yaml::Node;
use tfplugin::model::Dynamic;
use tfplugin::{Arguments, Function, FunctionError};

use super::json::json_of;
use super::part::told;

/// Encodes a value as YAML, in the order of keys that Kestra's own flows have.
///
/// Texts that YAML 1.1 would read as something else are quoted, and long texts stay readable as blocks. Tasks and triggers
/// may be the documents that `task` and `trigger` make.
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
        let flow = json_of("flow", &arguments.flow)?;
        let flow = with_parts(flow).map_err(|problems| FunctionError::about("flow", told(&problems)))?;
        Ok(print(&Node::from(&flow)))
    }
}
