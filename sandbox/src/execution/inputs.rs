//! What a caller sends to start an execution: a text for each input, and files, which are kept under an address.

use std::collections::BTreeMap;

use axum::body::Bytes;
use schema::{flow, inputs};
use serde_json::{Map, Value, json};

use crate::{call::Part, depth, fault::Fault, store::flows::Flow};

/// The parts of a request, sorted out.
#[derive(Debug, Default)]
pub(crate) struct Sent {
    /// Texts by input; for a file its address.
    pub(crate) texts: BTreeMap<String, String>,
    /// Files by address.
    pub(crate) files: Vec<(String, Bytes)>,
}

/// Sorts out the parts sent to an execution of a flow, which will have this id.
pub(crate) fn sent(parts: Vec<Part>, flow: &Flow, id: &str) -> Sent {
    let mut sent = Sent::default();
    for Part { name, file_name, content } in parts {
        let Some(file) = file_name else {
            sent.texts.insert(name, String::from_utf8_lossy(&content).into_owned());
            continue;
        };
        // Once all files came as `files`, named like their inputs.
        let input = if name == "files" { file.clone() } else { name };
        let uri =
            format!("{}/inputs/{input}/{}", folder(&flow.namespace, &flow.id, id), file.replace('/', "_"));
        sent.texts.insert(input, uri.clone());
        sent.files.push((uri, content));
    }
    sent
}

/// Where the files of an execution are.
pub(crate) fn folder(namespace: &str, flow_id: &str, id: &str) -> String {
    format!("kestra:///{}/{flow_id}/executions/{id}", namespace.replace('.', "/"))
}

/// The values of a flow's inputs; `None` when it has no inputs.
pub(crate) fn values(
    flow: &Flow,
    texts: &BTreeMap<String, String>,
) -> Result<Option<Map<String, Value>>, Fault> {
    let parsed = parse(flow)?;
    let declared = parsed.inputs();
    if declared.is_empty() {
        return Ok(None);
    }
    let values = inputs::values(&inputs::read(&declared, texts)).map_err(|errors| {
        let lines: Vec<String> = errors.iter().map(ToString::to_string).collect();
        Fault::Inputs(lines.join("\n"))
    })?;
    values.values().try_for_each(depth::check)?;
    Ok(Some(values))
}

/// What Kestra says about each input before an execution is created.
pub(crate) fn report(flow: &Flow, texts: &BTreeMap<String, String>) -> Result<Value, Fault> {
    let parsed = parse(flow)?;
    let line = |input: &inputs::InputValue<'_>| {
        let error =
            |error: &inputs::InputError| json!([{"message": error.to_string(), "renderError": false}]);
        let mut line = json!({"input": printed(&flow.body, &input.name)});
        if let Some(value) = &input.value {
            line["value"] = value.clone();
        }
        line["enabled"] = input.is_enabled.into();
        line["isDefault"] = input.is_default.into();
        line["errors"] = input.error.as_ref().map_or_else(|| json!([]), error);
        line
    };
    let lines: Vec<Value> = inputs::read(&parsed.inputs(), texts).iter().map(line).collect();
    Ok(json!({"id": flow.id, "namespace": flow.namespace, "inputs": lines, "checks": []}))
}

/// What is stored was read before, so this fails only for a damaged file.
fn parse(flow: &Flow) -> Result<flow::Flow, Fault> {
    flow::Flow::parse(&flow.source).map_err(|problems| Fault::Internal(problems.to_string()))
}

/// An input as the flow prints it; one inside a FORM is found by its dotted name.
fn printed<'a>(body: &'a Map<String, Value>, name: &str) -> Option<&'a Value> {
    let named = |inputs: Option<&'a Value>, id: &str| {
        inputs.and_then(Value::as_array)?.iter().find(|input| input.get("id").is_some_and(|own| own == id))
    };
    let inputs = body.get("inputs");
    named(inputs, name).or_else(|| {
        let forms = name.match_indices('.').map(|(dot, _)| (&name[..dot], &name[dot + 1..]));
        let mut found = forms.filter_map(|(form, id)| named(named(inputs, form)?.get("inputs"), id));
        found.next()
    })
}
