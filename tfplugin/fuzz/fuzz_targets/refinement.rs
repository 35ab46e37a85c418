//! What is said about unknown values, by type.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| tfplugin::fuzz::refinement(data));
