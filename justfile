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

# All tests, on Terraform and OpenTofu both: a missing one is an error, and OpenTofu is built.
full *arguments:
    CI=true cargo test --workspace {{ arguments }}

# Rewrite the committed files that are made from the code: the registry's pages, the protocol's features, the sandbox's coverage, the schemas, the drawings, the tables of the modules, the page about stand-ins, with Chromium the pictures of the page, and with Java and Maven the catalogs. Builds OpenTofu when there is none.
bless:
    cargo build --package provider --package cli
    FLOWSMITH_BLESS=1 FLOWSMITH_HOSTS=tofu cargo test --package tests --test tests -- catalogs:: coverage:: docs:: features:: flow_tools:: guides:: modules::readme modules::tables page:: providers_schema:: stand_ins::
    FLOWSMITH_BLESS=1 cargo test --package schema graph

# The documentation of the crates.
docs:
    RUSTDOCFLAGS="-D warnings" cargo doc --no-deps --workspace

# Sandbox, Terraform CLI, provider and modules together.
demo *arguments:
    cargo demo {{ arguments }}

# The numbers of the release build, each beside something to compare it with: all, or of `process`, `refresh`, `sandbox`.
bench *groups:
    cargo build --release --package provider --package cli
    cargo build --release --package tfplugin --example kv
    cargo bench --package tests --bench bench -- {{ groups }}
    cargo bench --package schema

# Kill the sandbox in random moments under load, and look for what is missing afterwards.
crash rounds="500":
    cargo build --package cli
    FLOWSMITH_CRASH_ROUNDS={{ rounds }} cargo test --package tests --test tests durability:: -- --nocapture

# Fuzz one reader of a crate (tfplugin or schema) for some seconds; needs a nightly compiler and `cargo install cargo-fuzz`.
fuzz crate target seconds="60":
    cd {{ crate }}/fuzz && mkdir -p corpus/{{ target }} && cargo +nightly fuzz run --fuzz-dir . {{ target }} \
        corpus/{{ target }} seeds/{{ target }} -- -max_total_time={{ seconds }} -rss_limit_mb=1024

# Exactly what continuous integration runs.
ci:
    .ci/run
