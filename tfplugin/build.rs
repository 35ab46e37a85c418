//! Turns the protocol definitions in `proto/` into Rust, with no `protoc` on the machine.

use std::error::Error;
use std::io::Write;

fn main() -> Result<(), Box<dyn Error>> {
    writeln!(std::io::stdout(), "cargo::rerun-if-changed=proto")?;
    // Procedures of Terraform's that nothing here answers, those of state stores, are Unimplemented.
    compile(&["proto/tfplugin6.proto"], true)?;
    compile(&["proto/goplugin.proto", "proto/health.proto"], false)
}

fn compile(definitions: &[&str], default_stubs: bool) -> Result<(), Box<dyn Error>> {
    tonic_prost_build::configure()
        // Values arrive as slices of the received frame instead of copies.
        .bytes(".")
        // The same message is the same bytes on every run.
        .btree_map(".")
        // Clients speak over whatever connection a test hands them.
        .build_transport(false)
        .generate_default_stubs(default_stubs)
        .compile_fds(protox::compile(definitions, ["proto"])?)?;
    Ok(())
}
