//! Paths to attributes, as hosts and users see them.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| tfplugin::fuzz::attribute_path(data));
