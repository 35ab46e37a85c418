//! `flow_relocate`: a flow for a copy of its namespaces, such as a pull request's own.

use std::collections::BTreeMap;

use schema::relocate::{RelocateError, relocate};
use tfplugin::{Arguments, Function, FunctionError};

/// Moves a flow, and what it refers to, to other namespaces.
///
/// A move covers a namespace and all below it; the longest one counts. What is moved: the flow's own namespace, those that
/// its tasks and triggers name, those in calls such as `kv('url', 'company.shared')`, and addresses of namespace files.
/// Values that are given to inputs, labels and variables stay. So do comments and layout.
#[derive(Arguments)]
pub(crate) struct FlowRelocateArguments {
    /// The flow as YAML.
    source: String,
    /// What each namespace becomes, by its present name.
    moves: BTreeMap<String, String>,
}

/// The function.
pub(crate) struct FlowRelocate;

impl Function for FlowRelocate {
    type Arguments = FlowRelocateArguments;
    type Output = String;

    const NAME: &'static str = "flow_relocate";

    fn call(&self, arguments: FlowRelocateArguments) -> Result<String, FunctionError> {
        let argument = |error: &RelocateError| match error {
            RelocateError::NoNamespace(_) => "moves",
            _ => "source",
        };
        relocate(&arguments.source, &arguments.moves)
            .map_err(|error| FunctionError::about(argument(&error), error.to_string()))
    }
}
