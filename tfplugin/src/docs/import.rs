//! `## Import`: the three ways to bring an object that exists into the state, shown with one example.

use super::example::ImportExample;
use super::page::Part;
use super::text::{item, literal, type_name};
use crate::schema::{Attribute, IdentitySchema};
use crate::value::{Type, Value};

const BLOCK: &str = "[`import` block](https://developer.hashicorp.com/terraform/language/import)";
const COMMAND: &str =
    "[`terraform import` command](https://developer.hashicorp.com/terraform/cli/commands/import)";

pub(super) fn section(identity: &IdentitySchema, example: ImportExample) -> Vec<Part> {
    let ImportExample { command, address, id, identity: values } = example;
    let id = quoted(&id);
    let mut parts = vec![
        Part::heading(2, "Import"),
        Part::text("Import is supported using the following syntax:"),
        Part::text(format!(
            "In Terraform v1.12.0 and later, the {BLOCK} can be used with the `identity` attribute, for example:"
        )),
        Part::code("terraform", block(&address, &format!("identity = {{\n{}  }}", assignments(&values)))),
        Part::heading(3, "Identity Schema"),
    ];
    parts.extend(group("Required", &identity.attributes));
    parts.extend(group("Optional", &identity.optional));
    parts.extend([
        Part::text(format!(
            "In Terraform v1.5.0 and later, the {BLOCK} can be used with the `id` attribute, for example:"
        )),
        Part::code("terraform", block(&address, &format!("id = {id}"))),
        Part::text(format!("The {COMMAND} can be used, for example:")),
        Part::code("shell", command),
    ]);
    parts
}

fn block(address: &str, by: &str) -> String {
    format!("import {{\n  to = {address}\n  {by}\n}}")
}

/// Aligned, as `terraform fmt` does.
fn assignments(values: &[(String, Value)]) -> String {
    let width = values.iter().map(|(name, _)| name.len()).max().unwrap_or_default();
    let literal = |value: &Value| match value {
        Value::Number(number) => number.to_string(),
        other => quoted(other.as_str().unwrap_or_default()),
    };
    values.iter().map(|(name, value)| format!("    {name:width$} = {}\n", literal(value))).collect()
}

fn quoted(text: &str) -> String {
    literal(&Value::from(text), &Type::String).unwrap_or_default()
}

fn group(title: &str, attributes: &[Attribute]) -> Vec<Part> {
    if attributes.is_empty() {
        return Vec::new();
    }
    let line = |attribute: &Attribute| {
        item(attribute.name, &[type_name(&attribute.value_type())], attribute.description)
    };
    let items = attributes.iter().map(line).collect();
    vec![Part::heading(4, title), Part::List { bullet: "-", items }]
}
