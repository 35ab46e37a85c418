//! Writes the JSON form. Numbers are written digit by digit, which JSON libraries can't do beyond 64 bits.

use std::collections::BTreeMap;

use crate::value::error::{ValueError, ValueErrorKind, at_index, in_set};
use crate::value::{NumberError, Path, Step, Type, Value};

/// Writes a value of the type, with the attributes of objects and the elements of sets in order. Unknown values and
/// infinite numbers are refused.
pub fn encode(value: &Value, ty: &Type) -> Result<Vec<u8>, ValueError> {
    value.conforms(ty)?;
    let mut json = String::new();
    write(&mut json, value, ty)?;
    Ok(json.into_bytes())
}

fn write(json: &mut String, value: &Value, ty: &Type) -> Result<(), ValueError> {
    match (value, ty) {
        (Value::Null, _) => json.push_str("null"),
        (Value::Unknown(_), _) => return Err(ValueErrorKind::UnknownInJson.into()),
        (Value::Bool(flag), _) => json.push_str(if *flag { "true" } else { "false" }),
        (Value::Number(number), _) if number.is_finite() => json.push_str(&number.to_string()),
        (Value::Number(_), _) => return Err(NumberError::NotJson.into()),
        (Value::String(text), _) => write_string(json, text),
        (Value::Dynamic(ty, value), _) => write_dynamic(json, value, ty)?,
        (Value::List(elements), Type::List(ty)) => write_array(json, elements.iter().map(|e| (e, &**ty)))?,
        (Value::List(elements), Type::Tuple(types)) => write_array(json, elements.iter().zip(types))?,
        (Value::Set(elements), Type::Set(ty)) => write_set(json, elements, ty)?,
        (Value::Map(elements), Type::Map(ty)) => {
            write_members(json, elements.iter().map(|(key, value)| (key, value, &**ty)), Step::Key)?;
        }
        (Value::Map(attributes), Type::Object(types)) => write_object(json, attributes, types)?,
        (value, ty) => return Err(ValueError::mismatch(Path::root(), ty, value)),
    }
    Ok(())
}

fn write_string(json: &mut String, text: &str) {
    json.push_str(&serde_json::Value::from(text).to_string());
}

fn write_dynamic(json: &mut String, value: &Value, ty: &Type) -> Result<(), ValueError> {
    json.push_str(r#"{"value":"#);
    write(json, value, ty)?;
    json.push_str(r#","type":"#);
    json.push_str(&ty.to_json());
    json.push('}');
    Ok(())
}

fn write_array<'a>(
    json: &mut String,
    elements: impl Iterator<Item = (&'a Value, &'a Type)>,
) -> Result<(), ValueError> {
    json.push('[');
    for (i, (value, ty)) in elements.enumerate() {
        if i > 0 {
            json.push(',');
        }
        write(json, value, ty).map_err(at_index(i))?;
    }
    json.push(']');
    Ok(())
}

fn write_set(json: &mut String, elements: &[Value], ty: &Type) -> Result<(), ValueError> {
    let mut sorted: Vec<&Value> = elements.iter().collect();
    sorted.sort_unstable();
    write_array(json, sorted.into_iter().map(|element| (element, ty))).map_err(in_set)
}

fn write_object(
    json: &mut String,
    attributes: &BTreeMap<String, Value>,
    types: &BTreeMap<String, Type>,
) -> Result<(), ValueError> {
    let attribute = |(name, ty)| (name, attributes.get(name).unwrap_or(&Value::Null), ty);
    write_members(json, types.iter().map(attribute), Step::Attribute)
}

fn write_members<'a>(
    json: &mut String,
    members: impl Iterator<Item = (&'a String, &'a Value, &'a Type)>,
    step: fn(String) -> Step,
) -> Result<(), ValueError> {
    json.push('{');
    for (i, (name, value, ty)) in members.enumerate() {
        if i > 0 {
            json.push(',');
        }
        write_string(json, name);
        json.push(':');
        write(json, value, ty).map_err(|error| error.within(step(name.clone())))?;
    }
    json.push('}');
    Ok(())
}
