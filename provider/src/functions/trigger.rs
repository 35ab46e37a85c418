//! `trigger`: triggers of all plugins as values of one type, which HCL's lists can hold.

use schema::part::Part;
use tfplugin::model::Dynamic;
use tfplugin::{Arguments, Function, FunctionError, validate};

use super::part;

/// Writes a trigger as one JSON document.
///
/// Triggers of all plugins have the same type then, so that a list holds them and modules take and give them. The properties
/// are checked offline: one that the plugin does not have, or a value that it does not take, is an error.
#[derive(Arguments)]
pub(crate) struct TriggerArguments {
    /// Id of the trigger.
    #[argument(validate = validate::length(1..))]
    id: String,
    /// Plugin of the trigger, such as `io.kestra.plugin.core.trigger.Schedule`. One that is unknown here is not checked.
    r#type: String,
    /// Properties of the trigger as the plugin names them. `{}` when it has none. What is null is left out.
    properties: Dynamic,
}

/// The function.
pub(crate) struct Trigger;

impl Function for Trigger {
    type Arguments = TriggerArguments;
    type Output = String;

    const NAME: &'static str = "trigger";

    fn call(&self, arguments: TriggerArguments) -> Result<String, FunctionError> {
        part::document(Part::Trigger, &arguments.id, &arguments.r#type, &arguments.properties)
    }
}
