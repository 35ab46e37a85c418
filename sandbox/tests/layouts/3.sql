-- What the third layout added.
CREATE TABLE dashboards (
    id      TEXT NOT NULL PRIMARY KEY,
    created TEXT NOT NULL,
    updated TEXT NOT NULL,
    source  TEXT NOT NULL,
    body    TEXT NOT NULL
) STRICT, WITHOUT ROWID;

INSERT INTO dashboards VALUES ('d', '2026-01-02T03:04:05Z', '2026-01-02T03:04:06Z', 'id: d
title: A dashboard
', '{"id":"d","title":"A dashboard"}');

PRAGMA user_version = 3;
