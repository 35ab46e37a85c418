//! Whether a value fits a type. Writers check this first, so that what they write is what the host's reader takes.

use std::collections::BTreeMap;

use super::depth::Depth;
use super::error::{ValueError, ValueErrorKind, at_index, in_attribute, in_key, in_set};
use super::{Path, Type, Value};

impl Value {
    /// Whether the value is one of the type; the error tells the first place where it is not.
    ///
    /// An attribute missing from an object counts as null. Null and unknown fit every type.
    pub fn conforms(&self, ty: &Type) -> Result<(), ValueError> {
        conforms(self, ty, Depth::ROOT)
    }
}

fn conforms(value: &Value, ty: &Type, depth: Depth) -> Result<(), ValueError> {
    let depth = depth.deeper()?;
    match (value, ty) {
        (Value::Null, _)
        | (Value::Bool(_), Type::Bool)
        | (Value::Number(_), Type::Number)
        | (Value::String(_), Type::String) => Ok(()),
        (Value::Unknown(refinement), ty) => refinement.conforms(ty),
        (Value::Dynamic(ty, value), Type::Dynamic) => conforms(value, ty, depth),
        (Value::List(elements), Type::List(ty)) => {
            (0..)
                .zip(elements)
                .try_for_each(|(i, element)| conforms(element, ty, depth).map_err(at_index(i)))?;
            one_type(elements, ty)
        }
        (Value::Set(elements), Type::Set(ty)) => {
            elements.iter().try_for_each(|element| conforms(element, ty, depth).map_err(in_set))?;
            one_type(elements, ty)
        }
        (Value::Map(elements), Type::Map(ty)) => {
            elements
                .iter()
                .try_for_each(|(key, element)| conforms(element, ty, depth).map_err(in_key(key)))?;
            one_type(elements.values(), ty)
        }
        (Value::List(elements), Type::Tuple(types)) => tuple_conforms(elements, types, depth),
        (Value::Map(attributes), Type::Object(types)) => object_conforms(attributes, types, depth),
        (value, ty) => Err(ValueError::mismatch(Path::root(), ty, value)),
    }
}

fn tuple_conforms(elements: &[Value], types: &[Type], depth: Depth) -> Result<(), ValueError> {
    if elements.len() != types.len() {
        return Err(ValueErrorKind::Length { expected: types.len(), found: elements.len() }.into());
    }
    let mut pairs = (0..).zip(elements.iter().zip(types));
    pairs.try_for_each(|(i, (element, ty))| conforms(element, ty, depth).map_err(at_index(i)))
}

fn object_conforms(
    attributes: &BTreeMap<String, Value>,
    types: &BTreeMap<String, Type>,
    depth: Depth,
) -> Result<(), ValueError> {
    for (name, value) in attributes {
        let ty = types.get(name).ok_or_else(|| ValueErrorKind::UnexpectedAttribute(name.clone()))?;
        conforms(value, ty, depth).map_err(in_attribute(name))?;
    }
    Ok(())
}

/// Elements of one collection must have one type once what is dynamic in them has taken its actual type: hosts crash
/// otherwise. Elements that are null or unknown where the type is dynamic have no type to disagree with.
fn one_type<'a>(elements: impl IntoIterator<Item = &'a Value>, ty: &Type) -> Result<(), ValueError> {
    if ty.has_dynamic() { common_type(elements, ty).map(drop) } else { Ok(()) }
}

fn common_type<'a>(elements: impl IntoIterator<Item = &'a Value>, ty: &Type) -> Result<Type, ValueError> {
    let mut types = elements.into_iter().map(|element| actual_type(element, ty));
    types
        .try_fold(None, |first: Option<Type>, other| match (first, other?) {
            (first, Type::Dynamic) => Ok(first),
            (Some(first), other) if first != other => {
                Err(ValueErrorKind::MixedTypes { first: Box::new(first), other: Box::new(other) }.into())
            }
            (_, other) => Ok(Some(other)),
        })
        .map(|common| common.unwrap_or_else(|| ty.clone()))
}

/// The type with every `dynamic` replaced by what the value has there.
fn actual_type(value: &Value, ty: &Type) -> Result<Type, ValueError> {
    Ok(match (value, ty) {
        (Value::Dynamic(ty, value), Type::Dynamic) => actual_type(value, ty)?,
        (Value::List(elements), Type::List(ty)) => Type::List(Box::new(common_type(elements, ty)?)),
        (Value::Set(elements), Type::Set(ty)) => Type::Set(Box::new(common_type(elements, ty)?)),
        (Value::Map(elements), Type::Map(ty)) => Type::Map(Box::new(common_type(elements.values(), ty)?)),
        (Value::List(elements), Type::Tuple(types)) => Type::Tuple(
            elements.iter().zip(types).map(|(value, ty)| actual_type(value, ty)).collect::<Result<_, _>>()?,
        ),
        (Value::Map(attributes), Type::Object(types)) => {
            let actual = |(name, ty): (&String, &Type)| {
                let value = attributes.get(name).unwrap_or(&Value::Null);
                Ok((name.clone(), actual_type(value, ty)?))
            };
            Type::Object(types.iter().map(actual).collect::<Result<_, ValueError>>()?)
        }
        (_, ty) => ty.clone(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::Refinement;
    use crate::value::fixture::{map, ty};

    fn check(value: &Value, json: &str, expected: Result<(), &str>) {
        let outcome = value.conforms(&ty(json)).map_err(|error| error.to_string());
        assert_eq!(outcome, expected.map_err(str::to_owned), "{json} {value:?}");
    }

    #[test]
    fn a_misfit_is_named_with_its_place() {
        let text = || Value::from("a");
        let list = |elements: &[Value]| Value::List(elements.to_vec());
        let object = r#"["object",{"a":["map",["list","string"]],"s":["set",["object",{"x":"bool"}]]}]"#;
        let cases = [
            (text(), r#""string""#, Ok(())),
            (text(), r#""number""#, Err("expected number, found string")),
            (text(), r#""dynamic""#, Err("expected dynamic, found string")),
            (Value::Null, object, Ok(())),
            (Value::unknown(), object, Ok(())),
            (list(&[text(), Value::Null]), r#"["list","string"]"#, Ok(())),
            (list(&[text()]), r#"["set","string"]"#, Err("expected set, found list")),
            (
                list(&[text()]),
                r#"["tuple",["string","bool"]]"#,
                Err("expected a tuple of length 2, found length 1"),
            ),
            (
                list(&[text(), text()]),
                r#"["tuple",["string","bool"]]"#,
                Err("[1]: expected bool, found string"),
            ),
            (map([]), object, Ok(())),
            (map([("b", text())]), object, Err(r#"found an attribute "b", which the type does not have"#)),
            (
                map([("a", map([("k", list(&[text(), Value::from(true)]))]))]),
                object,
                Err(r#"a["k"][1]: expected string, found bool"#),
            ),
            (
                map([("s", Value::Set(vec![map([("x", text())])]))]),
                object,
                Err("s: expected bool, found string"),
            ),
        ];
        for (value, json, expected) in cases {
            check(&value, json, expected);
        }
    }

    #[test]
    fn refinements_fit_their_type() {
        let prefix = Value::Unknown(Refinement { prefix: Some("a".into()), ..Refinement::default() });
        let length = Value::Unknown(Refinement { min_length: Some(1), ..Refinement::default() });
        let not_null = Value::Unknown(Refinement { not_null: true, ..Refinement::default() });
        check(&prefix, r#""string""#, Ok(()));
        check(&prefix, r#""dynamic""#, Ok(()));
        check(
            &prefix,
            r#""bool""#,
            Err("expected a refinement for bool, found a prefix, which does not apply to that type"),
        );
        check(&length, r#"["map","bool"]"#, Ok(()));
        check(
            &length,
            r#"["tuple",[]]"#,
            Err("expected a refinement for tuple, found a length, which does not apply to that type"),
        );
        check(&not_null, r#"["object",{}]"#, Ok(()));
    }

    #[test]
    fn elements_of_dynamic_collections_have_one_type() {
        let dynamic = |json: &str, value: Value| Value::Dynamic(ty(json), Box::new(value));
        let text = || dynamic(r#""string""#, Value::from("a"));
        let flag = || dynamic(r#""bool""#, Value::from(true));
        let list = |json: &str, value: Value| dynamic(json, Value::List(vec![value]));
        let mixed = Err(
            "expected elements of one type, found string and bool; use a dynamic tuple or object for mixed types",
        );
        check(
            &Value::List(vec![text(), Value::Null, text(), Value::unknown()]),
            r#"["list","dynamic"]"#,
            Ok(()),
        );
        check(&Value::List(vec![text(), flag()]), r#"["list","dynamic"]"#, mixed);
        check(&Value::Set(vec![text(), flag()]), r#"["set","dynamic"]"#, mixed);
        check(&map([("a", text()), ("b", flag())]), r#"["map","dynamic"]"#, mixed);
        check(&Value::List(vec![text(), flag()]), r#"["tuple",["dynamic","dynamic"]]"#, Ok(()));
        check(
            &Value::List(vec![map([("a", text())]), map([("a", flag())])]),
            r#"["list",["object",{"a":"dynamic"}]]"#,
            Err(
                "expected elements of one type, found object({a=string}) and object({a=bool}); use a dynamic tuple or \
                 object for mixed types",
            ),
        );
        check(
            &Value::List(vec![
                list(r#"["list","string"]"#, Value::Null),
                list(r#"["list","dynamic"]"#, text()),
            ]),
            r#"["list","dynamic"]"#,
            Ok(()),
        );
    }
}
