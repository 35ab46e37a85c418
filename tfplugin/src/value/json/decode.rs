//! Reads the JSON form, directed by the type: the same text may be a list, a set or a tuple.

use std::collections::BTreeMap;

use crate::value::depth::Depth;
use crate::value::error::{ValueError, ValueErrorKind, at_index, in_attribute, in_key, in_set};
use crate::value::raw::{Kind, Raw, mismatch};
use crate::value::text::nfc;
use crate::value::{Type, Value};

/// Reads a value of the type. An attribute missing from an object is null; one that the type does not have is an error.
///
/// A number or a boolean stored where the type says string, and the reverse, is converted as hosts do.
pub fn decode(json: &[u8], ty: &Type) -> Result<Value, ValueError> {
    Reader { surplus: Surplus::Refused, depth: Depth::ROOT }.value(Raw::parse(json)?, ty)
}

/// Reads a value stored by another version of the schema: like [`decode`], but attributes that the type does not have
/// are dropped.
pub fn decode_stored(json: &[u8], ty: &Type) -> Result<Value, ValueError> {
    Reader { surplus: Surplus::Dropped, depth: Depth::ROOT }.value(Raw::parse(json)?, ty)
}

/// What becomes of attributes that the type does not have.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Surplus {
    Refused,
    Dropped,
}

#[derive(Clone, Copy)]
struct Reader {
    surplus: Surplus,
    depth: Depth,
}

impl Reader {
    fn value(self, raw: Raw<'_>, ty: &Type) -> Result<Value, ValueError> {
        let inner = Self { depth: self.depth.deeper()?, ..self };
        match (ty, raw.kind()) {
            (_, Kind::Null) => Ok(Value::Null),
            (Type::String | Type::Number | Type::Bool, _) => scalar(raw, ty),
            (Type::List(ty), Kind::Array) => inner.list(raw, ty),
            (Type::Set(ty), Kind::Array) => inner.set(raw, ty),
            (Type::Tuple(types), Kind::Array) => inner.tuple(raw, types),
            (Type::Map(ty), Kind::Object) => inner.map(raw, ty),
            (Type::Object(types), Kind::Object) => inner.object(raw, types),
            (Type::Dynamic, Kind::Object) => inner.dynamic(raw),
            (ty, _) => Err(mismatch(ty.kind(), raw)),
        }
    }

    fn list(self, raw: Raw<'_>, ty: &Type) -> Result<Value, ValueError> {
        let elements = (0..).zip(raw.elements()?).map(|(i, raw)| self.value(raw, ty).map_err(at_index(i)));
        elements.collect::<Result<_, _>>().map(Value::List)
    }

    fn set(self, raw: Raw<'_>, ty: &Type) -> Result<Value, ValueError> {
        let elements = raw.elements()?.into_iter().map(|raw| self.value(raw, ty).map_err(in_set));
        elements.collect::<Result<_, _>>().map(Value::Set)
    }

    fn tuple(self, raw: Raw<'_>, types: &[Type]) -> Result<Value, ValueError> {
        let elements = raw.elements()?;
        if elements.len() != types.len() {
            return Err(ValueErrorKind::Length { expected: types.len(), found: elements.len() }.into());
        }
        let pairs = (0..).zip(elements.into_iter().zip(types));
        let elements = pairs.map(|(i, (raw, ty))| self.value(raw, ty).map_err(at_index(i)));
        elements.collect::<Result<_, _>>().map(Value::List)
    }

    fn map(self, raw: Raw<'_>, ty: &Type) -> Result<Value, ValueError> {
        let element = |(key, raw): (String, _)| {
            let value = self.value(raw, ty).map_err(in_key(&key))?;
            Ok((nfc(&key).into_owned(), value))
        };
        raw.members()?.into_iter().map(element).collect::<Result<_, _>>().map(Value::Map)
    }

    fn object(self, raw: Raw<'_>, types: &BTreeMap<String, Type>) -> Result<Value, ValueError> {
        let mut attributes: BTreeMap<String, Value> =
            types.keys().map(|name| (name.clone(), Value::Null)).collect();
        for (name, raw) in raw.members()? {
            let name = nfc(&name).into_owned();
            match types.get(&name) {
                Some(ty) => {
                    let value = self.value(raw, ty).map_err(in_attribute(&name))?;
                    attributes.insert(name, value);
                }
                None if self.surplus == Surplus::Dropped => {}
                None => return Err(ValueErrorKind::UnexpectedAttribute(name).into()),
            }
        }
        Ok(Value::Map(attributes))
    }

    /// The type stands beside the value: `{"type":"string","value":"a"}`.
    fn dynamic(self, raw: Raw<'_>) -> Result<Value, ValueError> {
        let members = raw.members()?;
        let member =
            |name: &str| members.get(name).ok_or_else(|| ValueErrorKind::MissingAttribute(name.into()));
        let ty = Type::parse_json(member("type")?.get().as_bytes())?;
        let value = self.value(*member("value")?, &ty)?;
        Ok(Value::Dynamic(ty, Box::new(value)))
    }
}

/// Only conversions that lose nothing: the text of a number or boolean, and the number or boolean a text spells.
fn scalar(raw: Raw<'_>, ty: &Type) -> Result<Value, ValueError> {
    let text = match raw.kind() {
        Kind::String => nfc(&raw.string()?).into_owned(),
        Kind::Bool | Kind::Number => raw.get().to_owned(),
        _ => return Err(mismatch(ty.kind(), raw)),
    };
    match (ty, raw.kind()) {
        (Type::String, _) => Ok(Value::String(text)),
        (Type::Number, Kind::Number | Kind::String) => Ok(Value::Number(text.parse()?)),
        (Type::Bool, Kind::Bool | Kind::String) => match text.as_str() {
            "true" | "1" => Ok(Value::Bool(true)),
            "false" | "0" => Ok(Value::Bool(false)),
            _ => Err(mismatch(ty.kind(), raw)),
        },
        _ => Err(mismatch(ty.kind(), raw)),
    }
}
