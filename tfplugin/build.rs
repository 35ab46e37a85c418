//! Turns the protocol definitions in `proto/` into Rust, with no `protoc` on the machine.

use std::error::Error;
use std::io::Write;

const DEFINITIONS: [&str; 3] = ["proto/tfplugin6.proto", "proto/goplugin.proto", "proto/health.proto"];

fn main() -> Result<(), Box<dyn Error>> {
    writeln!(std::io::stdout(), "cargo::rerun-if-changed=proto")?;
    let definitions = protox::compile(DEFINITIONS, ["proto"])?;
    tonic_prost_build::configure()
        // Values arrive as slices of the received frame instead of copies.
        .bytes(".")
        // The same message is the same bytes on every run.
        .btree_map(".")
        // Clients speak over whatever connection a test hands them.
        .build_transport(false)
        .compile_fds(definitions)?;
    Ok(())
}
