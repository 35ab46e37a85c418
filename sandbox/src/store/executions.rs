//! Executions as Kestra prints them, in the order of their creation. Whoever runs them writes whole documents.

use rusqlite::{Connection, OptionalExtension, Row, params};
use schema::state::is_terminal;
use serde_json::{Map, Value};

use super::Error;

/// An execution in Kestra's own shape.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Execution(pub(crate) Map<String, Value>);

impl Execution {
    pub(crate) fn id(&self) -> &str {
        self.text("id")
    }

    pub(crate) fn namespace(&self) -> &str {
        self.text("namespace")
    }

    pub(crate) fn flow_id(&self) -> &str {
        self.text("flowId")
    }

    /// The revision of the flow it is an execution of.
    pub(crate) fn revision(&self) -> Option<i64> {
        self.0.get("flowRevision")?.as_i64()
    }

    /// The current state, such as `CREATED`.
    pub(crate) fn state(&self) -> &str {
        self.state_text("current")
    }

    /// When it was created, as an ISO-8601 instant.
    pub(crate) fn start_date(&self) -> &str {
        self.state_text("startDate")
    }

    /// When it ended; empty before that.
    pub(crate) fn end_date(&self) -> &str {
        self.state_text("endDate")
    }

    /// How many states it has had; it never gets fewer.
    pub(crate) fn states(&self) -> usize {
        let histories = self.0.get("state").and_then(|state| state.get("histories"));
        histories.and_then(Value::as_array).map_or(0, Vec::len)
    }

    pub(crate) fn is_terminated(&self) -> bool {
        is_terminal(self.state())
    }

    /// A property that is a text; empty when it is absent.
    pub(crate) fn text(&self, name: &str) -> &str {
        self.0.get(name).and_then(Value::as_str).unwrap_or_default()
    }

    fn state_text(&self, name: &str) -> &str {
        let state = self.0.get("state").and_then(|state| state.get(name));
        state.and_then(Value::as_str).unwrap_or_default()
    }
}

/// Stores a new execution; its id must be new too.
pub(crate) fn insert(connection: &Connection, execution: &Execution) -> Result<(), Error> {
    let sql = "INSERT INTO executions (id, namespace, flow_id, revision, state, body) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
    let body = serde_json::to_string(&execution.0)?;
    let (namespace, flow) = (execution.namespace(), execution.flow_id());
    let row = params![execution.id(), namespace, flow, execution.revision(), execution.state(), body];
    connection.prepare_cached(sql)?.execute(row)?;
    Ok(())
}

/// Replaces what is known about an execution; false when there is none.
pub(crate) fn update(connection: &Connection, execution: &Execution) -> Result<bool, Error> {
    let sql = "UPDATE executions SET revision = ?2, state = ?3, body = ?4 WHERE id = ?1";
    let body = serde_json::to_string(&execution.0)?;
    let row = params![execution.id(), execution.revision(), execution.state(), body];
    Ok(connection.prepare_cached(sql)?.execute(row)? > 0)
}

/// One execution.
pub(crate) fn get(connection: &Connection, id: &str) -> Result<Option<Execution>, Error> {
    let mut statement = connection.prepare_cached("SELECT body FROM executions WHERE id = ?1")?;
    statement.query_row([id], execution).optional()?.transpose()
}

/// The executions that pass, the oldest first; they are read one by one, and only what passes is kept.
pub(crate) fn search(
    connection: &Connection,
    passes: impl Fn(&Execution) -> bool,
) -> Result<Vec<Execution>, Error> {
    let mut statement = connection.prepare_cached("SELECT body FROM executions ORDER BY number")?;
    let mut found = Vec::new();
    for row in statement.query_map([], execution)? {
        found.push(row??);
        found.pop_if(|execution| !passes(execution));
    }
    Ok(found)
}

/// The executions that have only been created, in their order.
pub(crate) fn created(connection: &Connection) -> Result<Vec<Execution>, Error> {
    let sql = "SELECT body FROM executions WHERE state = 'CREATED' ORDER BY number";
    let mut statement = connection.prepare_cached(sql)?;
    statement.query_map([], execution)?.map(|row| row?).collect()
}

/// What an execution is found by without its document being read.
pub(crate) struct Head<'a> {
    pub(crate) id: &'a str,
    pub(crate) namespace: &'a str,
    pub(crate) flow_id: &'a str,
    pub(crate) state: &'a str,
}

/// The numbers of the executions whose heads pass, the newest first.
pub(crate) fn numbers(
    connection: &Connection,
    passes: impl Fn(&Head<'_>) -> bool,
) -> Result<Vec<i64>, Error> {
    let sql = "SELECT number, id, namespace, flow_id, state FROM executions ORDER BY number DESC";
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query([])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let text = |column| Ok::<_, rusqlite::Error>(row.get_ref(column)?.as_str()?);
        let (id, namespace) = (text("id")?, text("namespace")?);
        if passes(&Head { id, namespace, flow_id: text("flow_id")?, state: text("state")? }) {
            found.push(row.get("number")?);
        }
    }
    Ok(found)
}

/// Executions by their numbers, in the order of these; one that is not there any more is left out.
pub(crate) fn numbered(connection: &Connection, numbers: &[i64]) -> Result<Vec<Execution>, Error> {
    let mut statement = connection.prepare_cached("SELECT body FROM executions WHERE number = ?1")?;
    let found = numbers.iter().map(|number| statement.query_row([number], execution).optional()?.transpose());
    found.filter_map(Result::transpose).collect()
}

/// How many executions a flow has.
pub(crate) fn count(connection: &Connection, namespace: &str, flow_id: &str) -> Result<usize, Error> {
    let sql = "SELECT count(*) FROM executions WHERE namespace = ?1 AND flow_id = ?2";
    let count: u32 = connection.prepare_cached(sql)?.query_row([namespace, flow_id], |row| row.get(0))?;
    Ok(count as usize)
}

/// The newest executions of a flow, at most so many.
pub(crate) fn newest(
    connection: &Connection,
    namespace: &str,
    flow_id: &str,
    most: u32,
) -> Result<Vec<Execution>, Error> {
    let sql =
        "SELECT body FROM executions WHERE namespace = ?1 AND flow_id = ?2 ORDER BY number DESC LIMIT ?3";
    let mut statement = connection.prepare_cached(sql)?;
    let rows = statement.query_map(params![namespace, flow_id, most], execution)?;
    rows.map(|row| row.map_err(Error::from).flatten()).collect()
}

/// The newest execution of a flow.
pub(crate) fn latest(
    connection: &Connection,
    namespace: &str,
    flow_id: &str,
) -> Result<Option<Execution>, Error> {
    Ok(newest(connection, namespace, flow_id, 1)?.pop())
}

/// Forgets an execution with its files; false when there is none.
pub(crate) fn delete(connection: &Connection, id: &str) -> Result<bool, Error> {
    connection.prepare_cached("DELETE FROM execution_files WHERE execution_id = ?1")?.execute([id])?;
    Ok(connection.prepare_cached("DELETE FROM executions WHERE id = ?1")?.execute([id])? > 0)
}

fn execution(row: &Row<'_>) -> rusqlite::Result<Result<Execution, Error>> {
    let body: String = row.get("body")?;
    Ok(serde_json::from_str(&body).map(Execution).map_err(Error::from))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn named(id: &str, state: &str) -> Execution {
        let body = json!({
            "id": id, "namespace": "a.b", "flowId": "f", "flowRevision": 2, "inputs": {"n": null},
            "state": {"current": state, "startDate": "2026-01-01T00:00:00Z"},
        });
        Execution(body.as_object().unwrap().clone())
    }

    fn ids(found: Vec<Execution>) -> Vec<String> {
        found.iter().map(|execution| execution.id().to_owned()).collect()
    }

    #[test]
    fn executions_keep_their_order_while_they_change() {
        let mut db = Connection::open_in_memory().unwrap();
        super::super::migrations::apply(&mut db).unwrap();
        for id in ["one", "two", "three"] {
            insert(&db, &named(id, "CREATED")).unwrap();
        }
        assert!(insert(&db, &named("one", "CREATED")).is_err(), "an id is used once");
        assert!(update(&db, &named("one", "RUNNING")).unwrap());
        assert!(!update(&db, &named("nope", "RUNNING")).unwrap());
        assert_eq!(get(&db, "one").unwrap(), Some(named("one", "RUNNING")));
        assert_eq!(ids(search(&db, |_| true).unwrap()), ["one", "two", "three"]);
        assert_eq!(ids(search(&db, |found| found.state() == "CREATED").unwrap()), ["two", "three"]);
        assert_eq!(latest(&db, "a.b", "f").unwrap().unwrap().id(), "three");
        assert_eq!(ids(newest(&db, "a.b", "f", 2).unwrap()), ["three", "two"]);
        assert_eq!((count(&db, "a.b", "f").unwrap(), count(&db, "a", "f").unwrap()), (3, 0));
        let created = |head: &Head<'_>| (head.namespace, head.flow_id, head.state) == ("a.b", "f", "CREATED");
        assert_eq!(numbers(&db, created).unwrap(), [3, 2]);
        assert_eq!(numbers(&db, |head| head.id == "one").unwrap(), [1]);
        assert_eq!(ids(numbered(&db, &[3, 9, 1]).unwrap()), ["three", "one"]);
        assert_eq!([delete(&db, "three").unwrap(), delete(&db, "three").unwrap()], [true, false]);
        assert_eq!(latest(&db, "a.b", "f").unwrap().unwrap().id(), "two");
    }
}
