//! Writes msgpack item by item. Memory never refuses a write; only lengths beyond 32 bits can't be expressed.

use std::convert::Infallible;

use rmp::encode::{self, ByteBuf, RmpWrite, ValueWriteError};

use crate::value::Number;
use crate::value::error::ValueErrorKind;

/// The data so far.
#[derive(Default)]
pub(super) struct Writer(ByteBuf);

impl Writer {
    pub(super) fn into_bytes(self) -> Vec<u8> {
        self.0.into_vec()
    }

    pub(super) fn nil(&mut self) {
        encode::write_nil(&mut self.0).unwrap_or_else(|never| match never {});
    }

    pub(super) fn bool(&mut self, flag: bool) {
        encode::write_bool(&mut self.0, flag).unwrap_or_else(|never| match never {});
    }

    /// An integer when it fits 64 bits, a double when that is exact, and text otherwise: what hosts do.
    pub(super) fn number(&mut self, number: &Number) -> Result<(), ValueErrorKind> {
        if let Some(integer) = number.as_i64() {
            self.integer(integer);
            return Ok(());
        }
        let double = number.to_f64();
        if !number.is_integer() && Number::try_from(double).as_ref() == Ok(number) {
            written(encode::write_f64(&mut self.0, double));
            return Ok(());
        }
        self.text(&number.to_string())
    }

    pub(super) fn integer(&mut self, integer: i64) {
        written(encode::write_sint(&mut self.0, integer));
    }

    pub(super) fn length(&mut self, length: u64) {
        written(encode::write_uint(&mut self.0, length));
    }

    pub(super) fn text(&mut self, text: &str) -> Result<(), ValueErrorKind> {
        written(encode::write_str_len(&mut self.0, length(text.len())?));
        self.raw(text.as_bytes());
        Ok(())
    }

    pub(super) fn bytes(&mut self, bytes: &[u8]) -> Result<(), ValueErrorKind> {
        written(encode::write_bin_len(&mut self.0, length(bytes.len())?));
        self.raw(bytes);
        Ok(())
    }

    pub(super) fn array_len(&mut self, len: usize) -> Result<(), ValueErrorKind> {
        written(encode::write_array_len(&mut self.0, length(len)?));
        Ok(())
    }

    pub(super) fn map_len(&mut self, len: usize) -> Result<(), ValueErrorKind> {
        written(encode::write_map_len(&mut self.0, length(len)?));
        Ok(())
    }

    pub(super) fn extension(&mut self, code: i8, body: &[u8]) -> Result<(), ValueErrorKind> {
        written(encode::write_ext_meta(&mut self.0, length(body.len())?, code));
        self.raw(body);
        Ok(())
    }

    /// Bytes that are msgpack already.
    pub(super) fn raw(&mut self, bytes: &[u8]) {
        self.0.write_bytes(bytes).unwrap_or_else(|never| match never {});
    }
}

fn length(len: usize) -> Result<u32, ValueErrorKind> {
    u32::try_from(len).map_err(|_| ValueErrorKind::TooLarge)
}

fn written<T>(result: Result<T, ValueWriteError<Infallible>>) {
    match result {
        Ok(_) => {}
        Err(ValueWriteError::InvalidMarkerWrite(never) | ValueWriteError::InvalidDataWrite(never)) => {
            match never {}
        }
    }
}
