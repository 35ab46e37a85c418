//! The key-value store of a namespace: the latest version of each key, its type and its expiry.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde_json::Value;

use super::Error;

/// A key with its value.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Entry {
    pub(crate) namespace: String,
    pub(crate) key: String,
    pub(crate) version: i64,
    /// STRING, NUMBER, BOOLEAN, DATETIME, DATE, DURATION or JSON.
    pub(crate) kind: String,
    pub(crate) value: Value,
    pub(crate) description: Option<String>,
    pub(crate) updated: String,
    pub(crate) expires: Option<Timestamp>,
}

impl Entry {
    pub(crate) fn expired(&self, now: Timestamp) -> bool {
        self.expires.is_some_and(|expires| expires <= now)
    }
}

/// What a caller wants stored.
pub(crate) struct Put {
    pub(crate) namespace: String,
    pub(crate) key: String,
    pub(crate) kind: String,
    pub(crate) value: Value,
    pub(crate) description: Option<String>,
    pub(crate) expires: Option<Timestamp>,
}

const COLUMNS: &str = "namespace, key, version, type, value, description, updated, expires";

/// Stores a value as the next version; the count goes on after a deletion.
pub(crate) fn put(connection: &Connection, put: &Put, now: Timestamp) -> Result<(), Error> {
    let sql = "INSERT INTO kv (namespace, key, version, deleted, type, value, description, updated, expires)
        VALUES (?1, ?2, 1, 0, ?3, ?4, ?5, ?6, ?7)
        ON CONFLICT (namespace, key) DO UPDATE SET version = version + 1, deleted = 0, type = excluded.type,
            value = excluded.value, description = excluded.description, updated = excluded.updated,
            expires = excluded.expires";
    let value = serde_json::to_string(&put.value)?;
    let expires = put.expires.map(|at| at.to_string());
    let row = params![put.namespace, put.key, put.kind, value, put.description, now.to_string(), expires];
    connection.prepare_cached(sql)?.execute(row)?;
    Ok(())
}

/// The entry of a key, also when it has expired.
pub(crate) fn get(connection: &Connection, namespace: &str, key: &str) -> Result<Option<Entry>, Error> {
    let sql = format!("SELECT {COLUMNS} FROM kv WHERE namespace = ?1 AND key = ?2 AND NOT deleted");
    connection.prepare_cached(&sql)?.query_row([namespace, key], entry).optional()?.transpose()
}

/// Removes a key; false when there was none to see.
pub(crate) fn delete(
    connection: &Connection,
    namespace: &str,
    key: &str,
    now: Timestamp,
) -> Result<bool, Error> {
    let seen = get(connection, namespace, key)?.is_some_and(|entry| !entry.expired(now));
    let sql = "UPDATE kv SET deleted = 1 WHERE namespace = ?1 AND key = ?2";
    connection.prepare_cached(sql)?.execute([namespace, key])?;
    Ok(seen)
}

/// Every entry that has not expired, of one namespace or of all, ordered by namespace and key.
pub(crate) fn list(
    connection: &Connection,
    namespace: Option<&str>,
    now: Timestamp,
) -> Result<Vec<Entry>, Error> {
    let sql = format!(
        "SELECT {COLUMNS} FROM kv WHERE NOT deleted AND (?1 IS NULL OR namespace = ?1) ORDER BY namespace, key"
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let mut entries = Vec::new();
    for row in statement.query_map([namespace], entry)? {
        let entry = row??;
        if !entry.expired(now) {
            entries.push(entry);
        }
    }
    Ok(entries)
}

fn entry(row: &Row<'_>) -> rusqlite::Result<Result<Entry, Error>> {
    let value: String = row.get("value")?;
    let expires: Option<String> = row.get("expires")?;
    let (namespace, key, version) = (row.get("namespace")?, row.get("key")?, row.get("version")?);
    let (kind, description, updated) = (row.get("type")?, row.get("description")?, row.get("updated")?);
    let expires = expires.and_then(|at| at.parse().ok());
    Ok(serde_json::from_str(&value)
        .map(|value| Entry { namespace, key, version, kind, value, description, updated, expires })
        .map_err(Error::from))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn database() -> Connection {
        let mut connection = Connection::open_in_memory().unwrap();
        super::super::migrations::apply(&mut connection).unwrap();
        connection
    }

    fn number(n: i64, expires: Option<Timestamp>) -> Put {
        let (namespace, key) = ("a.b".into(), "k".into());
        Put { namespace, key, kind: "NUMBER".into(), value: n.into(), description: None, expires }
    }

    #[test]
    fn versions_go_on_after_a_deletion() {
        let (db, now) = (database(), Timestamp::now());
        for n in 1..=2 {
            put(&db, &number(n, None), now).unwrap();
        }
        assert!(delete(&db, "a.b", "k", now).unwrap());
        assert!(!delete(&db, "a.b", "k", now).unwrap());
        assert_eq!(get(&db, "a.b", "k").unwrap(), None);
        put(&db, &number(3, None), now).unwrap();
        let entry = get(&db, "a.b", "k").unwrap().unwrap();
        assert_eq!((entry.version, entry.value), (3, 3.into()));
    }

    #[test]
    fn an_expired_entry_is_got_but_neither_listed_nor_deleted() {
        let (db, now) = (database(), Timestamp::now());
        put(&db, &number(1, Some(now)), now).unwrap();
        assert!(get(&db, "a.b", "k").unwrap().unwrap().expired(now));
        assert_eq!(list(&db, Some("a.b"), now).unwrap(), []);
        assert!(!delete(&db, "a.b", "k", now).unwrap());
    }
}
