//! Builds values from msgpack, directed by the type.

use std::collections::BTreeMap;

use rmp::Marker;

use super::reader::{Reader, is_extension};
use super::refinement;
use crate::value::depth::Depth;
use crate::value::error::{ValueError, ValueErrorKind, at_index, in_attribute, in_key, in_set};
use crate::value::text::nfc;
use crate::value::{Refinement, Type, Value};

/// Reads a value of the type; bytes after it are ignored, as hosts do.
///
/// An object must have exactly the attributes of its type. Text becomes normalization form C.
pub fn decode(msgpack: &[u8], ty: &Type) -> Result<Value, ValueError> {
    value(&mut Reader::new(msgpack), ty, Depth::ROOT)
}

fn value(reader: &mut Reader<'_>, ty: &Type, depth: Depth) -> Result<Value, ValueError> {
    let depth = depth.deeper()?;
    Ok(match (reader.peek()?, ty) {
        (Marker::Null, _) => {
            reader.nil()?;
            Value::Null
        }
        (marker, ty) if is_extension(marker) => Value::Unknown(unknown(reader, ty)?),
        (_, Type::Bool) => Value::Bool(reader.bool()?),
        (_, Type::Number) => Value::Number(reader.number()?),
        (_, Type::String) => Value::String(nfc(reader.text("string")?).into_owned()),
        (_, Type::List(ty)) => Value::List(list(reader, ty, depth)?),
        (_, Type::Set(ty)) => Value::Set(set(reader, ty, depth)?),
        (_, Type::Tuple(types)) => Value::List(tuple(reader, types, depth)?),
        (_, Type::Map(ty)) => Value::Map(map(reader, ty, depth)?),
        (_, Type::Object(types)) => Value::Map(object(reader, types, depth)?),
        (_, Type::Dynamic) => dynamic(reader, depth)?,
    })
}

/// A body of at most one byte says nothing, whatever the extension's code is.
fn unknown(reader: &mut Reader<'_>, ty: &Type) -> Result<Refinement, ValueError> {
    let (meta, body) = reader.extension()?;
    match meta.size {
        0 | 1 => Ok(Refinement::default()),
        2..=refinement::MAX_BODY if meta.typeid == refinement::CODE => refinement::decode(body, ty),
        size => Err(ValueErrorKind::Extension { code: meta.typeid, size }.into()),
    }
}

/// A result that may be an error reserves nothing when collected, so the length in the data does no harm.
fn list(reader: &mut Reader<'_>, ty: &Type, depth: Depth) -> Result<Vec<Value>, ValueError> {
    let len = reader.array_len("list")?;
    (0..len).map(|i| value(reader, ty, depth).map_err(at_index(i))).collect()
}

fn set(reader: &mut Reader<'_>, ty: &Type, depth: Depth) -> Result<Vec<Value>, ValueError> {
    let len = reader.array_len("set")?;
    (0..len).map(|_| value(reader, ty, depth).map_err(in_set)).collect()
}

fn tuple(reader: &mut Reader<'_>, types: &[Type], depth: Depth) -> Result<Vec<Value>, ValueError> {
    let found = reader.array_len("tuple")?;
    if found != types.len() {
        return Err(ValueErrorKind::Length { expected: types.len(), found }.into());
    }
    (0..).zip(types).map(|(i, ty)| value(reader, ty, depth).map_err(at_index(i))).collect()
}

fn map(reader: &mut Reader<'_>, ty: &Type, depth: Depth) -> Result<BTreeMap<String, Value>, ValueError> {
    let len = reader.map_len("map")?;
    let element = |_| {
        let key = nfc(reader.text("string")?).into_owned();
        let value = value(reader, ty, depth).map_err(in_key(&key))?;
        Ok((key, value))
    };
    (0..len).map(element).collect()
}

fn object(
    reader: &mut Reader<'_>,
    types: &BTreeMap<String, Type>,
    depth: Depth,
) -> Result<BTreeMap<String, Value>, ValueError> {
    let mut attributes = BTreeMap::new();
    for _ in 0..reader.map_len("object")? {
        let name = nfc(reader.text("string")?).into_owned();
        let Some(ty) = types.get(&name) else {
            return Err(ValueErrorKind::UnexpectedAttribute(name).into());
        };
        if attributes.contains_key(&name) {
            return Err(ValueErrorKind::DuplicateAttribute(name).into());
        }
        let value = value(reader, ty, depth).map_err(in_attribute(&name))?;
        attributes.insert(name, value);
    }
    match types.keys().find(|name| !attributes.contains_key(*name)) {
        Some(missing) => Err(ValueErrorKind::MissingAttribute(missing.clone()).into()),
        None => Ok(attributes),
    }
}

/// A pair of the type, as JSON, and the value.
fn dynamic(reader: &mut Reader<'_>, depth: Depth) -> Result<Value, ValueError> {
    let found = reader.array_len("dynamic")?;
    if found != 2 {
        return Err(ValueErrorKind::Length { expected: 2, found }.into());
    }
    let ty = Type::parse_json(reader.bytes("dynamic")?)?;
    let value = value(reader, &ty, depth)?;
    Ok(Value::Dynamic(ty, Box::new(value)))
}
