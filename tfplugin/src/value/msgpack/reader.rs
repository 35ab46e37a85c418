//! Reads msgpack item by item. Lengths in the data are never trusted: nothing is reserved by them.

use rmp::Marker;
use rmp::decode::{self, Bytes, ExtMeta, ValueReadError, bytes::BytesReadError};

use crate::value::error::ValueErrorKind;
use crate::value::{Number, NumberError};

/// A place in the data.
pub(super) struct Reader<'a>(Bytes<'a>);

type Read<'a, T> = fn(&mut Bytes<'a>) -> Result<T, ValueReadError<BytesReadError>>;

impl<'a> Reader<'a> {
    pub(super) fn new(msgpack: &'a [u8]) -> Self {
        Self(Bytes::new(msgpack))
    }

    /// What the next item is.
    pub(super) fn peek(&self) -> Result<Marker, ValueErrorKind> {
        let next = self.0.remaining_slice().first().ok_or(ValueErrorKind::Truncated)?;
        Ok(Marker::from_u8(*next))
    }

    pub(super) fn nil(&mut self) -> Result<(), ValueErrorKind> {
        self.read("null", decode::read_nil)
    }

    pub(super) fn bool(&mut self) -> Result<bool, ValueErrorKind> {
        self.read("bool", decode::read_bool)
    }

    /// An integer or double of any width, or the text of a number that fits neither.
    pub(super) fn number(&mut self) -> Result<Number, ValueErrorKind> {
        Ok(match self.peek()? {
            Marker::F32 => f64::from(self.read("number", decode::read_f32)?).try_into()?,
            Marker::F64 => self.read("number", decode::read_f64)?.try_into()?,
            Marker::U64 => self.read("number", decode::read_u64)?.into(),
            marker if is_string(marker) => self.text("number")?.parse()?,
            _ => Number::from(self.integer()?),
        })
    }

    pub(super) fn integer(&mut self) -> Result<i64, ValueErrorKind> {
        use rmp::decode::NumValueReadError as E;
        decode::read_int(&mut self.0).map_err(|error| match error {
            E::TypeMismatch(marker) => mismatch("number", marker),
            E::OutOfRange => NumberError::OutOfRange.into(),
            E::InvalidMarkerRead(_) | E::InvalidDataRead(_) => ValueErrorKind::Truncated,
        })
    }

    /// A count of elements or bytes, which only integers from 0 can be.
    pub(super) fn length(&mut self) -> Result<u64, ValueErrorKind> {
        let number = self.number()?;
        number.as_u64().ok_or(NumberError::OutOfRange.into())
    }

    /// Text; `expected` is what it stands for.
    pub(super) fn text(&mut self, expected: &'static str) -> Result<&'a str, ValueErrorKind> {
        let len = self.read(expected, decode::read_str_len)?;
        std::str::from_utf8(self.take(len)?).map_err(|_| ValueErrorKind::NotUtf8)
    }

    /// The bytes of binary data or text.
    pub(super) fn bytes(&mut self, expected: &'static str) -> Result<&'a [u8], ValueErrorKind> {
        let read_len = if is_string(self.peek()?) { decode::read_str_len } else { decode::read_bin_len };
        let len = self.read(expected, read_len)?;
        self.take(len)
    }

    /// The number of elements that follow.
    pub(super) fn array_len(&mut self, expected: &'static str) -> Result<usize, ValueErrorKind> {
        self.read(expected, decode::read_array_len).map(|len| len as usize)
    }

    /// The number of pairs that follow.
    pub(super) fn map_len(&mut self, expected: &'static str) -> Result<usize, ValueErrorKind> {
        self.read(expected, decode::read_map_len).map(|len| len as usize)
    }

    /// An extension and its body.
    pub(super) fn extension(&mut self) -> Result<(ExtMeta, &'a [u8]), ValueErrorKind> {
        let meta = self.read("unknown", decode::read_ext_meta)?;
        let body = self.take(meta.size)?;
        Ok((meta, body))
    }

    /// Passes over one item with everything in it.
    pub(super) fn skip(&mut self) -> Result<(), ValueErrorKind> {
        let mut items: u64 = 1;
        while items > 0 {
            items = items - 1 + self.skip_head()?;
        }
        Ok(())
    }

    /// Passes over a scalar, or the length of a collection; returns how many items the collection has.
    fn skip_head(&mut self) -> Result<u64, ValueErrorKind> {
        match self.peek()? {
            Marker::FixArray(_) | Marker::Array16 | Marker::Array32 => {
                return Ok(self.array_len("list")? as u64);
            }
            Marker::FixMap(_) | Marker::Map16 | Marker::Map32 => return Ok(2 * self.map_len("map")? as u64),
            Marker::Null => self.nil()?,
            Marker::True | Marker::False => self.bool().map(drop)?,
            Marker::Bin8 | Marker::Bin16 | Marker::Bin32 => self.bytes("binary data").map(drop)?,
            marker if is_string(marker) => self.bytes("string").map(drop)?,
            marker if is_extension(marker) => self.extension().map(drop)?,
            _ => self.number().map(drop)?,
        }
        Ok(0)
    }

    fn read<T>(&mut self, expected: &'static str, read: Read<'a, T>) -> Result<T, ValueErrorKind> {
        read(&mut self.0).map_err(|error| match error {
            ValueReadError::TypeMismatch(marker) => mismatch(expected, marker),
            ValueReadError::InvalidMarkerRead(_) | ValueReadError::InvalidDataRead(_) => {
                ValueErrorKind::Truncated
            }
        })
    }

    fn take(&mut self, len: u32) -> Result<&'a [u8], ValueErrorKind> {
        let rest = self.0.remaining_slice();
        let (taken, rest) = rest.split_at_checked(len as usize).ok_or(ValueErrorKind::Truncated)?;
        self.0 = Bytes::new(rest);
        Ok(taken)
    }
}

fn is_string(marker: Marker) -> bool {
    matches!(marker, Marker::FixStr(_) | Marker::Str8 | Marker::Str16 | Marker::Str32)
}

/// Extensions stand for unknown values.
pub(super) fn is_extension(marker: Marker) -> bool {
    use Marker as M;
    let fixed = matches!(marker, M::FixExt1 | M::FixExt2 | M::FixExt4 | M::FixExt8 | M::FixExt16);
    fixed || matches!(marker, M::Ext8 | M::Ext16 | M::Ext32)
}

fn mismatch(expected: &'static str, marker: Marker) -> ValueErrorKind {
    ValueErrorKind::Mismatch { expected, found: kind(marker) }
}

fn kind(marker: Marker) -> &'static str {
    use Marker as M;
    match marker {
        M::Null => "null",
        M::True | M::False => "bool",
        M::FixPos(_) | M::FixNeg(_) | M::U8 | M::U16 | M::U32 | M::U64 => "number",
        M::I8 | M::I16 | M::I32 | M::I64 | M::F32 | M::F64 => "number",
        M::FixStr(_) | M::Str8 | M::Str16 | M::Str32 => "string",
        M::Bin8 | M::Bin16 | M::Bin32 => "binary data",
        M::FixArray(_) | M::Array16 | M::Array32 => "list",
        M::FixMap(_) | M::Map16 | M::Map32 => "map",
        M::FixExt1 | M::FixExt2 | M::FixExt4 | M::FixExt8 | M::FixExt16 => "unknown",
        M::Ext8 | M::Ext16 | M::Ext32 => "unknown",
        M::Reserved => "a reserved byte",
    }
}
