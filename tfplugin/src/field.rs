//! The Rust types that a model's fields may have, and how each maps to Terraform's types.

use std::collections::{BTreeMap, BTreeSet};

use crate::attr::Attr;
use crate::schema::{Nesting, Shape};
use crate::value::{Number, Path, Type, Value, ValueError};

/// A Rust type that stands for a Terraform type.
pub trait Field: Sized {
    /// What the attribute holds.
    fn shape() -> Shape;

    /// Reads the field; `path` is its place, for errors.
    fn from_value(value: Value, path: &Path) -> Result<Self, ValueError>;

    /// The field as a value.
    fn to_value(&self) -> Value;
}

/// A value of any type, where the schema says `dynamic`.
#[derive(Clone, Debug, PartialEq)]
pub struct Dynamic {
    /// The type of the value.
    pub ty: Type,
    /// The value.
    pub value: Value,
}

fn plain(ty: Type) -> Shape {
    Shape::Plain(ty)
}

fn misfit<T>(path: &Path, expected: Type, found: &Value) -> Result<T, ValueError> {
    Err(ValueError::mismatch(path.clone(), &expected, found))
}

impl Field for String {
    fn shape() -> Shape {
        plain(Type::String)
    }

    fn from_value(value: Value, path: &Path) -> Result<Self, ValueError> {
        match value {
            Value::String(text) => Ok(text),
            other => misfit(path, Type::String, &other),
        }
    }

    fn to_value(&self) -> Value {
        Value::String(self.clone())
    }
}

impl Field for bool {
    fn shape() -> Shape {
        plain(Type::Bool)
    }

    fn from_value(value: Value, path: &Path) -> Result<Self, ValueError> {
        match value {
            Value::Bool(flag) => Ok(flag),
            other => misfit(path, Type::Bool, &other),
        }
    }

    fn to_value(&self) -> Value {
        Value::Bool(*self)
    }
}

impl Field for Number {
    fn shape() -> Shape {
        plain(Type::Number)
    }

    fn from_value(value: Value, path: &Path) -> Result<Self, ValueError> {
        match value {
            Value::Number(number) => Ok(number),
            other => misfit(path, Type::Number, &other),
        }
    }

    fn to_value(&self) -> Value {
        Value::Number(self.clone())
    }
}

/// Whole numbers; a fraction or a number beyond 64 bits is refused rather than rounded.
impl Field for i64 {
    fn shape() -> Shape {
        plain(Type::Number)
    }

    fn from_value(value: Value, path: &Path) -> Result<Self, ValueError> {
        let number = Number::from_value(value, path)?;
        number.as_i64().ok_or_else(|| ValueError::not_a_whole_number(path.clone()))
    }

    fn to_value(&self) -> Value {
        Value::Number(Number::from(*self))
    }
}

impl Field for Dynamic {
    fn shape() -> Shape {
        plain(Type::Dynamic)
    }

    fn from_value(value: Value, path: &Path) -> Result<Self, ValueError> {
        match value {
            Value::Dynamic(ty, value) => Ok(Dynamic { ty, value: *value }),
            other => misfit(path, Type::Dynamic, &other),
        }
    }

    fn to_value(&self) -> Value {
        Value::Dynamic(self.ty.clone(), Box::new(self.value.clone()))
    }
}

impl<T: Field> Field for Attr<T> {
    fn shape() -> Shape {
        match T::shape() {
            Shape::Object(block) => Shape::Nested(Nesting::Single, block),
            other => other,
        }
    }

    fn from_value(value: Value, path: &Path) -> Result<Self, ValueError> {
        match value {
            Value::Null => Ok(Attr::Null),
            Value::Unknown(_) => Ok(Attr::Unknown),
            known => T::from_value(known, path).map(Attr::Known),
        }
    }

    fn to_value(&self) -> Value {
        match self {
            Attr::Null => Value::Null,
            Attr::Unknown => Value::unknown(),
            Attr::Known(value) => value.to_value(),
        }
    }
}

impl<T: Field> Field for Vec<T> {
    fn shape() -> Shape {
        T::shape().collected(Nesting::List)
    }

    fn from_value(value: Value, path: &Path) -> Result<Self, ValueError> {
        let Value::List(elements) = value else {
            return misfit(path, Self::shape().value_type(), &value);
        };
        let indexed = elements.into_iter().zip(0_i64..);
        indexed.map(|(element, i)| T::from_value(element, &path.clone().index(i))).collect()
    }

    fn to_value(&self) -> Value {
        Value::List(self.iter().map(T::to_value).collect())
    }
}

/// Elements of sets have no path of their own: errors name the set.
impl<T: Field + Ord> Field for BTreeSet<T> {
    fn shape() -> Shape {
        T::shape().collected(Nesting::Set)
    }

    fn from_value(value: Value, path: &Path) -> Result<Self, ValueError> {
        let Value::Set(elements) = value else {
            return misfit(path, Self::shape().value_type(), &value);
        };
        elements.into_iter().map(|element| T::from_value(element, path)).collect()
    }

    fn to_value(&self) -> Value {
        Value::Set(self.iter().map(T::to_value).collect())
    }
}

impl<T: Field> Field for BTreeMap<String, T> {
    fn shape() -> Shape {
        T::shape().collected(Nesting::Map)
    }

    fn from_value(value: Value, path: &Path) -> Result<Self, ValueError> {
        let Value::Map(elements) = value else {
            return misfit(path, Self::shape().value_type(), &value);
        };
        let read = |(key, element): (String, Value)| {
            let element = T::from_value(element, &path.clone().key(&key))?;
            Ok((key, element))
        };
        elements.into_iter().map(read).collect()
    }

    fn to_value(&self) -> Value {
        Value::Map(self.iter().map(|(key, element)| (key.clone(), element.to_value())).collect())
    }
}
