//! What `task` and `trigger` have in common: the document of a part of a flow, checked before a flow has it.

use schema::part::{Part, PartProblem};
use serde_json::{Map, Value as Json};
use tfplugin::FunctionError;
use tfplugin::model::Dynamic;

use super::json::json_of;

/// The JSON document of a part, for lists of texts that hold parts of every plugin.
pub(super) fn document(
    part: Part,
    id: &str,
    plugin: &str,
    properties: &Dynamic,
) -> Result<String, FunctionError> {
    let properties = members("properties", properties)?;
    let document = part.document(id, plugin, properties).map_err(|problems| explained(&problems))?;
    Ok(document.to_string())
}

/// The members of an argument that is a map or an object.
pub(super) fn members(name: &'static str, argument: &Dynamic) -> Result<Map<String, Json>, FunctionError> {
    match json_of(name, argument)? {
        Json::Object(members) => Ok(members),
        _ => Err(FunctionError::about(name, "must be an object, such as { message = \"Hello\" }")),
    }
}

/// All problems, at the argument that the first one is about.
fn explained(problems: &[PartProblem]) -> FunctionError {
    let argument = match problems.first().map(|problem| problem.path.as_str()) {
        Some("id") => "id",
        Some("type") => "type",
        _ => "properties",
    };
    FunctionError::about(argument, told(problems))
}

/// All problems in one line.
pub(super) fn told(problems: &[PartProblem]) -> String {
    problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
}
