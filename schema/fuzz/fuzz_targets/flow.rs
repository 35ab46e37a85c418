//! The text of a flow.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| schema::fuzz::flow(data));
