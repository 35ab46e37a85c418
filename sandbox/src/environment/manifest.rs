//! The archive's first file: what it is, and what it should hold.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Error, error::damaged, tables::TABLES};

/// The name of the file.
pub(super) const ENTRY: &str = "manifest.json";
const FORMAT: &str = "flowsmith environment";
/// Counts the changes of the format that an older reader would misread.
const VERSION: u64 = 1;

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Manifest {
    format: String,
    version: u64,
    /// The number of rows of each table that the archive has.
    #[serde(default)]
    pub(super) rows: BTreeMap<String, u64>,
}

impl Manifest {
    pub(super) fn new(rows: BTreeMap<String, u64>) -> Manifest {
        Manifest { format: FORMAT.into(), version: VERSION, rows }
    }

    /// What a reader of this version may go by.
    pub(super) fn read(text: &[u8]) -> Result<Manifest, Error> {
        let found: Manifest = serde_json::from_slice(text).map_err(|cause| damaged(ENTRY, cause))?;
        if found.format != FORMAT {
            return Err(damaged(ENTRY, format!("this is no {FORMAT}, but {:?}", found.format)));
        }
        if found.version > VERSION {
            return Err(Error::TooNew { found: found.version, known: VERSION });
        }
        match found.rows.keys().find(|name| !TABLES.iter().any(|table| table.name == *name)) {
            Some(name) => Err(damaged(ENTRY, format!("there is no table {name}"))),
            None => Ok(found),
        }
    }
}
