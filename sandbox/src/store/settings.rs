//! Facts about the data itself, such as its name.

use rusqlite::{Connection, OptionalExtension};

use super::Error;

/// The data's own name, drawn when it is asked for the first time.
pub(crate) fn uuid(connection: &Connection) -> Result<String, Error> {
    let known = connection
        .query_row("SELECT value FROM settings WHERE name = 'uuid'", [], |row| row.get(0))
        .optional()?;
    if let Some(known) = known {
        return Ok(known);
    }
    let drawn = uuid::Uuid::new_v4().to_string();
    connection.execute("INSERT INTO settings (name, value) VALUES ('uuid', ?1)", [&drawn])?;
    Ok(drawn)
}
