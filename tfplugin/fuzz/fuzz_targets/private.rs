//! What a provider remembered about an object.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| tfplugin::fuzz::private(data));
