//! `subflow_task`: the call of a subflow, checked against the contract of the resource that creates it.

use std::collections::BTreeMap;

use schema::contract::{Contract, FlowName};
use schema::flow::Flow;
use schema::part::{PartProblem, subflow_task};
use serde::Deserialize;
use serde_json::json;
use tfplugin::model::{Attr, Dynamic};
use tfplugin::value::{Type, Value};
use tfplugin::{Arguments, Function, FunctionError, validate};

use super::json::json_of;
use super::part::{members, told};

/// Writes a task that calls a subflow as one JSON document.
///
/// Given the `kestra_subflow` itself, Terraform creates it first, and inputs that it lacks, demands or wants to be of
/// another type are errors. The task waits for the subflow, and fails when it fails, unless `options` say otherwise.
#[derive(Arguments)]
pub(crate) struct SubflowTaskArguments {
    /// Id of the task.
    #[argument(validate = validate::length(1..))]
    id: String,
    /// The `kestra_subflow`, or any object with `namespace` and `flow_id`. Inputs are checked when it has `inputs`, too.
    #[argument(unknown)]
    subflow: Attr<Dynamic>,
    /// Values of the inputs by name. `{}` when it takes none.
    inputs: Dynamic,
    /// Further properties of the task as Kestra names them, such as `wait` and `labels`. `{}` for none.
    options: Dynamic,
}

/// The function.
pub(crate) struct SubflowTask;

impl Function for SubflowTask {
    type Arguments = SubflowTaskArguments;
    type Output = Attr<String>;

    const NAME: &'static str = "subflow_task";

    /// A subflow that is new has attributes that are known after apply; only those that matter here are looked at.
    fn call(&self, arguments: SubflowTaskArguments) -> Result<Attr<String>, FunctionError> {
        let Attr::Known(subflow) = arguments.subflow else { return Ok(Attr::Unknown) };
        let parts = ["namespace", "flow_id", "inputs"].map(|name| attribute(&subflow, name));
        let is_unknown = |part: &Dynamic| part.value.has_unknown();
        if !subflow.value.is_known() || parts.iter().flatten().any(is_unknown) {
            return Ok(Attr::Unknown);
        }
        let [namespace, id, declared] = parts;
        let callee = FlowName { namespace: text(namespace)?, id: text(id)? };
        let contract = declared.as_ref().map(contract).transpose()?.flatten();
        let inputs = members("inputs", &arguments.inputs)?;
        let options = members("options", &arguments.options)?;
        let document = subflow_task(&arguments.id, &callee, contract.as_ref(), inputs, options);
        document.map(|document| Attr::Known(document.to_string())).map_err(|problems| explained(&problems))
    }
}

/// An attribute of an object, or an element of a map.
fn attribute(object: &Dynamic, name: &str) -> Option<Dynamic> {
    let value = object.value.as_map()?.get(name)?.clone();
    let ty = match &object.ty {
        Type::Object(types) => types.get(name)?.clone(),
        Type::Map(ty) => (**ty).clone(),
        _ => return None,
    };
    Some(Dynamic { ty, value })
}

fn text(attribute: Option<Dynamic>) -> Result<String, FunctionError> {
    match attribute.map(|attribute| attribute.value) {
        Some(Value::String(text)) => Ok(text),
        _ => Err(FunctionError::about(
            "subflow",
            "must be a kestra_subflow, or an object with the texts namespace and flow_id",
        )),
    }
}

/// What `kestra_subflow` says about an input.
#[derive(Deserialize)]
struct Input {
    r#type: String,
    required: bool,
    default: Option<String>,
}

/// The contract that the attribute `inputs` of a subflow makes; `None` when it is null.
fn contract(inputs: &Dynamic) -> Result<Option<Contract>, FunctionError> {
    let failed = |error: serde_json::Error| FunctionError::about("subflow", format!("inputs: {error}"));
    let inputs: Option<BTreeMap<String, Input>> =
        serde_json::from_value(json_of("subflow", inputs)?).map_err(failed)?;
    let Some(inputs) = inputs else { return Ok(None) };
    let declared = inputs.into_iter().map(|(id, Input { r#type, required, default })| {
        json!({ "id": id, "type": r#type, "required": required, "defaults": default })
    });
    // JSON is YAML, too.
    let source = json!({ "inputs": declared.collect::<Vec<_>>() }).to_string();
    let flow =
        Flow::parse(&source).map_err(|problems| FunctionError::about("subflow", problems.to_string()))?;
    Ok(Some(Contract::of(&flow)))
}

/// All problems, at the argument that the first one is about.
fn explained(problems: &[PartProblem]) -> FunctionError {
    let path = problems.first().map(|problem| problem.path.as_str()).unwrap_or_default();
    let argument = match path {
        "id" => "id",
        path if path.starts_with("inputs") => "inputs",
        _ => "options",
    };
    FunctionError::about(argument, told(problems))
}
