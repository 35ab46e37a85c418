//! The words for types, values and rules.

use super::page::Part;
use crate::schema::{Rule, RuleKind};
use crate::value::{Type, Value, json};

/// `List of String`, as registries write it.
pub(super) fn type_name(ty: &Type) -> String {
    match ty {
        Type::String => "String".to_owned(),
        Type::Number => "Number".to_owned(),
        Type::Bool => "Boolean".to_owned(),
        Type::Dynamic => "Dynamic".to_owned(),
        Type::List(element) => format!("List of {}", type_name(element)),
        Type::Set(element) => format!("Set of {}", type_name(element)),
        Type::Map(element) => format!("Map of {}", type_name(element)),
        Type::Tuple(_) => "Tuple".to_owned(),
        Type::Object(_) => "Object".to_owned(),
    }
}

/// A value as one writes it in a configuration, where that is a line of code.
pub(super) fn literal(value: &Value, ty: &Type) -> Option<String> {
    let json = json::encode(value, ty).ok()?;
    // An interpolation in JSON is text, in HCL it is evaluated.
    Some(String::from_utf8(json).ok()?.replace("${", "$${").replace("%{", "%%{"))
}

pub(super) fn deprecation(message: &str) -> Part {
    Part::text(format!("> **Deprecated**: {message}"))
}

/// Which attributes go together.
pub(super) fn rule(rule: &Rule) -> String {
    let names: Vec<String> = rule.attributes.iter().map(|name| format!("`{name}`")).collect();
    let words = match rule.kind {
        RuleKind::ExactlyOneOf => "Exactly one of these is set",
        RuleKind::AtMostOneOf => "At most one of these is set",
        RuleKind::AtLeastOneOf => "At least one of these is set",
        RuleKind::AllOrNone => "These are set together or not at all",
    };
    format!("{words}: {}.", names.join(", "))
}

/// An item of a list: what, in which way, and the description, whose further lines belong to the item too.
pub(super) fn item(name: &str, marks: &[String], description: &str) -> String {
    let item = format!("`{name}` ({}) {description}", marks.join(", "));
    let lines: Vec<&str> = item.trim_end().split('\n').collect();
    lines.join("\n  ").replace("\n  \n", "\n\n")
}
