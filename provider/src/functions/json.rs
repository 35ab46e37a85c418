//! Values of any type as JSON, which the flow language works with.

use serde_json::Value as Json;
use tfplugin::FunctionError;
use tfplugin::model::Dynamic;
use tfplugin::value::json;

/// The value of the argument `name` as JSON.
pub(super) fn json_of(name: &'static str, argument: &Dynamic) -> Result<Json, FunctionError> {
    let failed = |error: String| FunctionError::about(name, error);
    let text = json::encode(&argument.value, &argument.ty).map_err(|error| failed(error.to_string()))?;
    serde_json::from_slice(&text).map_err(|error| failed(error.to_string()))
}
