//! What core decides to do with an object once the provider has planned it.

use std::fmt;

use super::problem::Problem;
use crate::testing::schema::Schema;
use crate::value::{Path, Value};

/// What a plan will do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Nothing: the object is as it should be.
    NoOp,
    /// Make the object.
    Create,
    /// Change the object in place.
    Update,
    /// Delete the object and make a new one.
    Replace,
    /// Delete the object.
    Delete,
}

/// Terraform's own names of actions, as its messages have them.
impl fmt::Display for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoOp => "NoOp",
            Self::Create => "Create",
            Self::Update => "Update",
            Self::Replace => "DeleteThenCreate",
            Self::Delete => "Delete",
        })
    }
}

/// Why an object must be replaced rather than changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::testing) enum Replacement {
    /// There is no reason.
    No,
    /// The provider says that the change needs it.
    IfChanged,
    /// The user says so, or the object is tainted.
    Forced,
}

/// The action that turns the prior object into the planned one.
pub(in crate::testing) fn decide(prior: &Value, planned: &Value, replacement: Replacement) -> Action {
    match (prior.is_null(), planned.is_null()) {
        (true, true) => Action::NoOp,
        (true, false) => Action::Create,
        (false, true) => Action::Delete,
        (false, false) if replacement == Replacement::Forced => Action::Replace,
        (false, false) if prior == planned => Action::NoOp,
        (false, false) if replacement == Replacement::IfChanged => Action::Replace,
        (false, false) => Action::Update,
    }
}

/// The paths, of those the provider named, that do need a new object: the ones whose value changes, and write-only ones,
/// whose prior value nobody knows. A path that leads nowhere is an error.
pub(in crate::testing) fn requires_replace(
    schema: &Schema,
    paths: Vec<Path>,
    prior: &Value,
    planned: &Value,
) -> Result<Vec<Path>, Problem> {
    let mut needed = Vec::new();
    for path in paths {
        let (before, after) = (prior.at(&path), planned.at(&path));
        if before.is_none() && after.is_none() {
            return Err(Problem { text: "non-existent attribute path".to_owned(), path });
        }
        let write_only = schema.block.attribute_at(&path).is_some_and(|attribute| attribute.write_only);
        if write_only || before != after {
            needed.push(path);
        }
    }
    Ok(needed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::rules::fixture::{block, value};
    use serde_json::json;

    #[test]
    fn the_action_follows_from_prior_and_planned_object() {
        let null = json!(null);
        let (a, b) = (json!({"name": "a"}), json!({"name": "b"}));
        let cases = [
            (&null, &null, Replacement::No, Action::NoOp),
            (&null, &a, Replacement::No, Action::Create),
            (&null, &a, Replacement::Forced, Action::Create),
            (&a, &null, Replacement::No, Action::Delete),
            (&a, &a, Replacement::No, Action::NoOp),
            (&a, &b, Replacement::No, Action::Update),
            (&a, &b, Replacement::IfChanged, Action::Replace),
            (&a, &a, Replacement::IfChanged, Action::NoOp),
            (&a, &a, Replacement::Forced, Action::Replace),
        ];
        for (prior, planned, replacement, expected) in cases {
            assert_eq!(decide(&value(prior), &value(planned), replacement), expected, "{prior} {planned}");
        }
    }

    #[test]
    fn only_paths_that_change_need_a_new_object() {
        let schema = Schema { version: 0, ty: block().ty(), block: block() };
        let prior =
            value(&json!({"name": "a", "id": "1", "parts": [{"label": "x"}], "list": [{"label": "x"}]}));
        let planned =
            value(&json!({"name": "b", "id": "?", "parts": [{"label": "x"}], "list": [{"label": "y"}]}));
        let root = Path::root;
        let paths = vec![
            root().attribute("id"),
            root().attribute("list").index(0).attribute("label"),
            root().attribute("name"),
            root().attribute("parts").index(0).attribute("label"),
            root().attribute("secret"),
            root().attribute("tags"),
        ];
        let needed = requires_replace(&schema, paths, &prior, &planned).unwrap();
        let needed: Vec<String> = needed.iter().map(Path::to_string).collect();
        assert_eq!(needed, ["id", "list[0].label", "name", "secret"]);
    }

    #[test]
    fn a_path_that_leads_nowhere_is_an_error() {
        let schema = Schema { version: 0, ty: block().ty(), block: block() };
        let object = value(&json!({"set": [{"label": "x"}]}));
        for path in [Path::root().attribute("other"), Path::root().attribute("set").index(0)] {
            assert_eq!(
                requires_replace(&schema, vec![path.clone()], &object, &object).unwrap_err().path,
                path
            );
        }
    }
}
