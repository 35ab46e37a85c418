//! The msgpack form of values, in which hosts and providers talk.
//!
//! It is go-cty's: numbers may be text, unknown values are extensions, and a dynamic value is a pair of type and value.

mod decode;
mod encode;
mod reader;
mod refinement;
mod writer;

pub use decode::decode;
pub use encode::encode;

#[cfg(test)]
mod tests;
