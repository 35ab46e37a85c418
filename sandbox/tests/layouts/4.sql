-- What the fourth layout changed.
-- Tells a sandbox's files from those of other programs: `flow` in ASCII.
PRAGMA application_id = 0x666C6F77;

-- Objects that are written and read whole, by kind and id.
CREATE TABLE documents (
    kind TEXT NOT NULL,
    id   TEXT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (kind, id)
) STRICT, WITHOUT ROWID;
INSERT INTO documents (kind, id, body) SELECT 'namespace', id, body FROM namespaces;
DROP TABLE namespaces;

-- One revision counts; now the file itself says so.
DROP INDEX flows_current;
CREATE UNIQUE INDEX flows_current ON flows (namespace, id) WHERE current;
DROP INDEX namespace_files_current;
CREATE UNIQUE INDEX namespace_files_current ON namespace_files (namespace, path) WHERE current;

PRAGMA user_version = 4;
