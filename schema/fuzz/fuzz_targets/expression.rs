//! A text with expressions.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| schema::fuzz::expression(data));
