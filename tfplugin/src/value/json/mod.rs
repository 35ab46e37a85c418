//! The JSON form of values, in which hosts store states.

mod decode;
mod encode;

pub use decode::{decode, decode_stored};
pub use encode::encode;

#[cfg(test)]
mod tests;
