//! What is certain about an unknown value, as the map in the body of a msgpack extension.

use super::reader::Reader;
use super::writer::Writer;
use crate::value::error::{ValueError, ValueErrorKind};
use crate::value::{Bound, Refinement, Type};

/// The code of the extension that has a refinement in its body.
pub(super) const CODE: i8 = 12;

/// The longest body that hosts read, in bytes.
pub(super) const MAX_BODY: u32 = 1024;

/// The longest prefix that hosts keep, in bytes. Bounds are held to it too, so that no body grows beyond [`MAX_BODY`].
const MAX_PREFIX: usize = 256;

/// The keys of the map.
mod key {
    pub(super) const IS_NULL: i64 = 1;
    pub(super) const PREFIX: i64 = 2;
    pub(super) const LOWER: i64 = 3;
    pub(super) const UPPER: i64 = 4;
    pub(super) const MIN_LENGTH: i64 = 5;
    pub(super) const MAX_LENGTH: i64 = 6;
}

/// Reads the body of the extension; keys of later versions are passed over. Nothing can be said about dynamic values.
pub(super) fn decode(body: &[u8], ty: &Type) -> Result<Refinement, ValueError> {
    let refinement = read(&mut Reader::new(body))?;
    refinement.conforms(ty)?;
    Ok(if *ty == Type::Dynamic { Refinement::default() } else { refinement })
}

fn read(reader: &mut Reader<'_>) -> Result<Refinement, ValueErrorKind> {
    let mut refinement = Refinement::default();
    for _ in 0..reader.map_len("map")? {
        match reader.integer()? {
            key::IS_NULL => refinement.not_null = !reader.bool()?,
            key::PREFIX => refinement.prefix = Some(reader.text("string")?.to_owned()),
            key::LOWER => refinement.lower = Some(bound(reader)?),
            key::UPPER => refinement.upper = Some(bound(reader)?),
            key::MIN_LENGTH => refinement.min_length = Some(reader.length()?),
            key::MAX_LENGTH => refinement.max_length = Some(reader.length()?),
            _ => reader.skip()?,
        }
    }
    Ok(refinement)
}

fn bound(reader: &mut Reader<'_>) -> Result<Bound, ValueErrorKind> {
    match reader.array_len("tuple")? {
        2 => Ok(Bound { value: reader.number()?, inclusive: reader.bool()? }),
        found => Err(ValueErrorKind::Length { expected: 2, found }),
    }
}

/// Writes an unknown value; a refinement that says nothing, or is about a dynamic value, is left out.
pub(super) fn encode(writer: &mut Writer, refinement: &Refinement, ty: &Type) -> Result<(), ValueErrorKind> {
    let entries = if *ty == Type::Dynamic { Vec::new() } else { entries(refinement)? };
    if entries.is_empty() {
        return writer.extension(0, &[0]);
    }
    let mut body = Writer::default();
    body.map_len(entries.len())?;
    for (key, value) in entries {
        body.integer(key);
        body.raw(&value);
    }
    writer.extension(CODE, &body.into_bytes())
}

/// The keys and values of the map, the latter as msgpack.
fn entries(refinement: &Refinement) -> Result<Vec<(i64, Vec<u8>)>, ValueErrorKind> {
    let mut entries = Vec::new();
    if refinement.not_null {
        let mut value = Writer::default();
        value.bool(false);
        entries.push((key::IS_NULL, value.into_bytes()));
    }
    if let Some(prefix) = refinement.prefix.as_deref().map(shortened).filter(|prefix| !prefix.is_empty()) {
        let mut value = Writer::default();
        value.text(prefix)?;
        entries.push((key::PREFIX, value.into_bytes()));
    }
    for (key, bound) in [(key::LOWER, &refinement.lower), (key::UPPER, &refinement.upper)] {
        let value = bound.as_ref().map(write_bound).transpose()?;
        // A bound of hundreds of digits is true but useless: hosts do without.
        entries.extend(value.filter(|value| value.len() <= MAX_PREFIX).map(|value| (key, value)));
    }
    for (key, length) in [(key::MIN_LENGTH, refinement.min_length), (key::MAX_LENGTH, refinement.max_length)]
    {
        entries.extend(length.map(|length| (key, write_length(length))));
    }
    Ok(entries)
}

fn write_bound(bound: &Bound) -> Result<Vec<u8>, ValueErrorKind> {
    let mut writer = Writer::default();
    writer.array_len(2)?;
    writer.number(&bound.value)?;
    writer.bool(bound.inclusive);
    Ok(writer.into_bytes())
}

fn write_length(length: u64) -> Vec<u8> {
    let mut writer = Writer::default();
    writer.length(length);
    writer.into_bytes()
}

/// The beginning of a prefix is a prefix.
fn shortened(prefix: &str) -> &str {
    let end = (0..=prefix.len().min(MAX_PREFIX)).rev().find(|end| prefix.is_char_boundary(*end));
    &prefix[..end.unwrap_or(0)]
}
