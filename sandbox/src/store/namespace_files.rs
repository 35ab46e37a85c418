//! The files of a namespace: a tree of paths, each file with its revisions.
//!
//! Paths start with `/` and have no trailing one; the root is the empty path and always exists.

use rusqlite::{Connection, OptionalExtension, Row, params};

use super::Error;

/// What is known about a file or directory besides its content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Attributes {
    pub(crate) path: String,
    pub(crate) directory: bool,
    /// Bytes; 0 for a directory.
    pub(crate) size: i64,
    /// Epoch milliseconds.
    pub(crate) created: i64,
    pub(crate) modified: i64,
}

/// A change the tree does not allow.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Refused {
    /// A directory lies where a file should go.
    Directory(String),
    /// A file lies where a directory should go.
    File(String),
    /// Something lies at the target of a move, or the target is inside the source.
    Target(String),
}

const COLUMNS: &str =
    "path, content IS NULL AS directory, coalesce(length(content), 0) AS size, created, modified";

/// The attributes of what currently lies at a path.
pub(crate) fn stat(
    connection: &Connection,
    namespace: &str,
    path: &str,
) -> Result<Option<Attributes>, Error> {
    if path.is_empty() {
        return Ok(Some(Attributes {
            path: String::new(),
            directory: true,
            size: 0,
            created: 0,
            modified: 0,
        }));
    }
    let sql = format!("SELECT {COLUMNS} FROM namespace_files WHERE namespace = ?1 AND path = ?2 AND current");
    Ok(connection.prepare_cached(&sql)?.query_row([namespace, path], attributes).optional()?)
}

/// A file's content, of the current or of an older revision.
pub(crate) fn content(
    connection: &Connection,
    namespace: &str,
    path: &str,
    revision: Option<i64>,
) -> Result<Option<Vec<u8>>, Error> {
    let sql = "SELECT content FROM namespace_files
        WHERE namespace = ?1 AND path = ?2 AND content IS NOT NULL AND iif(?3 IS NULL, current, revision = ?3)";
    let row = params![namespace, path, revision];
    Ok(connection.prepare_cached(sql)?.query_row(row, |row| row.get(0)).optional()?)
}

/// The revisions of a file, ascending.
pub(crate) fn revisions(connection: &Connection, namespace: &str, path: &str) -> Result<Vec<i64>, Error> {
    let sql = "SELECT revision FROM namespace_files
        WHERE namespace = ?1 AND path = ?2 AND content IS NOT NULL ORDER BY revision";
    let mut statement = connection.prepare_cached(sql)?;
    Ok(statement.query_map([namespace, path], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?)
}

/// Everything below a path at any depth, sorted by path.
pub(crate) fn below(connection: &Connection, namespace: &str, path: &str) -> Result<Vec<Attributes>, Error> {
    // '0' follows '/' in ASCII, so this range of the index is the subtree.
    let sql = format!(
        "SELECT {COLUMNS} FROM namespace_files
        WHERE namespace = ?1 AND path > ?2 || '/' AND path < ?2 || '0' AND current ORDER BY path"
    );
    let mut statement = connection.prepare_cached(&sql)?;
    Ok(statement.query_map([namespace, path], attributes)?.collect::<rusqlite::Result<_>>()?)
}

/// What lies directly in a directory; `None` when there is no such directory.
pub(crate) fn list(
    connection: &Connection,
    namespace: &str,
    path: &str,
) -> Result<Option<Vec<Attributes>>, Error> {
    if !stat(connection, namespace, path)?.is_some_and(|found| found.directory) {
        return Ok(None);
    }
    let mut found = below(connection, namespace, path)?;
    found.retain(|child| !child.path[path.len() + 1..].contains('/'));
    Ok(Some(found))
}

/// Stores a file as its next revision and creates the directories above it.
pub(crate) fn put(
    connection: &Connection,
    namespace: &str,
    path: &str,
    content: &[u8],
    now: i64,
) -> Result<Result<(), Refused>, Error> {
    let there = stat(connection, namespace, path)?;
    if there.as_ref().is_some_and(|there| there.directory) {
        return Ok(Err(Refused::Directory(path.into())));
    }
    if let Err(refused) = make_directory(connection, namespace, parent(path), now)? {
        return Ok(Err(refused));
    }
    let created = there.map_or(now, |there| there.created);
    insert(connection, namespace, path, Some(content), created, now)?;
    Ok(Ok(()))
}

/// Creates a directory and those above it; what exists stays.
pub(crate) fn make_directory(
    connection: &Connection,
    namespace: &str,
    path: &str,
    now: i64,
) -> Result<Result<(), Refused>, Error> {
    let ends = path.match_indices('/').map(|(at, _)| at).skip(1).chain([path.len()]);
    for ancestor in ends.map(|end| &path[..end]) {
        match stat(connection, namespace, ancestor)? {
            Some(there) if there.directory => {}
            Some(_) => return Ok(Err(Refused::File(ancestor.into()))),
            None => insert(connection, namespace, ancestor, None, now, now)?,
        }
    }
    Ok(Ok(()))
}

/// Removes a file, or a directory with everything in it; a missing one is no error.
pub(crate) fn delete(connection: &Connection, namespace: &str, path: &str) -> Result<(), Error> {
    let sql = "UPDATE namespace_files SET current = 0
        WHERE namespace = ?1 AND (path = ?2 OR path > ?2 || '/' AND path < ?2 || '0') AND current";
    connection.prepare_cached(sql)?.execute([namespace, path])?;
    Ok(())
}

/// Moves a file or directory; a missing source is no error.
pub(crate) fn rename(
    connection: &Connection,
    namespace: &str,
    from: &str,
    to: &str,
    now: i64,
) -> Result<Result<(), Refused>, Error> {
    let Some(source) = stat(connection, namespace, from)? else {
        return Ok(Ok(()));
    };
    let inside = to.strip_prefix(from).is_some_and(|rest| rest.starts_with('/'));
    if inside || from.is_empty() || stat(connection, namespace, to)?.is_some() {
        return Ok(Err(Refused::Target(to.into())));
    }
    if let Err(refused) = make_directory(connection, namespace, parent(to), now)? {
        return Ok(Err(refused));
    }
    let moved = below(connection, namespace, from)?;
    for node in [source].into_iter().chain(moved) {
        let target = format!("{to}{}", &node.path[from.len()..]);
        let content = content(connection, namespace, &node.path, None)?;
        insert(connection, namespace, &target, content.as_deref(), node.created, node.modified)?;
    }
    delete(connection, namespace, from)?;
    Ok(Ok(()))
}

/// The directory a path lies in.
fn parent(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(parent, _)| parent)
}

fn insert(
    connection: &Connection,
    namespace: &str,
    path: &str,
    content: Option<&[u8]>,
    created: i64,
    modified: i64,
) -> Result<(), Error> {
    let sql = "UPDATE namespace_files SET current = 0 WHERE namespace = ?1 AND path = ?2 AND current";
    connection.prepare_cached(sql)?.execute([namespace, path])?;
    let sql = "INSERT INTO namespace_files (namespace, path, revision, current, created, modified, content)
        SELECT ?1, ?2, coalesce(max(revision), 0) + 1, 1, ?3, ?4, ?5
        FROM namespace_files WHERE namespace = ?1 AND path = ?2";
    connection.prepare_cached(sql)?.execute(params![namespace, path, created, modified, content])?;
    Ok(())
}

fn attributes(row: &Row<'_>) -> rusqlite::Result<Attributes> {
    Ok(Attributes {
        path: row.get("path")?,
        directory: row.get("directory")?,
        size: row.get("size")?,
        created: row.get("created")?,
        modified: row.get("modified")?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn database() -> Connection {
        let mut connection = Connection::open_in_memory().unwrap();
        super::super::migrations::apply(&mut connection).unwrap();
        connection
    }

    fn tree(db: &Connection) -> String {
        let nodes = below(db, "n", "").unwrap();
        let name = |node: Attributes| node.path + if node.directory { "/" } else { "" };
        nodes.into_iter().map(name).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn a_file_brings_its_directories_and_counts_revisions() {
        let db = database();
        for (now, text) in [(1, "one"), (2, "two!")] {
            put(&db, "n", "/a/b/f", text.as_bytes(), now).unwrap().unwrap();
        }
        assert_eq!(tree(&db), "/a/ /a/b/ /a/b/f");
        let stat = stat(&db, "n", "/a/b/f").unwrap().unwrap();
        assert_eq!((stat.size, stat.created, stat.modified), (4, 1, 2));
        assert_eq!(revisions(&db, "n", "/a/b/f").unwrap(), [1, 2]);
        assert_eq!(content(&db, "n", "/a/b/f", Some(1)).unwrap().unwrap(), b"one");
        assert_eq!(content(&db, "n", "/a/b/f", None).unwrap().unwrap(), b"two!");
        assert_eq!(content(&db, "n", "/a/b", None).unwrap(), None);
    }

    #[test]
    fn a_listing_holds_only_direct_children() {
        let db = database();
        for path in ["/a/f", "/a/sub/g", "/ab", "/a0"] {
            put(&db, "n", path, b"", 1).unwrap().unwrap();
        }
        let names =
            |path| list(&db, "n", path).unwrap().map(|found| found.into_iter().map(|a| a.path).collect());
        assert_eq!(names("/a"), Some(vec!["/a/f".into(), "/a/sub".into()]));
        assert_eq!(names(""), Some(vec!["/a".into(), "/a0".into(), "/ab".to_owned()]));
        assert_eq!(names("/nope"), None);
        assert_eq!(names("/ab"), None);
    }

    #[test]
    fn moves_and_deletions_take_the_subtree() {
        let db = database();
        for path in ["/d/f", "/d/s/g", "/dd"] {
            put(&db, "n", path, path.as_bytes(), 1).unwrap().unwrap();
        }
        rename(&db, "n", "/d", "/x/y", 2).unwrap().unwrap();
        assert_eq!(tree(&db), "/dd /x/ /x/y/ /x/y/f /x/y/s/ /x/y/s/g");
        assert_eq!(content(&db, "n", "/x/y/s/g", None).unwrap().unwrap(), b"/d/s/g");
        delete(&db, "n", "/x/y").unwrap();
        assert_eq!(tree(&db), "/dd /x/");
    }

    #[test]
    fn refused_changes_leave_the_tree() {
        let db = database();
        put(&db, "n", "/f", b"", 1).unwrap().unwrap();
        put(&db, "n", "/d/g", b"", 1).unwrap().unwrap();
        assert_eq!(put(&db, "n", "/d", b"", 1).unwrap(), Err(Refused::Directory("/d".into())));
        assert_eq!(put(&db, "n", "/f/x", b"", 1).unwrap(), Err(Refused::File("/f".into())));
        assert_eq!(rename(&db, "n", "/f", "/d/g", 1).unwrap(), Err(Refused::Target("/d/g".into())));
        assert_eq!(rename(&db, "n", "/d", "/d/e", 1).unwrap(), Err(Refused::Target("/d/e".into())));
        assert_eq!(rename(&db, "n", "/nope", "/z", 1).unwrap(), Ok(()));
        assert_eq!(tree(&db), "/d/ /d/g /f");
    }
}
