//! A whole environment as one archive: to keep, to look into, to compare, to carry to another machine.
//!
//! The archive is a zip of readable files, and the same environment always gives the same bytes:
//!
//! ```text
//! manifest.json                          format, version, and the number of rows of each table
//! flows.jsonl                            a line per revision: all that is known of it but its text
//! flows/company.team/daily@3.yaml        the text of revision 3
//! kv.jsonl                               a line per entry, with value, type and expiry
//! namespace_files.jsonl                  a line per revision of a file, and per directory
//! namespace_files/company.team/scripts/load@2.py
//! …                                      the other tables of `tables`, in the same two shapes
//! ```
//!
//! In names of files, what a file system might not take is percent-encoded. A reader refuses what it does not know: a newer
//! version, a line with other columns, a file that no line names.

mod error;
mod export;
mod import;
mod manifest;
mod names;
mod source;
mod tables;

pub use error::Error;
pub use export::export;
pub use import::{Imported, Mode, import};

/// How many rows of each table, by what people call them, such as `flow revisions`.
pub type Counts = Vec<(&'static str, u64)>;
