//! Into the store, in one transaction: either all of an archive is there afterwards, or nothing of it.

use std::{io::BufReader, path::Path};

use rusqlite::{Connection, ErrorCode, TransactionBehavior, params_from_iter, types::Value as Stored};
use serde_json::Value;

use super::{
    Counts, Error,
    error::damaged,
    manifest::{self, Manifest},
    source::{self, Archive, Files},
    tables::{Line, NUMBER, TABLES, Table},
};
use crate::store;

/// What an import may do to what is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Only new data is filled.
    Fill,
    /// Objects that are there stay as they are; the others are added.
    Merge,
}

/// What came of an import.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Imported {
    /// Rows that were added.
    pub added: Counts,
    /// Rows that were left out, because their objects are there already.
    pub kept: Counts,
}

/// Reads an archive that [`super::export`] wrote into a data file, which is created when it is missing.
///
/// # Errors
/// The archive is damaged or newer than this program, the data is in use, or it is not empty and `mode` is [`Mode::Fill`].
pub fn import(data: &Path, archive: &Path, mode: Mode) -> Result<Imported, Error> {
    // Lines are read from one handle, the files that they name from the other.
    let (mut index, mut files) = (source::open(archive)?, Files::open(archive)?);
    let manifest = Manifest::read(&source::whole(&mut index, manifest::ENTRY)?)?;
    files.count();
    let (_lock, mut connection) = store::open_alone(data)?;
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    if mode == Mode::Fill {
        refuse_unless_empty(&transaction, data)?;
    }
    let mut imported = Imported { added: Counts::new(), kept: Counts::new() };
    for table in TABLES {
        let Some(&expected) = manifest.rows.get(table.name) else { continue };
        let (added, read) = load(&transaction, &mut index, &mut files, table)?;
        if read != expected {
            return Err(damaged(&table.index(), format!("{read} lines, where the manifest says {expected}")));
        }
        imported.added.push((table.label, added));
        imported.kept.push((table.label, read - added));
    }
    if !files.are_used() {
        return Err(damaged(manifest::ENTRY, "there are files that nothing names"));
    }
    refuse_files_below_files(&transaction)?;
    transaction.commit()?;
    Ok(imported)
}

/// Nothing is there but what a sandbox writes at its first start.
fn refuse_unless_empty(connection: &Connection, data: &Path) -> Result<(), Error> {
    for table in TABLES.iter().filter(|table| table.name != "settings") {
        let sql = format!("SELECT EXISTS (SELECT 1 FROM {})", table.name);
        if connection.query_row(&sql, [], |row| row.get(0))? {
            return Err(Error::NotEmpty { path: data.into(), found: table.label });
        }
    }
    Ok(())
}

/// Adds the rows of a table whose objects were not there before; gives how many were added and how many were read.
fn load(
    connection: &Connection,
    index: &mut Archive,
    files: &mut Files,
    table: &Table,
) -> Result<(u64, u64), Error> {
    let entry = table.index();
    let offset = offset(connection, table)?;
    remember_objects(connection, table)?;
    let mut insert = connection.prepare(&insertion(table))?;
    let mut lines = BufReader::new(source::entry(index, &entry)?);
    files.count();
    let (mut added, mut read) = (0, 0);
    while let Some(text) = source::line(&mut lines, &entry)? {
        read += 1;
        let place = format!("{entry}, line {read}");
        let line: Line = serde_json::from_slice(&text).map_err(|cause| damaged(&place, cause))?;
        let mut row = stored(table, &line, &place)?;
        if let Some(file) = &table.file {
            row.push(files.content(table, file, &line)?);
        }
        if let (true, Some(Stored::Integer(number))) = (table.key == [NUMBER], row.first_mut()) {
            *number = number.saturating_add(offset);
        }
        added += insert.execute(params_from_iter(row)).map_err(|cause| refused(&place, cause))? as u64;
    }
    Ok((added, read))
}

/// What breaks the rules of a table is the archive's fault, and anything else is not.
fn refused(place: &str, cause: rusqlite::Error) -> Error {
    match cause.sqlite_error_code() {
        Some(ErrorCode::ConstraintViolation | ErrorCode::TypeMismatch) => damaged(place, cause),
        _ => cause.into(),
    }
}

/// The columns of a line, in the table's order; its file follows. The store itself checks types and what must be there.
fn stored(table: &Table, line: &Line, place: &str) -> Result<Vec<Stored>, Error> {
    let document = table.document.as_ref();
    let is_known = |name: &str| table.columns().contains(&name);
    if let Some(unknown) = line.keys().find(|name| !is_known(name)) {
        return Err(damaged(place, format!("there is no column {unknown}")));
    }
    let mut row = Vec::new();
    for column in table.plain {
        row.push(match line.get(*column) {
            None | Some(Value::Null) => Stored::Null,
            Some(Value::String(text)) => Stored::Text(text.clone()),
            Some(Value::Number(number)) if number.is_i64() => {
                number.as_i64().map_or(Stored::Null, Stored::Integer)
            }
            Some(_) => return Err(damaged(place, format!("{column} is neither a text nor a whole number"))),
        });
    }
    if let Some(document) = document {
        row.push(match line.get(document.column) {
            Some(value) if value.is_object() || !document.is_object => Stored::Text(value.to_string()),
            _ => return Err(damaged(place, format!("{} is not a document", document.column))),
        });
    }
    Ok(row)
}

/// What numbers of added rows begin after.
fn offset(connection: &Connection, table: &Table) -> Result<i64, Error> {
    if table.key != [NUMBER] {
        return Ok(0);
    }
    let sql = format!("SELECT coalesce(max({NUMBER}), 0) FROM {}", table.name);
    Ok(connection.query_row(&sql, [], |row| row.get(0))?)
}

/// The objects that are there before anything is added.
fn remember_objects(connection: &Connection, table: &Table) -> Result<(), Error> {
    let (name, object) = (table.name, table.object.join(", "));
    connection.execute_batch(&format!(
        "CREATE TEMP TABLE known_{name} AS SELECT DISTINCT {object} FROM {name};
        CREATE INDEX temp.known_{name}_object ON known_{name} ({object});"
    ))?;
    Ok(())
}

/// Adds a row, unless its object was there.
fn insertion(table: &Table) -> String {
    let columns = table.columns();
    let position = |wanted: &&str| columns.iter().position(|column| column == wanted).unwrap_or(0) + 1;
    let values: Vec<String> = (1..=columns.len()).map(|number| format!("?{number}")).collect();
    let same: Vec<String> =
        table.object.iter().map(|column| format!("{column} IS ?{}", position(column))).collect();
    format!(
        "INSERT INTO main.{name} ({}) SELECT {} WHERE NOT EXISTS (SELECT 1 FROM temp.known_{name} WHERE {})",
        columns.join(", "),
        values.join(", "),
        same.join(" AND "),
        name = table.name,
    )
}

/// Two environments may have a file and a directory of the same name.
fn refuse_files_below_files(connection: &Connection) -> Result<(), Error> {
    let sql = "SELECT below.namespace, below.path FROM namespace_files AS file JOIN namespace_files AS below
        ON below.namespace = file.namespace AND below.path > file.path || '/' AND below.path < file.path || '0'
        WHERE file.current AND file.content IS NOT NULL AND below.current LIMIT 1";
    let mut statement = connection.prepare(sql)?;
    let mut rows = statement.query([])?;
    match rows.next()? {
        Some(row) => Err(Error::BelowFile { namespace: row.get(0)?, path: row.get(1)? }),
        None => Ok(()),
    }
}
