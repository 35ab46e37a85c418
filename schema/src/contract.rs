//! What a flow promises its callers: the inputs it takes and the outputs it gives. A subflow needs all of them
//! typed, and nothing but callers to start it.

use indexmap::IndexMap;
use serde_json::Value as Json;

use crate::flow::{Flow, Place, Problem};

/// The inputs and outputs of a flow by name, in source order.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Contract {
    /// Inputs; those inside a FORM by their dotted names.
    pub inputs: IndexMap<String, Parameter>,
    /// Outputs.
    pub outputs: IndexMap<String, Parameter>,
}

/// One input or output.
#[derive(Debug, Clone, PartialEq)]
pub struct Parameter {
    /// Kestra's name of the type: `STRING`, `INT`, … Empty when the flow gives none.
    pub kind: String,
    /// Whether a value must be there; Kestra's default is yes.
    pub required: bool,
    /// The value it has when the caller gives none.
    pub default: Option<Json>,
    /// What it is for.
    pub description: Option<String>,
}

impl Contract {
    /// The contract of `flow`; inputs and outputs without an id have no place in it.
    pub fn of(flow: &Flow) -> Self {
        let inputs = flow.inputs().iter().flat_map(leaves).collect();
        let outputs =
            flow.outputs().iter().filter_map(|output| Some((name(output)?, parameter(output)))).collect();
        Self { inputs, outputs }
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

/// The input itself, or the inputs a FORM groups.
fn leaves(input: &Place<'_>) -> Vec<(String, Parameter)> {
    let Some(id) = name(input) else { return Vec::new() };
    if input.text("type").as_deref() != Some("FORM") {
        return vec![(id, parameter(input))];
    }
    let children = input.items("inputs");
    children.iter().filter_map(|child| Some((format!("{id}.{}", name(child)?), parameter(child)))).collect()
}

/// The id; inputs of old flows call it `name`.
fn name(place: &Place<'_>) -> Option<String> {
    place.text("id").or_else(|| place.text("name")).map(|name| name.into_owned())
}

fn parameter(place: &Place<'_>) -> Parameter {
    Parameter {
        kind: place.text("type").unwrap_or_default().into_owned(),
        required: place.text("required").is_none_or(|required| required != "false"),
        default: place.get("defaults").map(|value| value.node.to_json()),
        description: place.text("description").map(|text| text.into_owned()),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn flow(source: &str) -> Flow {
        Flow::parse(source).expect("the source is a flow")
    }

    #[test]
    fn inputs_and_outputs() {
        let contract = Contract::of(&flow(
            "inputs:
  - {id: day, type: DATE, description: Which day}
  - {id: limit, type: INT, defaults: 0x10}
  - {id: tags, type: ARRAY, itemType: STRING, defaults: [a, b], required: yes}
  - {name: old, type: STRING, required: false}
  - {id: where, type: FORM, inputs: [{id: region, type: STRING}]}
  - {type: STRING}
outputs:
  - {id: rows, type: INT, value: '{{ x }}'}
",
        ));
        let rows: Vec<_> = contract
            .inputs
            .iter()
            .map(|(name, input)| (name.as_str(), input.kind.as_str(), input.required, input.default.clone()))
            .collect();
        assert_eq!(
            rows,
            [
                ("day", "DATE", true, None),
                ("limit", "INT", true, Some(json!(16))),
                ("tags", "ARRAY", true, Some(json!(["a", "b"]))),
                ("old", "STRING", false, None),
                ("where.region", "STRING", true, None),
            ]
        );
        assert_eq!(contract.inputs["day"].description.as_deref(), Some("Which day"));
        assert_eq!(contract.outputs.keys().collect::<Vec<_>>(), ["rows"]);
    }

    #[test]
    fn a_subflow_is_typed_and_called() {
        for (source, expected) in [
            ("inputs: [{id: a, type: INT}]\ntriggers: []", vec![]),
            ("inputs: [{id: a}]", vec!["inputs[0].type"]),
            ("inputs: [{id: f, type: FORM, inputs: [{id: a}]}]", vec!["inputs[0].inputs[0].type"]),
            ("outputs: [{id: a, value: 1}]\ntriggers: [{id: t}]", vec!["outputs[0].type", "triggers"]),
        ] {
            let problems = Contract::problems(&flow(source));
            let paths: Vec<String> = problems.iter().map(|problem| problem.path.to_string()).collect();
            assert_eq!(paths, expected, "{source}");
        }
    }
}
