//! The pages of functions.

use super::example::{ExampleError, Examples};
use super::page::{Page, Part};
use super::text::{deprecation, item, type_name};
use super::{page_title, usage};
use crate::any::AnyFunction;
use crate::arguments::Parameter;
use crate::markdown::plain;
use crate::provider::Provider;

pub(super) fn page<P: Provider>(
    function: &dyn AnyFunction,
    examples: &Examples,
) -> Result<Page, ExampleError> {
    let name = function.name();
    let parameters = function.parameters();
    let mut parts = vec![Part::text(function.description())];
    parts.extend(function.deprecated().map(deprecation));
    parts.extend(usage(examples.read(&format!("functions/{name}/function.tf"))?));
    parts.extend([Part::heading(2, "Signature"), Part::code("text", signature(function, &parameters))]);
    if !parameters.is_empty() {
        let items = parameters.iter().map(argument).collect();
        parts.extend([Part::heading(2, "Arguments"), Part::List { bullet: "1.", items }]);
    }
    Ok(Page {
        path: format!("functions/{name}.md"),
        title: page_title::<P>(name, "function"),
        description: plain(function.summary()),
        heading: format!("function: {name}"),
        parts,
    })
}

/// `name(first string, rest number...) list(string)`.
fn signature(function: &dyn AnyFunction, parameters: &[Parameter]) -> String {
    let parameter = |parameter: &Parameter| {
        format!("{} {}{}", parameter.name, parameter.ty, if parameter.variadic { "..." } else { "" })
    };
    let parameters: Vec<String> = parameters.iter().map(parameter).collect();
    format!("{}({}) {}", function.name(), parameters.join(", "), function.output())
}

fn argument(parameter: &Parameter) -> String {
    let variadic = parameter.variadic.then(|| "Variadic".to_owned());
    let nullable = parameter.nullable.then(|| "Nullable".to_owned());
    let marks: Vec<String> = variadic.into_iter().chain([type_name(&parameter.ty)]).chain(nullable).collect();
    let musts = parameter.validators.iter().map(|validator| format!("Must be {}.", validator.description()));
    let text: Vec<String> = [parameter.description.to_owned()].into_iter().chain(musts).collect();
    item(parameter.name, &marks, &text.join(" "))
}
