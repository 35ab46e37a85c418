//! Reading an archive: its files by name, its lines one by one, neither of them longer than a request could have made them.

use std::{
    fs,
    io::{BufRead, BufReader, Read},
    path::Path,
};

use rusqlite::types::Value as Stored;
use serde_json::Value;
use zip::{ZipArchive, read::ZipFile, result::ZipError};

use super::{
    Error,
    error::damaged,
    tables::{File, Line, Table},
};
use crate::{archive::read_at_most, call::BODY_LIMIT};

/// The longest line, in bytes: a document of a whole request, with every character escaped in the shortest way.
const LINE_LIMIT: usize = 2 * BODY_LIMIT;

/// The files of an archive.
pub(super) struct Files {
    archive: Archive,
    /// How many files of the archive were read, those of lines included.
    used: usize,
}

impl Files {
    pub(super) fn open(path: &Path) -> Result<Files, Error> {
        Ok(Files { archive: open(path)?, used: 0 })
    }

    /// Somebody else read a file of the archive.
    pub(super) fn count(&mut self) {
        self.used += 1;
    }

    /// Whether every file of the archive was read.
    pub(super) fn are_used(&self) -> bool {
        self.used == self.archive.len()
    }

    /// The file of a row, unless its line says that there is none.
    pub(super) fn content(&mut self, table: &Table, file: &File, line: &Line) -> Result<Stored, Error> {
        if line.get(file.column) == Some(&Value::Null) {
            return Ok(Stored::Null);
        }
        let name = table.file_of(file, line);
        let content = whole(&mut self.archive, &name)?;
        self.used += 1;
        if file.is_text {
            String::from_utf8(content).map(Stored::Text).map_err(|cause| damaged(&name, cause))
        } else {
            Ok(Stored::Blob(content))
        }
    }
}

pub(super) type Archive = ZipArchive<BufReader<fs::File>>;

pub(super) fn open(path: &Path) -> Result<Archive, Error> {
    Ok(ZipArchive::new(BufReader::new(fs::File::open(path)?))?)
}

/// A file of the archive.
pub(super) fn whole(archive: &mut Archive, name: &str) -> Result<Vec<u8>, Error> {
    let content = read_at_most(entry(archive, name)?, BODY_LIMIT).map_err(|cause| damaged(name, cause))?;
    content.ok_or_else(|| damaged(name, format!("it is longer than {BODY_LIMIT} bytes")))
}

/// A file of the archive, to be read.
pub(super) fn entry<'a>(
    archive: &'a mut Archive,
    name: &str,
) -> Result<ZipFile<'a, BufReader<fs::File>>, Error> {
    archive.by_name(name).map_err(|cause| match cause {
        ZipError::FileNotFound => damaged(name, "it is missing"),
        cause => damaged(name, cause),
    })
}

/// The next line without its end; `None` after the last.
pub(super) fn line(lines: &mut impl BufRead, entry: &str) -> Result<Option<Vec<u8>>, Error> {
    let mut text = Vec::new();
    let limit = LINE_LIMIT as u64 + 1;
    let read = lines.take(limit).read_until(b'\n', &mut text).map_err(|cause| damaged(entry, cause))?;
    if read > LINE_LIMIT {
        return Err(damaged(entry, format!("a line is longer than {LINE_LIMIT} bytes")));
    }
    Ok((read > 0).then_some(text))
}
