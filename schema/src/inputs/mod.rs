//! The values a flow starts with: texts that a caller gives, read by the types of the inputs as Kestra 1.3 reads them.
//! Nothing is rendered here, so a default that is an expression stays the text it is.

mod typed;

use std::collections::BTreeMap;

use serde_json::{Map, Value as Json};

use crate::flow::inputs::{Named, is_optional, named};
use crate::flow::{Place, is_expression};
use typed::Unreadable;

/// What one input has when its flow starts.
#[derive(Debug, Clone)]
pub struct InputValue<'flow> {
    /// Its name; inside a FORM the dotted one.
    pub name: String,
    /// Its declaration.
    pub input: Place<'flow>,
    /// The value by its type, or the text that was refused. `None` when there is none, and for a refused secret.
    pub value: Option<Json>,
    /// Whether the flow itself gave the value.
    pub is_default: bool,
    /// Whether the input is asked for: not when it depends on a condition and nobody gave it a value.
    pub is_enabled: bool,
    /// Why the flow does not start.
    pub error: Option<InputError>,
}

/// Why a flow does not start with an input, in Kestra's words.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InputError {
    /// A required input without a value.
    #[error("Missing required input:{0}")]
    Missing(String),
    /// A value that the input does not take.
    #[error("Invalid value for input `{input}`. Cause: {cause}")]
    Invalid {
        /// The input's name.
        input: String,
        /// What is wrong with the value.
        cause: String,
    },
    /// A text that is no value of the type at all; Kestra does not say of which input.
    #[error(" errors:\n```\n{0}\n```")]
    Unreadable(String),
}

/// Reads the values of `inputs`, which are those of a flow or of a Pause, from texts by the names of the inputs.
/// Texts for inputs that do not exist are ignored, as Kestra does.
pub fn read<'flow>(inputs: &[Place<'flow>], given: &BTreeMap<String, String>) -> Vec<InputValue<'flow>> {
    named(inputs).map(|Named { name, input }| one(given.get(&name).cloned(), name, input)).collect()
}

/// The values of enabled inputs as an execution holds them: sorted, dotted names nested, `null` for what is absent.
///
/// # Errors
/// Everything that keeps the flow from starting, in the order of the inputs.
pub fn values(read: &[InputValue<'_>]) -> Result<Map<String, Json>, Vec<InputError>> {
    let errors: Vec<InputError> = read.iter().filter_map(|input| input.error.clone()).collect();
    if !errors.is_empty() {
        return Err(errors);
    }
    let mut enabled: Vec<&InputValue<'_>> = read.iter().filter(|input| input.is_enabled).collect();
    enabled.sort_by(|one, other| one.name.cmp(&other.name));
    let mut values = Map::new();
    for input in enabled {
        nest(&mut values, &input.name, input.value.clone().unwrap_or_default());
    }
    Ok(values)
}

fn one<'flow>(given: Option<String>, name: String, input: Place<'flow>) -> InputValue<'flow> {
    let is_default = given.is_none();
    let text = given.or_else(|| default(&input));
    let is_conditional = input.get("dependsOn").is_some_and(|depends| depends.get("condition").is_some());
    let is_enabled = !(is_conditional && text.is_none());
    let (value, error) = match &text {
        None => (None, (is_enabled && !is_optional(&input)).then(|| InputError::Missing(name.clone()))),
        // Kestra renders defaults, and nothing that a caller gives.
        Some(text) if is_default && is_expression(text) => (Some(Json::from(text.as_str())), None),
        Some(text) => match typed::read(&input, text) {
            Ok(value) => (Some(value), None),
            Err(unreadable) => (refused(&input, text), Some(error(&name, unreadable))),
        },
    };
    InputValue { is_default: is_default && value.is_some(), name, input, value, is_enabled, error }
}

/// The text of the default: a list or map as JSON.
fn default(input: &Place<'_>) -> Option<String> {
    let is_chosen = input.text("autoSelectFirst").is_some_and(|chosen| chosen == "true");
    let first = || input.items("values").into_iter().next().filter(|_| is_chosen);
    let value = input.get("defaults").or_else(first)?;
    Some(value.node.text().map_or_else(|| value.node.to_json().to_string(), |text| text.into_owned()))
}

/// A refused text is shown again, unless it is a secret.
fn refused(input: &Place<'_>, text: &str) -> Option<Json> {
    input.text("type").is_none_or(|kind| kind != typed::SECRET).then(|| text.into())
}

fn error(name: &str, unreadable: Unreadable) -> InputError {
    match unreadable {
        Unreadable::Value(cause) => InputError::Invalid { input: name.to_owned(), cause },
        Unreadable::Text(cause) => InputError::Unreadable(cause),
    }
}

/// Puts a value below a dotted name.
fn nest(values: &mut Map<String, Json>, name: &str, value: Json) {
    match name.split_once('.') {
        None => {
            values.insert(name.to_owned(), value);
        }
        Some((outer, rest)) => {
            let inner = values.entry(outer).or_insert_with(|| Json::Object(Map::new()));
            if let Some(inner) = inner.as_object_mut() {
                nest(inner, rest, value);
            }
        }
    }
}

#[cfg(test)]
mod tests;
