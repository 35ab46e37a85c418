//! `flow_graph`: what a flow looks like.

use schema::flow::Flow;
use schema::graph::Graph;
use tfplugin::{Arguments, Function, FunctionError, validate};

/// Draws a flow: its tasks in their order, its branches and loops, its triggers and what happens on failure.
#[derive(Arguments)]
pub(crate) struct FlowGraphArguments {
    /// The flow as YAML.
    source: String,
    /// The language of the drawing: `svg`, `mermaid` or `dot`.
    #[argument(validate = validate::one_of(["svg", "mermaid", "dot"]))]
    format: String,
}

/// The function.
pub(crate) struct FlowGraph;

impl Function for FlowGraph {
    type Arguments = FlowGraphArguments;
    type Output = String;

    const NAME: &'static str = "flow_graph";

    fn call(&self, arguments: FlowGraphArguments) -> Result<String, FunctionError> {
        let flow = Flow::parse(&arguments.source)
            .map_err(|problems| FunctionError::about("source", problems.to_string()))?;
        let graph = Graph::of_flow(&flow);
        Ok(match &*arguments.format {
            "svg" => graph.svg(),
            "mermaid" => graph.mermaid(),
            _ => graph.dot(),
        })
    }
}
