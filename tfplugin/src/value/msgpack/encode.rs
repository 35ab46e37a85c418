//! Turns values into msgpack, directed by the type. The bytes of one value are always the same.

use std::collections::BTreeMap;

use super::refinement;
use super::writer::Writer;
use crate::value::error::{ValueError, at_index, in_attribute, in_key, in_set};
use crate::value::{Path, Type, Value};

/// Writes a value of the type, with keys, attributes and the elements of sets in order. An attribute missing from an
/// object is written as null.
pub fn encode(value: &Value, ty: &Type) -> Result<Vec<u8>, ValueError> {
    value.conforms(ty)?;
    let mut writer = Writer::default();
    write(&mut writer, value, ty)?;
    Ok(writer.into_bytes())
}

fn write(writer: &mut Writer, value: &Value, ty: &Type) -> Result<(), ValueError> {
    match (value, ty) {
        (Value::Null, _) => writer.nil(),
        (Value::Unknown(refinement), ty) => refinement::encode(writer, refinement, ty)?,
        (Value::Bool(flag), _) => writer.bool(*flag),
        (Value::Number(number), _) => writer.number(number)?,
        (Value::String(text), _) => writer.text(text)?,
        (Value::List(elements), Type::List(ty)) => list(writer, elements, ty)?,
        (Value::List(elements), Type::Tuple(types)) => tuple(writer, elements, types)?,
        (Value::Set(elements), Type::Set(ty)) => set(writer, elements, ty)?,
        (Value::Map(elements), Type::Map(ty)) => map(writer, elements, ty)?,
        (Value::Map(attributes), Type::Object(types)) => object(writer, attributes, types)?,
        (Value::Dynamic(ty, value), _) => {
            writer.array_len(2)?;
            writer.bytes(ty.to_json().as_bytes())?;
            write(writer, value, ty)?;
        }
        (value, ty) => return Err(ValueError::mismatch(Path::root(), ty, value)),
    }
    Ok(())
}

fn list(writer: &mut Writer, elements: &[Value], ty: &Type) -> Result<(), ValueError> {
    writer.array_len(elements.len())?;
    (0..).zip(elements).try_for_each(|(i, element)| write(writer, element, ty).map_err(at_index(i)))
}

fn tuple(writer: &mut Writer, elements: &[Value], types: &[Type]) -> Result<(), ValueError> {
    writer.array_len(elements.len())?;
    let mut pairs = (0..).zip(elements.iter().zip(types));
    pairs.try_for_each(|(i, (element, ty))| write(writer, element, ty).map_err(at_index(i)))
}

fn set(writer: &mut Writer, elements: &[Value], ty: &Type) -> Result<(), ValueError> {
    let mut sorted: Vec<&Value> = elements.iter().collect();
    sorted.sort_unstable();
    writer.array_len(sorted.len())?;
    sorted.into_iter().try_for_each(|element| write(writer, element, ty).map_err(in_set))
}

fn map(writer: &mut Writer, elements: &BTreeMap<String, Value>, ty: &Type) -> Result<(), ValueError> {
    writer.map_len(elements.len())?;
    elements.iter().try_for_each(|(key, value)| {
        writer.text(key)?;
        write(writer, value, ty).map_err(in_key(key))
    })
}

fn object(
    writer: &mut Writer,
    attributes: &BTreeMap<String, Value>,
    types: &BTreeMap<String, Type>,
) -> Result<(), ValueError> {
    writer.map_len(types.len())?;
    types.iter().try_for_each(|(name, ty)| {
        writer.text(name)?;
        let value = attributes.get(name).unwrap_or(&Value::Null);
        write(writer, value, ty).map_err(in_attribute(name))
    })
}
