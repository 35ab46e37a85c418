//! The host's certificate in PEM form.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| tfplugin::fuzz::client_certificate(data));
