//! Contracts of flows, and callers that break them.

mod calls;
mod circles;

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
  - {id: reason, type: STRING, dependsOn: {inputs: [old]}}
  - {id: mode, type: SELECT, values: [a], autoSelectFirst: true}
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
            ("reason", "STRING", false, None),
            ("mode", "SELECT", false, None),
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
