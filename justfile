# The everyday commands. `just` alone lists them.

set shell := ["bash", "-euo", "pipefail", "-c"]

_list:
    @just --list --unsorted

# Compile everything.
build:
    cargo build --workspace --all-targets

# Format Rust and HCL.
fmt:
    cargo fmt --all
    terraform fmt -recursive modules subflows examples

# What a reviewer should not have to say.
lint:
    cargo fmt --all --check
    cargo clippy --workspace --all-targets -- -D warnings

# All tests, on every Terraform CLI that is there.
test *arguments:
    cargo test --workspace {{ arguments }}

# The documentation of the crates.
docs:
    RUSTDOCFLAGS="-D warnings" cargo doc --no-deps --workspace

# Sandbox, Terraform CLI, provider and modules together.
demo *arguments:
    cargo demo {{ arguments }}

# Exactly what continuous integration runs.
ci:
    .ci/run
