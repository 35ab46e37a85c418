//! Kestra's flow language as a library: it reads YAML the way Kestra reads it, with the position of every
//! value, checks flows offline, compares by meaning and by name, prints, merges and draws. Pure: no I/O, no clock,
//! no async.

pub mod catalog;
pub mod contract;
pub mod cron;
pub mod diff;
pub mod duration;
pub mod expression;
pub mod fixtures;
pub mod flow;
pub mod fuzz;
pub mod graph;
pub mod inputs;
pub mod kv;
mod line;
pub mod meaning;
pub mod merge;
pub mod namespace;
pub mod part;
pub mod print;
pub mod relocate;
pub mod state;
pub mod timezone;
pub mod yaml;

pub use line::{KestraLine, UnknownLine};
