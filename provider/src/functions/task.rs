//! `task`: tasks of all plugins as values of one type, which HCL's lists can hold.

use schema::part::Part;
use tfplugin::model::Dynamic;
use tfplugin::{Arguments, Function, FunctionError, validate};

use super::part;

/// Writes a task as one JSON document.
///
/// Tasks of all plugins have the same type then, so that a list holds them and modules take and give them. The properties
/// are checked offline: one that the plugin does not have, or a value that it does not take, is an error. Where the plugin
/// takes tasks, give such documents.
#[derive(Arguments)]
pub(crate) struct TaskArguments {
    /// Id of the task.
    #[argument(validate = validate::length(1..))]
    id: String,
    /// Plugin of the task, such as `io.kestra.plugin.core.log.Log`. One that is unknown here is not checked, and takes its own tasks as values only.
    r#type: String,
    /// Properties of the task as the plugin names them. `{}` when it has none. What is null is left out.
    properties: Dynamic,
}

/// The function.
pub(crate) struct Task;

impl Function for Task {
    type Arguments = TaskArguments;
    type Output = String;

    const NAME: &'static str = "task";

    fn call(&self, arguments: TaskArguments) -> Result<String, FunctionError> {
        part::document(Part::Task, &arguments.id, &arguments.r#type, &arguments.properties)
    }
}
