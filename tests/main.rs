//! The tests that cross crates, in one binary: whole projects on real hosts, durability, and the repository's own rules.

mod acceptance;
mod catalogs;
mod clients;
mod demo;
mod docs;
mod durability;
mod environment;
mod examples;
mod executor;
mod faults;
mod features;
mod flow_tools;
mod golden;
mod guides;
mod licences;
mod modules;
mod oracle;
mod protocol;
mod providers_schema;
mod repository;
mod schema_add;
mod serve;
mod tidy;
mod validate;
mod validate_hostile;
mod workspace;
