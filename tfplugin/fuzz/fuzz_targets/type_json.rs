//! The JSON form of types.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| tfplugin::fuzz::type_json(data));
