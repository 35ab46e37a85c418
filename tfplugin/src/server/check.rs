//! The checks that a schema itself describes, of every configuration: what cannot or should not be set, validators of attributes
//! and rules of objects.

use std::collections::BTreeMap;

use super::walk::for_each_object;
use crate::diagnostics::{Diagnostic, Diagnostics, Result};
use crate::schema::{Attribute, Block, Mode, Rule, RuleKind};
use crate::value::{Path, Value};

/// Fails with everything that is wrong; what is not known yet is not wrong. What passes goes on to the author's own checks.
pub(crate) fn check(
    block: &Block,
    config: Value,
    further: impl FnOnce(Value) -> Result<Diagnostics>,
) -> Result<Diagnostics> {
    let mut found = Diagnostics::new();
    for_each_object(block, &config, &Path::root(), &mut |block, object, path| {
        found.extend(set_attributes(block, object).filter_map(|attribute| unwelcome(attribute, path)));
        found.extend(invalid_values(block, object, path));
        found.extend(block.rules.iter().filter_map(|rule| broken(rule, object, path)));
    });
    let mut warnings = found.into_result()?;
    warnings.extend(further(config)?);
    Ok(warnings)
}

fn set_attributes<'a>(
    block: &'a Block,
    object: &'a BTreeMap<String, Value>,
) -> impl Iterator<Item = &'a Attribute> {
    let is_set = |name: &str| object.get(name).is_some_and(|value| !value.is_null());
    block.attributes.iter().filter(move |attribute| is_set(attribute.name))
}

/// Hosts let users set what only the provider decides, and the value would silently come to nothing. Most say nothing of
/// what is deprecated either.
fn unwelcome(attribute: &Attribute, path: &Path) -> Option<Diagnostic> {
    let path = path.clone().attribute(attribute.name);
    if attribute.mode == Mode::Computed {
        let detail = format!("{path} is decided by the provider. Remove it from the configuration.");
        return Some(Diagnostic::error("Read-only attribute is set", detail).at(path));
    }
    let advice = attribute.deprecated?;
    Some(Diagnostic::warning("Deprecated attribute", format!("{path} is deprecated. {advice}")).at(path))
}

fn invalid_values(block: &Block, object: &BTreeMap<String, Value>, path: &Path) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    for attribute in &block.attributes {
        let Some(value) = object.get(attribute.name) else { continue };
        for validator in attribute.validators.iter().filter(|validator| !validator.accepts(value)) {
            let shown = shown(value).filter(|_| !attribute.sensitive && !attribute.write_only);
            let found = shown.map(|shown| format!("; got {shown}")).unwrap_or_default();
            let path = path.clone().attribute(attribute.name);
            let detail = format!("{path} must be {}{found}.", validator.description());
            problems.push(Diagnostic::error("Invalid attribute value", detail).at(path));
        }
    }
    problems
}

/// A value short enough for a message.
fn shown(value: &Value) -> Option<String> {
    match value {
        Value::String(text) if text.len() <= 100 => Some(format!("{text:?}")),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(flag) => Some(flag.to_string()),
        _ => None,
    }
}

/// An unknown value may turn out to be set or not, so it excuses whatever it could.
fn broken(rule: &Rule, object: &BTreeMap<String, Value>, path: &Path) -> Option<Diagnostic> {
    let value = |name: &&str| object.get(*name).unwrap_or(&Value::Null);
    let values = rule.attributes.iter().map(value);
    let set = values.clone().filter(|value| !value.is_null() && value.is_known()).count();
    let possible = values.filter(|value| !value.is_null()).count();
    let all = rule.attributes.len();
    let (is_broken, wanted) = match rule.kind {
        RuleKind::ExactlyOneOf => (set > 1 || possible < 1, "Exactly one of"),
        RuleKind::AtMostOneOf => (set > 1, "At most one of"),
        RuleKind::AtLeastOneOf => (possible < 1, "At least one of"),
        RuleKind::AllOrNone => (set > 0 && possible < all, "All or none of"),
    };
    let detail = format!("{wanted} these can be set: {}.", rule.attributes.join(", "));
    is_broken.then(|| Diagnostic::error("Invalid combination of attributes", detail).at(path.clone()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Attr, Model};
    use crate::validate;
    use crate::value::fixture::map;

    /// A door.
    #[derive(Clone, Debug, Default, Model)]
    #[model(exactly_one_of(key, code), at_most_one_of(code, note), all_or_none(lock, note))]
    struct Door {
        /// Its key.
        #[attr(optional)]
        key: Attr<String>,
        /// Its code.
        #[attr(optional, sensitive, validate = validate::length(4..=8))]
        code: Attr<String>,
        /// A note.
        #[attr(optional, validate = validate::one_of(["open", "closed"]))]
        note: Attr<String>,
        /// Its lock.
        #[attr(optional)]
        lock: Attr<String>,
        /// How often it was opened.
        #[attr(computed)]
        opened: Attr<i64>,
        /// An older word for `code`.
        #[attr(optional, deprecated = "Use `code`.")]
        number: Attr<String>,
        /// Doors behind it.
        #[attr(optional)]
        behind: Attr<Vec<Room>>,
    }

    /// A room.
    #[derive(Clone, Debug, Default, Model)]
    #[model(at_least_one_of(name, number))]
    struct Room {
        /// Its name.
        #[attr(optional)]
        name: Attr<String>,
        /// Its number.
        #[attr(optional, validate = validate::range(1..=9))]
        number: Attr<i64>,
    }

    fn problems(config: Value) -> Vec<String> {
        let found = check(&Door::block(), config, |_| Ok(Diagnostics::new())).unwrap_or_else(|errors| errors);
        found.iter().map(|d| format!("{}: {}", d.attribute, d.detail)).collect()
    }

    #[test]
    fn schemas_describe_what_is_wrong() {
        let text = || Value::from("x");
        let room = |name: Value, number: Value| map([("name", name), ("number", number)]);
        let with = |room: Value| map([("key", text()), ("behind", Value::List(vec![room]))]);
        let cases: [(Value, &[&str]); 14] = [
            (map([("key", text())]), &[]),
            (map([("key", Value::unknown())]), &[]),
            (map([("key", Value::unknown()), ("code", Value::from("1234"))]), &[]),
            (
                map([("key", text()), ("opened", Value::from(1))]),
                &["opened: opened is decided by the provider. Remove it from the configuration."],
            ),
            (
                map([("key", text()), ("opened", Value::unknown())]),
                &["opened: opened is decided by the provider. Remove it from the configuration."],
            ),
            (map([("key", text()), ("number", text())]), &["number: number is deprecated. Use `code`."]),
            (map([]), &[": Exactly one of these can be set: key, code."]),
            (
                map([("key", text()), ("code", Value::from("12"))]),
                &[
                    "code: code must be of a length from 4 to 8.",
                    ": Exactly one of these can be set: key, code.",
                ],
            ),
            (
                map([("key", text()), ("note", text()), ("lock", text())]),
                &["note: note must be one of `open`, `closed`; got \"x\"."],
            ),
            (map([("key", text()), ("lock", text())]), &[": All or none of these can be set: lock, note."]),
            (map([("key", text()), ("lock", text()), ("note", Value::unknown())]), &[]),
            (with(room(text(), Value::Null)), &[]),
            (
                with(room(Value::Null, Value::Null)),
                &["behind[0]: At least one of these can be set: name, number."],
            ),
            (
                with(room(Value::Null, Value::from(10))),
                &["behind[0].number: behind[0].number must be a number from 1 to 9; got 10."],
            ),
        ];
        for (config, expected) in cases {
            assert_eq!(problems(config.clone()), expected, "{config:?}");
        }
    }
}
