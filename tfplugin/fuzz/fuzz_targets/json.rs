//! The JSON form of values, by type.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| tfplugin::fuzz::json(data));
