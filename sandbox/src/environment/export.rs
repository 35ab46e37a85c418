//! Out of the store: one moment of it, read row by row, so that the memory it takes does not grow with the environment.

use std::{
    collections::BTreeMap,
    io::{Seek, Write},
    path::Path,
};

use rusqlite::{Connection, Row, types::ValueRef};
use serde_json::Value;
use zip::{ZipWriter, write::SimpleFileOptions};

use super::{
    Counts, Error,
    error::damaged,
    manifest::{self, Manifest},
    tables::{File, Line, TABLES, Table},
};
use crate::store;

/// Writes the environment in a data file to an archive, with what has happened in it (executions and logs) when `history`
/// is set. A sandbox may be running on the data: the archive holds what it had acknowledged when the export began.
///
/// # Errors
/// There is no such data, it was written by another version, or the archive can't be written.
pub fn export(data: &Path, archive: impl Write + Seek, history: bool) -> Result<Counts, Error> {
    if !data.is_file() {
        return Err(Error::NoData(data.into()));
    }
    let mut connection = store::open_beside(data)?.ok_or_else(|| Error::OldData(data.into()))?;
    let moment = connection.transaction()?;
    let mut archive = ZipWriter::new(archive).set_auto_large_file();
    let counts = write(&moment, &mut archive, history)?;
    archive.finish()?.flush()?;
    Ok(counts)
}

fn write<W: Write + Seek>(
    connection: &Connection,
    archive: &mut ZipWriter<W>,
    history: bool,
) -> Result<Counts, Error> {
    let tables = || TABLES.iter().filter(|table| history || !table.is_history);
    let mut rows = BTreeMap::new();
    let mut counts = Counts::new();
    for table in tables() {
        let sql = format!("SELECT count(*) FROM {}", table.name);
        let count = connection.query_row(&sql, [], |row| row.get::<_, i64>(0))?.unsigned_abs();
        rows.insert(table.name.to_owned(), count);
        counts.push((table.label, count));
    }
    start(archive, manifest::ENTRY)?;
    serde_json::to_writer_pretty(&mut *archive, &Manifest::new(rows)).map_err(std::io::Error::from)?;
    writeln!(archive)?;
    for table in tables() {
        write_lines(connection, archive, table)?;
        if let Some(file) = &table.file {
            write_files(connection, archive, table, file)?;
        }
    }
    Ok(counts)
}

/// Every file has the same date, so that the same environment gives the same bytes.
fn start<W: Write + Seek>(archive: &mut ZipWriter<W>, name: &str) -> Result<(), Error> {
    Ok(archive.start_file(name, SimpleFileOptions::default())?)
}

fn write_lines<W: Write + Seek>(
    connection: &Connection,
    archive: &mut ZipWriter<W>,
    table: &Table,
) -> Result<(), Error> {
    start(archive, &table.index())?;
    each_row(connection, table, |row| {
        serde_json::to_writer(&mut *archive, &line(table, row)?).map_err(std::io::Error::from)?;
        Ok(writeln!(archive)?)
    })
}

fn write_files<W: Write + Seek>(
    connection: &Connection,
    archive: &mut ZipWriter<W>,
    table: &Table,
    file: &File,
) -> Result<(), Error> {
    each_row(connection, table, |row| {
        let content = match row.get_ref(file.column)? {
            ValueRef::Null => return Ok(()),
            ValueRef::Text(content) | ValueRef::Blob(content) => content,
            ValueRef::Integer(_) | ValueRef::Real(_) => {
                return Err(damaged(table.name, "a number as content"));
            }
        };
        start(archive, &table.file_of(file, &line(table, row)?))?;
        Ok(archive.write_all(content)?)
    })
}

fn each_row(
    connection: &Connection,
    table: &Table,
    mut each: impl FnMut(&Row<'_>) -> Result<(), Error>,
) -> Result<(), Error> {
    let (columns, key) = (table.columns().join(", "), table.key.join(", "));
    let mut statement =
        connection.prepare(&format!("SELECT {columns} FROM {} ORDER BY {key}", table.name))?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        each(row)?;
    }
    Ok(())
}

/// A row without its file. Columns that are null are left out, but a file that is not there is null.
fn line(table: &Table, row: &Row<'_>) -> Result<Line, Error> {
    let mut line = Line::new();
    for column in table.plain {
        match row.get_ref(*column)? {
            ValueRef::Null => {}
            ValueRef::Integer(number) => drop(line.insert((*column).into(), number.into())),
            other => {
                drop(line.insert((*column).into(), other.as_str().map_err(rusqlite::Error::from)?.into()))
            }
        }
    }
    if let Some(document) = &table.document {
        let text: String = row.get(document.column)?;
        let value: Value = serde_json::from_str(&text).map_err(store::Error::from)?;
        line.insert(document.column.into(), value);
    }
    if let Some(file) = &table.file
        && row.get_ref(file.column)? == ValueRef::Null
    {
        line.insert(file.column.into(), Value::Null);
    }
    Ok(line)
}
