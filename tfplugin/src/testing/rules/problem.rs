//! What a rule found, and the place it looks at. A place remembers whether its values may be shown.

use super::notation::notation;
use crate::value::{Path, Type, Value};

/// A broken rule: where, and core's words for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::testing) struct Problem {
    pub(in crate::testing) path: Path,
    pub(in crate::testing) text: String,
}

/// Where a rule looks.
#[derive(Clone, Debug, Default)]
pub(super) struct Place {
    pub(super) path: Path,
    /// The value is secret, or part of a secret.
    pub(super) hidden: bool,
}

impl Place {
    pub(super) fn attribute(&self, name: &str, sensitive: bool) -> Self {
        Self { path: self.path.clone().attribute(name), hidden: self.hidden || sensitive }
    }

    pub(super) fn index(&self, index: i64) -> Self {
        Self { path: self.path.clone().index(index), hidden: self.hidden }
    }

    pub(super) fn key(&self, key: &str) -> Self {
        Self { path: self.path.clone().key(key), hidden: self.hidden }
    }

    /// The same place, whose values are not shown if they are secret.
    pub(super) fn hiding(&self, secret: bool) -> Self {
        Self { path: self.path.clone(), hidden: self.hidden || secret }
    }

    pub(super) fn problem(&self, text: impl Into<String>) -> Problem {
        Problem { path: self.path.clone(), text: text.into() }
    }

    /// A value as core writes it, unless it is secret.
    pub(super) fn show(&self, value: &Value, ty: &Type) -> String {
        if self.hidden { "(sensitive value)".to_owned() } else { notation(value, ty) }
    }
}

/// The member of an object; null where there is no object.
pub(super) fn member<'v>(object: &'v Value, name: &str) -> &'v Value {
    object.as_map().and_then(|members| members.get(name)).unwrap_or(&Value::Null)
}

/// The element of a list; null where there is none.
pub(super) fn element(list: &Value, index: usize) -> &Value {
    list.as_list().and_then(|elements| elements.get(index)).unwrap_or(&Value::Null)
}
