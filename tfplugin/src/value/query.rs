//! Questions a provider asks about a value, and the small edits it makes.

use std::collections::BTreeMap;

use super::{Number, Path, Refinement, Step, Value};

impl Value {
    /// A value of which nothing is known yet.
    pub fn unknown() -> Self {
        Self::Unknown(Refinement::default())
    }

    /// The outermost word of the value's type; `null` and `unknown` for values without one.
    pub(super) fn kind(&self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Unknown(_) => "unknown",
            Self::Bool(_) => "bool",
            Self::Number(_) => "number",
            Self::String(_) => "string",
            Self::List(_) => "list",
            Self::Set(_) => "set",
            Self::Map(_) => "map",
            Self::Dynamic(..) => "dynamic",
        }
    }

    /// Whether the value is null; a dynamic value is null when what it carries is.
    pub fn is_null(&self) -> bool {
        matches!(self.carried(), Self::Null)
    }

    /// Whether the value itself is known; its elements may still be unknown.
    pub fn is_known(&self) -> bool {
        !matches!(self.carried(), Self::Unknown(_))
    }

    /// Whether the value and everything in it are known.
    pub fn is_wholly_known(&self) -> bool {
        match self {
            Self::Unknown(_) => false,
            Self::List(elements) | Self::Set(elements) => elements.iter().all(Self::is_wholly_known),
            Self::Map(elements) => elements.values().all(Self::is_wholly_known),
            Self::Dynamic(_, value) => value.is_wholly_known(),
            Self::Null | Self::Bool(_) | Self::Number(_) | Self::String(_) => true,
        }
    }

    /// Whether the value or anything in it is unknown.
    pub fn has_unknown(&self) -> bool {
        !self.is_wholly_known()
    }

    /// Replaces every unknown value in it, itself included, by null.
    pub fn null_unknowns(&mut self) {
        match self {
            Self::Unknown(_) => *self = Self::Null,
            Self::List(elements) | Self::Set(elements) => elements.iter_mut().for_each(Self::null_unknowns),
            Self::Map(elements) => elements.values_mut().for_each(Self::null_unknowns),
            Self::Dynamic(_, value) => value.null_unknowns(),
            Self::Null | Self::Bool(_) | Self::Number(_) | Self::String(_) => {}
        }
    }

    /// Forgets what is certain about the unknown values in it, itself included.
    pub(crate) fn forget_refinements(&mut self) {
        match self {
            Self::Unknown(refinement) => *refinement = Refinement::default(),
            Self::List(elements) | Self::Set(elements) => {
                elements.iter_mut().for_each(Self::forget_refinements);
            }
            Self::Map(elements) => elements.values_mut().for_each(Self::forget_refinements),
            Self::Dynamic(_, value) => value.forget_refinements(),
            Self::Null | Self::Bool(_) | Self::Number(_) | Self::String(_) => {}
        }
    }

    /// The value at a path, looking through dynamic values; `None` when the path leads nowhere.
    pub fn at(&self, path: &Path) -> Option<&Self> {
        path.steps().iter().try_fold(self, |value, step| match (value.carried(), step) {
            (Self::Map(elements), Step::Attribute(name) | Step::Key(name)) => elements.get(name),
            (Self::List(elements), Step::Index(index)) => elements.get(usize::try_from(*index).ok()?),
            _ => None,
        })
    }

    /// What a dynamic value carries; any other value is itself.
    fn carried(&self) -> &Self {
        match self {
            Self::Dynamic(_, value) => value.carried(),
            value => value,
        }
    }

    /// The text, if it is known text.
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::String(text) => Some(text),
            _ => None,
        }
    }

    /// The flag, if it is a known boolean.
    pub fn as_bool(&self) -> Option<bool> {
        match self {
            Self::Bool(flag) => Some(*flag),
            _ => None,
        }
    }

    /// The number, if it is a known one.
    pub fn as_number(&self) -> Option<&Number> {
        match self {
            Self::Number(number) => Some(number),
            _ => None,
        }
    }

    /// The elements of a known list, tuple or set.
    pub fn as_list(&self) -> Option<&[Self]> {
        match self {
            Self::List(elements) | Self::Set(elements) => Some(elements),
            _ => None,
        }
    }

    /// The elements of a known map, or the attributes of a known object.
    pub fn as_map(&self) -> Option<&BTreeMap<String, Self>> {
        match self {
            Self::Map(elements) => Some(elements),
            _ => None,
        }
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::String(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::String(text)
    }
}

impl From<bool> for Value {
    fn from(flag: bool) -> Self {
        Self::Bool(flag)
    }
}

impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Self::Number(number.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::Type;
    use crate::value::fixture::map;

    fn dynamic(value: Value) -> Value {
        Value::Dynamic(Type::String, Box::new(value))
    }

    #[test]
    fn a_path_leads_to_its_value() {
        let inner = map([("x", Value::List(vec![Value::from("a"), Value::from("b")]))]);
        let root =
            map([("labels", map([("k", dynamic(inner))])), ("names", Value::Set(vec![Value::from("s")]))]);
        let x = Path::root().attribute("labels").key("k").attribute("x");
        let cases = [
            (Path::root(), Some(root.clone())),
            (x.clone().index(1), Some(Value::from("b"))),
            (x.clone().index(2), None),
            (x.clone().index(-1), None),
            (x.clone().attribute("y"), None),
            (Path::root().attribute("names").index(0), None),
            (Path::root().attribute("other"), None),
        ];
        for (path, expected) in cases {
            assert_eq!(root.at(&path), expected.as_ref(), "{path}");
        }
    }

    #[test]
    fn unknown_values_are_found_and_replaced_at_any_depth() {
        let cases = [
            (Value::unknown(), Value::Null),
            (
                Value::List(vec![Value::from(1), Value::unknown()]),
                Value::List(vec![Value::from(1), Value::Null]),
            ),
            (Value::Set(vec![Value::unknown()]), Value::Set(vec![Value::Null])),
            (map([("a", dynamic(Value::unknown()))]), map([("a", dynamic(Value::Null))])),
        ];
        for (mut value, expected) in cases {
            assert!(value.has_unknown());
            value.null_unknowns();
            assert_eq!(value, expected);
            assert!(value.is_wholly_known());
        }
    }

    #[test]
    fn known_and_null_are_about_the_value_itself() {
        let cases = [
            (Value::Null, true, true),
            (Value::unknown(), false, false),
            (dynamic(Value::Null), true, true),
            (dynamic(Value::unknown()), false, false),
            (Value::List(vec![Value::unknown()]), false, true),
        ];
        for (value, null, known) in cases {
            assert_eq!((value.is_null(), value.is_known()), (null, known), "{value:?}");
        }
    }
}
