//! `flow_merge`: a flow from parts, such as a common base and what one team adds.

use schema::merge::{FragmentError, sources};
use tfplugin::{Arguments, Function, FunctionError};

/// Merges parts of a flow, the last of which wins.
///
/// Maps are merged key by key, and lists of tasks, inputs, triggers and labels item by item, by their names. `null` removes.
#[derive(Arguments)]
pub(crate) struct FlowMergeArguments {
    /// The parts, as YAML.
    #[argument(variadic)]
    fragments: Vec<String>,
}

/// The function.
pub(crate) struct FlowMerge;

impl Function for FlowMerge {
    type Arguments = FlowMergeArguments;
    type Output = String;

    const NAME: &'static str = "flow_merge";

    fn call(&self, arguments: FlowMergeArguments) -> Result<String, FunctionError> {
        let fragments: Vec<&str> = arguments.fragments.iter().map(String::as_str).collect();
        sources(&fragments).map_err(|FragmentError { number, error }| {
            FunctionError::about_element("fragments", number.saturating_sub(1), error.to_string())
        })
    }
}
