//! What a flow promises its callers: the inputs it takes and the outputs it gives. A subflow needs all of them
//! typed, and nothing but callers to start it; callers need to keep to it.

mod call;
mod caller;
mod circle;
mod fits;
mod inputs;
mod outputs;

use std::collections::BTreeMap;

use indexmap::IndexMap;
use serde_json::Value as Json;

pub use call::{Call, FlowName, calls};
pub use caller::Caller;
pub use circle::Starts;

use crate::flow::inputs::{Named, is_optional, is_reusable, name, named};
use crate::flow::{Flow, Place, Problem};
use crate::line::KestraLine;
use crate::yaml::Node;

/// The inputs and outputs of a flow by name, in source order.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Contract {
    /// Inputs; those inside a FORM by their dotted names.
    pub inputs: IndexMap<String, Parameter>,
    /// Outputs.
    pub outputs: IndexMap<String, Parameter>,
    /// Whether there are inputs that the flow does not show: those of `REUSABLE_INPUTS` are kept elsewhere.
    pub is_open: bool,
}

/// One input or output.
#[derive(Debug, Clone, PartialEq)]
pub struct Parameter {
    /// Kestra's name of the type: `STRING`, `INT`, … Empty when the flow gives none.
    pub kind: String,
    /// Whether a value must be there; Kestra's default is yes. It asks for some only where others have certain values, and
    /// chooses some itself: those are not required.
    pub required: bool,
    /// The value it has when the caller gives none.
    pub default: Option<Json>,
    /// What it is for.
    pub description: Option<String>,
    /// The whole declaration, which says what values it takes.
    pub declaration: Node,
}

impl Parameter {
    /// Whether a call without it fails.
    pub fn must_be_given(&self) -> bool {
        self.required && self.default.is_none()
    }
}

impl Contract {
    /// The contract of `flow`; inputs and outputs without an id have no place in it.
    pub fn of(flow: &Flow) -> Self {
        let declared = flow.inputs();
        let inputs = named(&declared).map(|Named { name, input }| (name, parameter(&input))).collect();
        let outputs = flow.outputs();
        let outputs = outputs
            .iter()
            .filter_map(|output| Some((name(output)?.into_owned(), parameter(output))))
            .collect();
        let is_open = declared.iter().any(is_reusable);
        Self { inputs, outputs, is_open }
    }

    /// What keeps `flow` from being a subflow: triggers, and inputs or outputs without a type.
    pub fn problems(flow: &Flow) -> Vec<Problem> {
        let places = [flow.inputs(), flow.outputs()].concat();
        let nested = places.iter().flat_map(|place| place.items("inputs"));
        let untyped = places.iter().cloned().chain(nested).filter(|place| place.get("type").is_none());
        let untyped = untyped.map(|place| {
            Problem::missing(
                "untyped",
                &place,
                "type",
                "a subflow declares the type of every input and output",
            )
        });
        let started = flow.place().get("triggers").filter(|triggers| !triggers.elements().is_empty());
        let started = started.map(|triggers| {
            Problem::at(
                "triggers",
                &triggers,
                "a subflow is started by its callers; move the triggers to a flow",
            )
        });
        untyped.chain(started).collect()
    }
}

/// The codes of the problems between flows.
pub const CODES: [&str; 3] = [inputs::CODE, outputs::CODE, circle::CODE];

/// More problems of one flow are not told: nobody reads them.
const ENOUGH: usize = 100;

/// What flows that are deployed together get wrong about each other, for each of them in the given order.
pub fn check_together(flows: &[&Flow], lines: &[KestraLine]) -> Vec<Vec<Problem>> {
    let contracts: BTreeMap<FlowName, Contract> =
        flows.iter().filter_map(|flow| Some((FlowName::of(flow)?, Contract::of(flow)))).collect();
    let mut starts = Starts::default();
    flows.iter().for_each(|flow| starts.add(flow));
    let circular = starts.members();
    let of_flow = |flow: &&Flow| {
        let caller = Caller::new(flow);
        let calls = caller.calls().iter().filter(|call| call.revision.is_none());
        let broken = calls.filter_map(|call| Some(caller.breaks(contracts.get(&call.callee)?, call)));
        let is_circular = FlowName::of(flow).is_some_and(|name| circular.contains(name.to_string().as_str()));
        let circle = is_circular.then(|| starts.circle(flow, lines)).flatten();
        broken.flatten().take(ENOUGH).chain(circle).collect()
    };
    flows.iter().map(of_flow).collect()
}

fn parameter(place: &Place<'_>) -> Parameter {
    Parameter {
        kind: place.text("type").unwrap_or_default().into_owned(),
        required: !is_optional(place) && !is_conditional(place),
        default: place.get("defaults").map(|value| value.node.to_json()),
        description: place.text("description").map(|text| text.into_owned()),
        declaration: place.node.clone(),
    }
}

fn is_conditional(input: &Place<'_>) -> bool {
    input.get("dependsOn").is_some() || input.text("autoSelectFirst").is_some_and(|chosen| chosen == "true")
}

#[cfg(test)]
mod tests;
