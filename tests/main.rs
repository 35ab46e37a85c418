//! The tests that cross crates, in one binary: acceptance on real hosts, durability, and the repository's own rules.

mod acceptance;
mod durability;
mod licences;
mod repository;
mod tidy;
mod workspace;
