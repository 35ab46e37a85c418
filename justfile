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

# Rewrite the committed files that are made from the code: the registry's pages, the protocol's features, the sandbox's coverage, the schemas, the drawings, with Chromium the pictures of the page, and with Java and Maven the catalogs. Builds OpenTofu when there is none.
bless:
    cargo build --package provider --package cli
    FLOWSMITH_BLESS=1 FLOWSMITH_HOSTS=tofu cargo test --package tests --test tests -- catalogs:: coverage:: docs:: features:: flow_tools:: guides:: page:: providers_schema::
