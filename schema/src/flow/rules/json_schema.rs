//! The schema that an input of type JSON may carry: values are compared with it when an execution starts, which fails
//! when it is none.

use serde_json::Value as Json;

use super::super::place::Place;
use super::super::problem::Problem;
use super::Subject;
use super::inputs;
use crate::line::KestraLine::V2_0;

pub(super) fn schemas(subject: &Subject<'_>) -> Vec<Problem> {
    // 1.3 has no such property.
    let is_json = |input: &Place<'_>| subject.line == V2_0 && input.text("type").as_deref() == Some("JSON");
    let inputs = inputs::all(subject).into_iter().filter(is_json);
    subject.enough(inputs.filter_map(|input| broken(&input.get("jsonSchema")?)))
}

fn broken(place: &Place<'_>) -> Option<Problem> {
    let why = mistake(&place.node.text()?)?;
    Some(Problem::at("json-schema", place, format!("this is no JSON Schema: {why}")).warning())
}

fn mistake(text: &str) -> Option<String> {
    let schema: Json = match serde_json::from_str(text) {
        Ok(schema) => schema,
        Err(error) => return Some(error.to_string()),
    };
    jsonschema::validator_for(&schema).err().map(|error| error.to_string())
}
