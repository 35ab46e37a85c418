//! Objects that are written and read whole, by kind and id: a new kind needs no table and no functions of its own.

use rusqlite::{Connection, OptionalExtension};
use serde_json::Value;

use super::Error;

/// What an object is; the name that it is stored under.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Kind(pub(crate) &'static str);

/// The ids of a kind, sorted.
pub(crate) fn ids(connection: &Connection, kind: Kind) -> Result<Vec<String>, Error> {
    let mut statement = connection.prepare_cached("SELECT id FROM documents WHERE kind = ?1 ORDER BY id")?;
    Ok(statement.query_map([kind.0], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?)
}

/// The objects of a kind as they were given, by id.
pub(crate) fn all(connection: &Connection, kind: Kind) -> Result<Vec<Value>, Error> {
    let mut statement =
        connection.prepare_cached("SELECT body FROM documents WHERE kind = ?1 ORDER BY id")?;
    let rows = statement.query_map([kind.0], |row| row.get::<_, String>(0))?;
    rows.map(|body| Ok(serde_json::from_str(&body?)?)).collect()
}

/// An object as it was given.
pub(crate) fn get(connection: &Connection, kind: Kind, id: &str) -> Result<Option<Value>, Error> {
    let sql = "SELECT body FROM documents WHERE kind = ?1 AND id = ?2";
    let mut statement = connection.prepare_cached(sql)?;
    let body: Option<String> = statement.query_row([kind.0, id], |row| row.get(0)).optional()?;
    Ok(body.map(|body| serde_json::from_str(&body)).transpose()?)
}

/// Creates or replaces an object.
pub(crate) fn put(connection: &Connection, kind: Kind, id: &str, body: &Value) -> Result<(), Error> {
    let sql = "INSERT OR REPLACE INTO documents (kind, id, body) VALUES (?1, ?2, ?3)";
    connection.prepare_cached(sql)?.execute([kind.0, id, &body.to_string()])?;
    Ok(())
}

/// Removes an object; false when there was none.
pub(crate) fn delete(connection: &Connection, kind: Kind, id: &str) -> Result<bool, Error> {
    let sql = "DELETE FROM documents WHERE kind = ?1 AND id = ?2";
    Ok(connection.prepare_cached(sql)?.execute([kind.0, id])? > 0)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn kinds_do_not_see_each_other() {
        let mut db = Connection::open_in_memory().unwrap();
        super::super::migrations::apply(&mut db).unwrap();
        let (one, other) = (Kind("one"), Kind("other"));
        for (kind, id, body) in
            [(one, "b", json!({"n": 1})), (one, "a", json!({})), (one, "b", json!({"n": 2}))]
        {
            put(&db, kind, id, &body).unwrap();
        }
        assert_eq!(ids(&db, one).unwrap(), ["a", "b"]);
        assert_eq!(all(&db, one).unwrap(), [json!({}), json!({"n": 2})]);
        assert_eq!(get(&db, one, "b").unwrap(), Some(json!({"n": 2})));
        assert_eq!(all(&db, other).unwrap(), [] as [Value; 0]);
        assert_eq!((ids(&db, other).unwrap().len(), get(&db, other, "b").unwrap()), (0, None));
        assert_eq!([delete(&db, other, "b").unwrap(), delete(&db, one, "b").unwrap()], [false, true]);
        assert_eq!(get(&db, one, "b").unwrap(), None);
    }
}
