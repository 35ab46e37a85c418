-- What the second layout added.
-- `number` is the order of creation. `body` is the execution as Kestra prints it; the other columns repeat parts of it.
CREATE TABLE executions (
    number    INTEGER NOT NULL PRIMARY KEY,
    id        TEXT NOT NULL UNIQUE,
    namespace TEXT NOT NULL,
    flow_id   TEXT NOT NULL,
    revision  INTEGER,
    state     TEXT NOT NULL,
    body      TEXT NOT NULL
) STRICT;
CREATE INDEX executions_of_flow ON executions (namespace, flow_id, number);

-- Files that an execution was started with, by their `kestra:///` addresses.
CREATE TABLE execution_files (
    uri          TEXT NOT NULL PRIMARY KEY,
    execution_id TEXT NOT NULL,
    content      BLOB NOT NULL
) STRICT;
CREATE INDEX execution_files_of_execution ON execution_files (execution_id);

-- Lines in the order they were written; `body` is the line as Kestra prints it.
CREATE TABLE logs (
    number       INTEGER NOT NULL PRIMARY KEY,
    namespace    TEXT NOT NULL,
    flow_id      TEXT NOT NULL,
    execution_id TEXT,
    body         TEXT NOT NULL
) STRICT;
CREATE INDEX logs_of_execution ON logs (execution_id, number);
CREATE INDEX logs_of_flow ON logs (namespace, flow_id);

-- What was said about triggers beside their flows: a trigger without a row is as its flow declares it.
CREATE TABLE triggers (
    namespace  TEXT NOT NULL,
    flow_id    TEXT NOT NULL,
    trigger_id TEXT NOT NULL,
    body       TEXT NOT NULL,
    PRIMARY KEY (namespace, flow_id, trigger_id)
) STRICT, WITHOUT ROWID;

INSERT INTO executions VALUES (5, '2Zb1kJ9d0aB3cD4eF5gH6i', 'a.b', 'f', 2, 'CREATED', '{"id":"2Zb1kJ9d0aB3cD4eF5gH6i","namespace":"a.b","flowId":"f","flowRevision":2,"state":{"current":"CREATED","histories":[{"state":"CREATED","date":"2026-01-02T03:04:05Z"}],"startDate":"2026-01-02T03:04:05Z"}}');
INSERT INTO execution_files VALUES ('kestra:///a/b/f/executions/2Zb1kJ9d0aB3cD4eF5gH6i/inputs/file/one.txt', '2Zb1kJ9d0aB3cD4eF5gH6i', x'6f6e65');
INSERT INTO logs VALUES (9, 'a.b', 'f', '2Zb1kJ9d0aB3cD4eF5gH6i', '{"namespace":"a.b","flowId":"f","executionId":"2Zb1kJ9d0aB3cD4eF5gH6i","timestamp":"2026-01-02T03:04:05Z","level":"WARN","message":"nobody executes"}');
INSERT INTO triggers VALUES ('a.b', 'f', 's', '{"disabled":true}');

PRAGMA user_version = 2;
