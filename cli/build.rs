//! Makes cargo build again when a file is added to the embedded HCL; the derive only notices files it has already seen.

fn main() {
    // Printed for cargo; a build script has no other channel.
    for folder in ["../modules", "../subflows", "../examples/quickstart"] {
        println!("cargo::rerun-if-changed={folder}");
    }
}
