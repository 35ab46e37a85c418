//! Flows and their revisions: exact text decides what is new, and a deletion is a revision too.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, params};
use schema::meaning::same_source;
use serde_json::{Map, Value};

use super::Error;

/// One revision of a flow.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Flow {
    pub(crate) namespace: String,
    pub(crate) id: String,
    pub(crate) revision: i64,
    pub(crate) deleted: bool,
    /// When it was stored; a deletion from before the store kept its moment has none.
    pub(crate) updated: Option<String>,
    pub(crate) source: String,
    /// Every other property as Kestra prints it.
    pub(crate) body: Map<String, Value>,
}

/// A flow a caller wants stored.
#[derive(Clone, Debug)]
pub(crate) struct Draft {
    pub(crate) namespace: String,
    pub(crate) id: String,
    /// The text itself may say that the flow is deleted.
    pub(crate) deleted: bool,
    pub(crate) source: String,
    pub(crate) body: Map<String, Value>,
}

/// What storing a draft came to.
#[derive(Debug)]
pub(crate) enum Saved {
    /// A new revision.
    New(Flow),
    /// The current revision says the same.
    Same(Flow),
}

const COLUMNS: &str = "namespace, id, revision, deleted, updated, source, body";

/// The revision that counts now, deleted or not.
pub(crate) fn current(connection: &Connection, namespace: &str, id: &str) -> Result<Option<Flow>, Error> {
    let sql = format!("SELECT {COLUMNS} FROM flows WHERE namespace = ?1 AND id = ?2 AND current");
    connection.prepare_cached(&sql)?.query_row([namespace, id], flow).optional()?.transpose()
}

/// The revision that counts now, if the flow is there.
pub(crate) fn existing(connection: &Connection, namespace: &str, id: &str) -> Result<Option<Flow>, Error> {
    Ok(current(connection, namespace, id)?.filter(|found| !found.deleted))
}

/// One revision by number.
pub(crate) fn revision(
    connection: &Connection,
    namespace: &str,
    id: &str,
    revision: i64,
) -> Result<Option<Flow>, Error> {
    let sql = format!("SELECT {COLUMNS} FROM flows WHERE namespace = ?1 AND id = ?2 AND revision = ?3");
    let row = params![namespace, id, revision];
    connection.prepare_cached(&sql)?.query_row(row, flow).optional()?.transpose()
}

/// One revision by number, which may be a deletion, or without a number the flow as it is, if it is there.
pub(crate) fn existing_or_revision(
    connection: &Connection,
    namespace: &str,
    id: &str,
    number: Option<i64>,
) -> Result<Option<Flow>, Error> {
    match number {
        Some(number) => revision(connection, namespace, id, number),
        None => existing(connection, namespace, id),
    }
}

/// All revisions, ascending, deletions included.
pub(crate) fn revisions(connection: &Connection, namespace: &str, id: &str) -> Result<Vec<Flow>, Error> {
    let sql = format!("SELECT {COLUMNS} FROM flows WHERE namespace = ?1 AND id = ?2 ORDER BY revision");
    collect(connection.prepare_cached(&sql)?.query_map([namespace, id], flow)?)
}

/// The flows that are there, of one namespace or of all, ordered by namespace and id.
pub(crate) fn list(connection: &Connection, namespace: Option<&str>) -> Result<Vec<Flow>, Error> {
    let sql = format!(
        "SELECT {COLUMNS} FROM flows WHERE current AND NOT deleted AND (?1 IS NULL OR namespace = ?1)
        ORDER BY namespace, id"
    );
    collect(connection.prepare_cached(&sql)?.query_map([namespace], flow)?)
}

/// The revisions stored after a number, with theirs; before the first only flows that are there count.
pub(crate) fn since(connection: &Connection, number: i64) -> Result<Vec<(i64, Flow)>, Error> {
    let sql = format!(
        "SELECT rowid, {COLUMNS} FROM flows WHERE rowid > ?1 AND (?1 > 0 OR current AND NOT deleted) ORDER BY rowid"
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map([number], |row| Ok((row.get("rowid")?, flow(row)?)))?;
    rows.map(|row| row.map_err(Error::from).and_then(|(number, flow)| Ok((number, flow?)))).collect()
}

/// Stores a draft as the next revision, unless the current one says the same.
pub(crate) fn save(connection: &Connection, draft: Draft, now: Timestamp) -> Result<Saved, Error> {
    match current(connection, &draft.namespace, &draft.id)? {
        Some(current) if same(&current, &draft) => return Ok(Saved::Same(current)),
        _ => {}
    }
    append(connection, draft, now).map(Saved::New)
}

/// Stores drafts made from these revisions; `None`, and nothing stored, when one of them is not current any more.
pub(crate) fn save_over(
    connection: &Connection,
    drafts: Vec<(i64, Draft)>,
    now: Timestamp,
) -> Result<Option<Vec<Saved>>, Error> {
    for (revision, draft) in &drafts {
        let found = existing(connection, &draft.namespace, &draft.id)?;
        if found.is_none_or(|found| found.revision != *revision) {
            return Ok(None);
        }
    }
    drafts.into_iter().map(|(_, draft)| save(connection, draft, now)).collect::<Result<_, _>>().map(Some)
}

/// Writes the revision that says the flow is gone.
pub(crate) fn delete(connection: &Connection, flow: Flow, now: Timestamp) -> Result<(), Error> {
    let Flow { namespace, id, source, body, .. } = flow;
    append(connection, Draft { namespace, id, deleted: true, source, body }, now).map(|_| ())
}

/// Forgets revisions for good; false when the flow is unknown.
pub(crate) fn delete_revisions(
    connection: &Connection,
    namespace: &str,
    id: &str,
    revisions: &[i64],
) -> Result<bool, Error> {
    let sql = "SELECT count(*) FROM flows WHERE namespace = ?1 AND id = ?2";
    let known: i64 = connection.prepare_cached(sql)?.query_row([namespace, id], |row| row.get(0))?;
    let sql = "DELETE FROM flows WHERE namespace = ?1 AND id = ?2 AND revision = ?3";
    let mut statement = connection.prepare_cached(sql)?;
    for revision in revisions {
        statement.execute(params![namespace, id, revision])?;
    }
    Ok(known > 0)
}

/// The number the next revision of a flow gets; 1 when it never existed.
pub(crate) fn next_revision(connection: &Connection, namespace: &str, id: &str) -> Result<i64, Error> {
    let sql = "SELECT coalesce(max(revision), 0) + 1 FROM flows WHERE namespace = ?1 AND id = ?2";
    Ok(connection.prepare_cached(sql)?.query_row([namespace, id], |row| row.get(0))?)
}

fn append(connection: &Connection, draft: Draft, now: Timestamp) -> Result<Flow, Error> {
    let updated = Some(now.to_string());
    let Draft { namespace, id, deleted, source, body } = draft;
    let revision = next_revision(connection, &namespace, &id)?;
    let sql = "UPDATE flows SET current = 0 WHERE namespace = ?1 AND id = ?2 AND current";
    connection.prepare_cached(sql)?.execute([&namespace, &id])?;
    let sql = "INSERT INTO flows (namespace, id, revision, current, deleted, updated, source, body)
        VALUES (?1, ?2, ?3, 1, ?4, ?5, ?6, ?7)";
    let row = params![namespace, id, revision, deleted, updated, source, serde_json::to_string(&body)?];
    connection.prepare_cached(sql)?.execute(row)?;
    Ok(Flow { namespace, id, revision, deleted, updated, source, body })
}

/// Kestra compares the text, without its first `revision:` line, and the two flags that are not only text.
fn same(current: &Flow, draft: &Draft) -> bool {
    current.deleted == draft.deleted
        && current.body.get("disabled") == draft.body.get("disabled")
        && same_source(&current.source, &draft.source)
}

fn collect<R>(rows: R) -> Result<Vec<Flow>, Error>
where
    R: Iterator<Item = rusqlite::Result<Result<Flow, Error>>>,
{
    rows.map(|row| row?).collect()
}

fn flow(row: &Row<'_>) -> rusqlite::Result<Result<Flow, Error>> {
    let body: String = row.get("body")?;
    let (namespace, id, revision) = (row.get("namespace")?, row.get("id")?, row.get("revision")?);
    let (deleted, updated, source) = (row.get("deleted")?, row.get("updated")?, row.get("source")?);
    Ok(serde_json::from_str(&body)
        .map(|body| Flow { namespace, id, revision, deleted, updated, source, body })
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

    fn draft(source: &str) -> Draft {
        let (namespace, id) = ("a.b".into(), "f".into());
        Draft { namespace, id, deleted: false, source: source.into(), body: Map::new() }
    }

    fn store(db: &Connection, source: &str) -> (bool, i64) {
        match save(db, draft(source), Timestamp::now()).unwrap() {
            Saved::New(flow) => (true, flow.revision),
            Saved::Same(flow) => (false, flow.revision),
        }
    }

    #[test]
    fn exact_text_decides_about_a_revision() {
        let db = database();
        for (source, expected) in [
            ("id: f\n", (true, 1)),
            ("id: f\n", (false, 1)),
            ("id: f\n\n", (true, 2)),
            ("id: f\n\nrevision: 7\n", (false, 2)),
            ("id: f\n# c\n", (true, 3)),
            ("revision: 9\nid: f\n# c\n", (false, 3)),
            ("revision: x\nid: f\n# c\n", (true, 4)),
        ] {
            assert_eq!(store(&db, source), expected, "{source:?}");
        }
    }

    #[test]
    fn a_deletion_is_a_revision_and_counting_goes_on() {
        let db = database();
        store(&db, "one");
        let flow = existing(&db, "a.b", "f").unwrap().unwrap();
        delete(&db, flow, Timestamp::now()).unwrap();
        assert_eq!(existing(&db, "a.b", "f").unwrap(), None);
        let gone = current(&db, "a.b", "f").unwrap().unwrap();
        assert_eq!((gone.revision, gone.deleted), (2, true));
        assert_eq!(store(&db, "one"), (true, 3), "the same text comes back as a new revision");
        assert_eq!(revisions(&db, "a.b", "f").unwrap().len(), 3);
        assert_eq!(list(&db, Some("a.b")).unwrap().len(), 1);
    }

    #[test]
    fn a_draft_of_an_older_revision_is_not_stored() {
        let db = database();
        let over =
            |revision, source| save_over(&db, vec![(revision, draft(source))], Timestamp::now()).unwrap();
        assert!(over(1, "one").is_none(), "there is no flow yet");
        store(&db, "one");
        assert!(matches!(over(1, "two").as_deref(), Some([Saved::New(_)])));
        assert!(over(1, "three").is_none());
        delete(&db, existing(&db, "a.b", "f").unwrap().unwrap(), Timestamp::now()).unwrap();
        assert!(over(2, "three").is_none() && over(3, "three").is_none());
        assert_eq!(revisions(&db, "a.b", "f").unwrap().len(), 3);
    }

    #[test]
    fn a_flow_without_its_current_revision_is_not_there() {
        let db = database();
        store(&db, "one");
        store(&db, "two");
        assert!(delete_revisions(&db, "a.b", "f", &[2]).unwrap());
        assert_eq!(current(&db, "a.b", "f").unwrap(), None);
        assert_eq!(revision(&db, "a.b", "f", 1).unwrap().unwrap().source, "one");
        assert!(!delete_revisions(&db, "a.b", "nope", &[1]).unwrap());
    }
}
