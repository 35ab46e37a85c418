//! The task that calls a subflow, checked against what the subflow asks for.

use serde_json::{Map, Value as Json};

use super::{Part, PartProblem, alone, own};
use crate::contract::{Caller, Contract, FlowName};

const TYPE: &str = "io.kestra.plugin.core.flow.Subflow";

/// A property that picks a revision of the subflow, whose contract nobody knows here.
const REVISION: &str = "revision";

/// The document of a task that calls `callee` with `inputs`. `options` are further properties of the task; without them Kestra
/// waits for the subflow, and fails the task when it fails.
///
/// # Errors
/// As [`Part::document`], and inputs that the contract lacks, demands or wants to be of another type.
pub fn subflow_task(
    id: &str,
    callee: &FlowName,
    contract: Option<&Contract>,
    inputs: Map<String, Json>,
    options: Map<String, Json>,
) -> Result<Json, Vec<PartProblem>> {
    let names = [("namespace", callee.namespace.as_str()), ("flowId", callee.id.as_str())];
    let mut properties: Map<String, Json> =
        names.into_iter().map(|(name, value)| (name.to_owned(), value.into())).collect();
    if let Some(name) =
        properties.keys().map(String::as_str).chain(["inputs"]).find(|name| options.contains_key(*name))
    {
        return Err(vec![PartProblem::new(name, "has an argument of its own; leave it out here")]);
    }
    let contract = contract.filter(|_| options.get(REVISION).is_none_or(Json::is_null));
    if !inputs.is_empty() {
        properties.insert("inputs".to_owned(), inputs.into());
    }
    properties.extend(options);
    let document = Part::Task.document(id, TYPE, properties)?;
    let problems = contract.map(|contract| broken(contract, &document)).unwrap_or_default();
    if problems.is_empty() { Ok(document) } else { Err(problems) }
}

/// What the call does wrong with the contract.
fn broken(contract: &Contract, document: &Json) -> Vec<PartProblem> {
    let Ok(flow) = alone(Part::Task, document) else { return Vec::new() };
    let caller = Caller::new(&flow);
    let broken = caller.calls().iter().flat_map(|call| caller.breaks(contract, call));
    broken.filter_map(|found| own(&found, Part::Task)).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::flow::Flow;

    const SUBFLOW: &str = "
id: notify
namespace: company.shared
inputs:
  - {id: message, type: STRING}
  - {id: attempts, type: INT, defaults: 3}
";

    fn built(inputs: Json, options: Json) -> Result<String, Vec<String>> {
        let contract = Contract::of(&Flow::parse(SUBFLOW).expect("a flow"));
        let callee = FlowName { namespace: "company.shared".to_owned(), id: "notify".to_owned() };
        let [Json::Object(inputs), Json::Object(options)] = [inputs, options] else { panic!("maps") };
        let built = subflow_task("tell", &callee, Some(&contract), inputs, options);
        built
            .map(|document| document.to_string())
            .map_err(|problems| problems.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn the_task_names_the_subflow() {
        let expected = concat!(
            r#"{"id":"tell","type":"io.kestra.plugin.core.flow.Subflow","namespace":"company.shared","#,
            r#""flowId":"notify","inputs":{"message":"Hello","attempts":"{{ inputs.attempts }}"},"wait":false}"#
        );
        let inputs = json!({"message": "Hello", "attempts": "{{ inputs.attempts }}"});
        assert_eq!(built(inputs, json!({"wait": false})).as_deref(), Ok(expected));
    }

    #[test]
    fn inputs_keep_to_the_contract() {
        for (inputs, options, expected) in [
            (json!({}), json!({}), "inputs: company.shared.notify needs the input `message` (STRING)"),
            (
                json!({"mesage": "a", "message": "b"}),
                json!({}),
                "inputs[mesage]: company.shared.notify has no input `mesage`; did you mean `message`?",
            ),
            (
                json!({"message": "a", "attempts": "many"}),
                json!({}),
                "inputs[attempts]: the input `attempts` (INT) of company.shared.notify does not take this: `many` is not a valid INT value",
            ),
            (json!({"message": "a"}), json!({"wait": "later"}), "wait: must be `true` or `false`"),
            (
                json!({"message": "a"}),
                json!({"flowId": "other"}),
                "flowId: has an argument of its own; leave it out here",
            ),
        ] {
            assert_eq!(built(inputs, options), Err(vec![expected.to_owned()]));
        }
        // Another revision may ask for something else.
        assert!(built(json!({}), json!({"revision": 2})).is_ok());
    }
}
