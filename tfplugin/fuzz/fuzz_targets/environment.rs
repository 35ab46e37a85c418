//! The environment that a host gives its plugins.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| tfplugin::fuzz::environment(data));
