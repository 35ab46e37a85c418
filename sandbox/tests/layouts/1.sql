-- What the first layout created, and rows as a sandbox of that time wrote them.
CREATE TABLE settings (
    name  TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- A row per revision. `current` marks the revision that counts, deleted or not.
CREATE TABLE flows (
    namespace TEXT NOT NULL,
    id        TEXT NOT NULL,
    revision  INTEGER NOT NULL,
    current   INTEGER NOT NULL,
    deleted   INTEGER NOT NULL,
    updated   TEXT,
    source    TEXT NOT NULL,
    body      TEXT NOT NULL,
    PRIMARY KEY (namespace, id, revision)
) STRICT;
CREATE INDEX flows_current ON flows (namespace, id) WHERE current;

-- A deleted key stays, because its version goes on counting when it comes back.
CREATE TABLE kv (
    namespace   TEXT NOT NULL,
    key         TEXT NOT NULL,
    version     INTEGER NOT NULL,
    deleted     INTEGER NOT NULL,
    type        TEXT NOT NULL,
    value       TEXT NOT NULL,
    description TEXT,
    updated     TEXT NOT NULL,
    expires     TEXT,
    PRIMARY KEY (namespace, key)
) STRICT, WITHOUT ROWID;

-- A row per revision of a file; a directory has one row and no content. Times are epoch milliseconds.
CREATE TABLE namespace_files (
    namespace TEXT NOT NULL,
    path      TEXT NOT NULL,
    revision  INTEGER NOT NULL,
    current   INTEGER NOT NULL,
    created   INTEGER NOT NULL,
    modified  INTEGER NOT NULL,
    content   BLOB,
    PRIMARY KEY (namespace, path, revision)
) STRICT;
CREATE INDEX namespace_files_current ON namespace_files (namespace, path) WHERE current;

CREATE TABLE namespaces (
    id   TEXT NOT NULL PRIMARY KEY,
    body TEXT NOT NULL
) STRICT, WITHOUT ROWID;

INSERT INTO settings VALUES ('uuid', '2f6f1f0e-5a3c-4c43-9a43-5f2f6d1a9b10');
INSERT INTO flows VALUES ('a.b', 'f', 1, 0, 0, '2026-01-02T03:04:05.678Z', 'id: f
namespace: a.b
tasks: [{id: t, type: a.B}]
', '{"tasks":[{"id":"t","type":"a.B"}],"disabled":false}');
INSERT INTO flows VALUES ('a.b', 'f', 2, 1, 0, '2026-01-02T03:04:06Z', 'id: f
namespace: a.b
# two
tasks: [{id: t, type: a.B}]
', '{"tasks":[{"id":"t","type":"a.B"}],"disabled":false}');
INSERT INTO flows VALUES ('a.b', 'gone', 1, 0, 0, '2026-01-02T03:04:05Z', 'id: gone', '{"disabled":false}');
INSERT INTO flows VALUES ('a.b', 'gone', 2, 1, 1, NULL, 'id: gone', '{"disabled":false}');
INSERT INTO kv VALUES ('a.b', 'k', 3, 0, 'NUMBER', '42', 'the answer', '2026-01-02T03:04:05Z', '2999-01-01T00:00:00Z');
INSERT INTO kv VALUES ('a.b', 'gone', 7, 1, 'STRING', '"x"', NULL, '2026-01-02T03:04:05Z', NULL);
INSERT INTO namespace_files VALUES ('a.b', '/d', 1, 1, 1000, 1000, NULL);
INSERT INTO namespace_files VALUES ('a.b', '/d/one.txt', 1, 0, 1000, 1000, x'6f6e65');
INSERT INTO namespace_files VALUES ('a.b', '/d/one.txt', 2, 1, 1000, 2000, x'74776f');
INSERT INTO namespaces VALUES ('a.b', '{"id":"a.b","description":"ours","deleted":false}');

PRAGMA user_version = 1;
