//! Makes cargo build again when a file is added to the embedded Java; the derive only notices files it has already seen.

fn main() {
    // Printed for cargo; a build script has no other channel.
    for path in ["pom.xml", "src/main"] {
        println!("cargo::rerun-if-changed={path}");
    }
}
