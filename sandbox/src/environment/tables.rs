//! What an environment consists of: a row per table of the store. A test holds the two together.

use serde_json::{Map, Value};

use super::names::{path, revision, segment};

/// A row of a table without its file, by the names of the columns.
pub(super) type Line = Map<String, Value>;

/// How a table of the store travels.
pub(super) struct Table {
    pub(super) name: &'static str,
    /// What people call its rows.
    pub(super) label: &'static str,
    /// The order of the rows, which also tells them apart.
    pub(super) key: &'static [&'static str],
    /// What names an object, which may have many rows: a merge leaves an object alone that is there.
    pub(super) object: &'static [&'static str],
    /// The columns with texts and numbers.
    pub(super) plain: &'static [&'static str],
    /// The column with a document.
    pub(super) document: Option<Document>,
    /// The column whose content is a file.
    pub(super) file: Option<File>,
    /// Whether it tells what has happened, and not how things are.
    pub(super) is_history: bool,
}

/// A column with JSON.
pub(super) struct Document {
    pub(super) column: &'static str,
    /// Whether anything but an object is damaged.
    pub(super) is_object: bool,
}

/// A column that is kept as a file of its own.
pub(super) struct File {
    pub(super) column: &'static str,
    pub(super) is_text: bool,
    /// The name of the file, below a folder with the table's name.
    pub(super) name: fn(&Line) -> String,
}

/// The column that counts rows as they are written; it goes on counting when rows are added to others.
pub(super) const NUMBER: &str = "number";

const BODY: Option<Document> = Some(Document { column: "body", is_object: true });

pub(super) const TABLES: &[Table] = &[
    Table {
        name: "settings",
        label: "settings",
        key: &["name"],
        object: &["name"],
        plain: &["name", "value"],
        document: None,
        file: None,
        is_history: false,
    },
    Table {
        name: "documents",
        label: "objects",
        key: &["kind", "id"],
        object: &["kind", "id"],
        plain: &["kind", "id"],
        document: BODY,
        file: None,
        is_history: false,
    },
    Table {
        name: "flows",
        label: "flow revisions",
        key: &["namespace", "id", "revision"],
        object: &["namespace", "id"],
        plain: &["namespace", "id", "revision", "current", "deleted", "updated"],
        document: BODY,
        file: Some(File {
            column: "source",
            is_text: true,
            name: |line| {
                let name = format!("{}/{}.yaml", at(line, "namespace"), at(line, "id"));
                revision(&name, &text(line, "revision"))
            },
        }),
        is_history: false,
    },
    Table {
        name: "kv",
        label: "KV entries",
        key: &["namespace", "key"],
        object: &["namespace", "key"],
        plain: &["namespace", "key", "version", "deleted", "type", "description", "updated", "expires"],
        document: Some(Document { column: "value", is_object: false }),
        file: None,
        is_history: false,
    },
    Table {
        name: "namespace_files",
        label: "file revisions and directories",
        key: &["namespace", "path", "revision"],
        object: &["namespace", "path"],
        plain: &["namespace", "path", "revision", "current", "created", "modified"],
        document: None,
        file: Some(File {
            column: "content",
            is_text: false,
            name: |line| {
                let name = format!("{}/{}", at(line, "namespace"), path(&text(line, "path")));
                revision(&name, &text(line, "revision"))
            },
        }),
        is_history: false,
    },
    Table {
        name: "triggers",
        label: "trigger states",
        key: &["namespace", "flow_id", "trigger_id"],
        object: &["namespace", "flow_id", "trigger_id"],
        plain: &["namespace", "flow_id", "trigger_id"],
        document: BODY,
        file: None,
        is_history: false,
    },
    Table {
        name: "dashboards",
        label: "dashboards",
        key: &["id"],
        object: &["id"],
        plain: &["id", "created", "updated"],
        document: BODY,
        file: Some(File { column: "source", is_text: true, name: |line| format!("{}.yaml", at(line, "id")) }),
        is_history: false,
    },
    Table {
        name: "executions",
        label: "executions",
        key: &[NUMBER],
        object: &["id"],
        plain: &[NUMBER, "id", "namespace", "flow_id", "revision", "state"],
        document: BODY,
        file: None,
        is_history: true,
    },
    Table {
        name: "execution_files",
        label: "files of executions",
        key: &["uri"],
        object: &["execution_id"],
        plain: &["uri", "execution_id"],
        document: None,
        file: Some(File {
            column: "content",
            is_text: false,
            name: |line| path(text(line, "uri").trim_start_matches("kestra://")),
        }),
        is_history: true,
    },
    Table {
        name: "logs",
        label: "log lines",
        key: &[NUMBER],
        object: &["execution_id"],
        plain: &[NUMBER, "namespace", "flow_id", "execution_id"],
        document: BODY,
        file: None,
        is_history: true,
    },
];

impl Table {
    /// The file with a line per row.
    pub(super) fn index(&self) -> String {
        format!("{}.jsonl", self.name)
    }

    /// The file of a row.
    pub(super) fn file_of(&self, file: &File, line: &Line) -> String {
        format!("{}/{}", self.name, (file.name)(line))
    }

    /// Every column: the plain ones, the document, the file.
    pub(super) fn columns(&self) -> Vec<&'static str> {
        let document = self.document.iter().map(|document| document.column);
        let file = self.file.iter().map(|file| file.column);
        self.plain.iter().copied().chain(document).chain(file).collect()
    }
}

/// A text or a number of a row; empty where there is neither.
fn text(line: &Line, column: &str) -> String {
    match line.get(column) {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Number(number)) => number.to_string(),
        _ => String::new(),
    }
}

/// The same as a segment of a path.
fn at(line: &Line, column: &str) -> String {
    segment(&text(line, column))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use rusqlite::Connection;

    use super::*;
    use crate::store::migrate;

    fn names(db: &Connection, sql: &str) -> BTreeSet<String> {
        let mut statement = db.prepare(sql).unwrap();
        statement.query_map([], |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap()
    }

    #[test]
    fn an_environment_has_every_table_and_column_of_the_store() {
        let mut db = Connection::open_in_memory().unwrap();
        migrate(&mut db).unwrap();
        let tables: BTreeSet<String> = TABLES.iter().map(|table| table.name.to_owned()).collect();
        assert_eq!(tables, names(&db, "SELECT name FROM sqlite_schema WHERE type = 'table'"));
        for table in TABLES {
            let columns = table.columns().iter().map(|column| (*column).to_owned()).collect();
            let sql = format!("SELECT name FROM pragma_table_info('{}')", table.name);
            assert_eq!(names(&db, &sql), columns, "{}", table.name);
            let key = table.key.iter().map(|column| (*column).to_owned()).collect();
            assert_eq!(names(&db, &format!("{sql} WHERE pk > 0")), key, "{}", table.name);
        }
    }
}
