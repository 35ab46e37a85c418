//! The tests that cross crates, in one binary: acceptance on real hosts, durability, and the repository's own rules.

mod acceptance;
mod durability;
mod examples;
mod licences;
mod modules;
mod repository;
mod tidy;
mod workspace;
