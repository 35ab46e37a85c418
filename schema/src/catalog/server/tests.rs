//! Schemas of the shape that Kestra gives become entries, and flows are checked with them.

use serde_json::json;

use super::*;
use crate::catalog::{Catalog, Items, Text, Type};
use crate::flow::{Severity, check_source_with};
use crate::line::KestraLine::V2_0;

const LOAD: &str = "com.example.Load";

/// What a server answers that has one plugin more: a task with a model of its own, told apart in Kestra's two ways.
fn schema() -> Json {
    let task =
        |name: &str| json!({"allOf": [{"$ref": format!("#/definitions/{name}")}, {"$dynamic": false}]});
    let tasks =
        json!({"type": "array", "items": {"anyOf": [task("io.kestra.plugin.core.log.Log"), task(LOAD)]}});
    json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "$ref": "#/definitions/io.kestra.core.models.flows.Flow",
        "definitions": {
            "io.kestra.core.models.flows.Flow": {"type": "object", "properties": {"tasks": tasks}},
            "io.kestra.plugin.core.log.Log": {
                "type": "object",
                "properties": {"type": {"const": "io.kestra.plugin.core.log.Log"}},
            },
            LOAD: {
                "type": "object",
                "title": "Load rows",
                "required": ["id", "table", "type"],
                "properties": {
                    "id": {"type": "string", "minLength": 1},
                    "type": {"enum": [LOAD, "com.example.OldLoad"]},
                    "table": {"type": "string", "$dynamic": true},
                    "mode": {"type": "string", "enum": ["APPEND", "REPLACE"], "default": "APPEND"},
                    "batch": {"type": "integer", "minimum": 1},
                    "waits": {"anyOf": [{"type": "string", "format": "duration", "$dynamic": true}, {"type": "string"}]},
                    "target": {"$ref": "#/definitions/com.example.Load-Target-2"},
                    "then": tasks,
                    "old": {"type": "boolean", "$deprecated": true},
                    "disabled": {"type": "boolean", "default": false},
                },
            },
            "com.example.Load-Target-1": {
                "type": "object",
                "required": ["host"],
                "properties": {"host": {"type": "string"}, "type": {"type": "string"}},
            },
            "com.example.Load-Target-2": {
                "allOf": [
                    {"$ref": "#/definitions/com.example.Load-Target-1"},
                    {"type": "object", "required": ["type"], "properties": {"type": {"const": "remote"}}},
                ],
            },
            "java.lang.Void": {"type": "object", "properties": {}},
        },
    })
}

fn read() -> Vec<Entry> {
    entries(&schema(), V2_0).expect("a schema of a flow")
}

#[test]
fn classes_become_entries() {
    let entries = read();
    let names: Vec<&str> = entries.iter().map(|entry| entry.name.as_str()).collect();
    assert_eq!(
        names,
        [
            "com.example.Load",
            "com.example.Load$Target",
            "io.kestra.core.models.flows.Flow",
            "io.kestra.plugin.core.log.Log"
        ]
    );
    let load = &entries[0];
    assert_eq!((load.kind, &*load.aliases), (Kind::Task, &["com.example.OldLoad".to_owned()][..]));
    assert!(load.property("type").is_none(), "the name says it");
    assert_eq!(load.base.as_deref(), Some("io.kestra.core.models.tasks.Task"));
    assert!(
        load.property("disabled").is_none() && load.property("id").is_some(),
        "the base says it, unless it differs"
    );
    let kind = |name: &str| &load.properties[name].kind;
    assert_eq!(kind("mode"), &Type::Enum(vec!["APPEND".to_owned(), "REPLACE".to_owned()]));
    assert_eq!(kind("target"), &Type::Model("com.example.Load$Target".to_owned()));
    let tasks = Items { of: Type::Plugin(Kind::Task), min_items: None, max_items: None };
    assert_eq!(kind("then"), &Type::List(Box::new(tasks)));
    assert!(matches!(kind("waits"), Type::One(kinds) if kinds.contains(&Type::String(Text::default()))));
    let marks = |name: &str| {
        let property = &load.properties[name];
        (property.required, property.dynamic, property.deprecated)
    };
    assert_eq!(marks("table"), (true, Dynamic::Any, false));
    assert_eq!(marks("waits"), (false, Dynamic::Any, false));
    assert_eq!(marks("old"), (false, Dynamic::Never, true));
    // What comes twice is one class.
    let target = &entries[1].properties;
    assert!(target["host"].required && target["type"].required);
    assert_eq!(target["type"].kind, Type::Enum(vec!["remote".to_owned()]));
}

#[test]
fn entries_survive_being_written() {
    let text = serde_json::to_string(&read()).expect("JSON");
    let again: Vec<Entry> = serde_json::from_str(&text).expect("entries");
    let told = |entries: &[Entry]| -> Vec<_> {
        let told = entries.iter().map(|entry| (entry.name.clone(), entry.kind, entry.properties.clone()));
        told.collect()
    };
    assert_eq!(told(&again), told(&read()));
    assert!(!text.contains("null") && !text.contains("\"open\""), "{text}");
}

#[test]
fn schemas_that_refer_to_themselves_come_to_an_end() {
    let itself = json!({"$ref": "#/definitions/com.example.Circle"});
    let more = json!({
        "com.example.Circle": {"anyOf": [itself, {"type": "string"}]},
        "com.example.Twice-1": {"allOf": [{"$ref": "#/definitions/com.example.Twice-2"}], "properties": {}},
        "com.example.Twice-2": {
            "allOf": [{"$ref": "#/definitions/com.example.Twice-1"}],
            "properties": {"next": {"$ref": "#/definitions/com.example.Twice-2"}, "circle": itself},
        },
    });
    let mut schema = schema();
    schema["definitions"].as_object_mut().expect("a map").extend(more.as_object().expect("a map").clone());
    let entries = entries(&schema, V2_0).expect("a schema of a flow");
    let twice = entries.iter().find(|entry| entry.name == "com.example.Twice").expect("the class");
    assert_eq!(twice.properties["next"].kind, Type::Model("com.example.Twice".to_owned()));
    let Type::One(kinds) = &twice.properties["circle"].kind else { panic!("alternatives") };
    assert!(kinds.contains(&Type::String(Text::default())), "{kinds:?}");
}

#[test]
fn what_is_no_schema_is_refused() {
    for document in [json!(null), json!([]), json!({}), json!({"definitions": {"a": {"properties": {}}}})] {
        assert_eq!(entries(&document, V2_0).err(), Some(NoSchema), "{document}");
    }
}

#[test]
fn flows_are_checked_with_the_plugins_of_a_server() {
    let catalog = Catalog::extended(V2_0, read());
    let found = |properties: &str| -> Vec<(Severity, &str, String)> {
        let source = format!("id: a\nnamespace: b\ntasks:\n  - id: load\n    type: {LOAD}\n{properties}");
        let (_, problems) = check_source_with(&source, &[catalog]);
        problems.into_iter().map(|found| (found.severity, found.code, found.path.to_string())).collect()
    };
    let (error, warning) = (Severity::Error, Severity::Warning);
    for (properties, expected) in [
        ("    table: orders\n    batch: 5\n    disabled: true\n    timeout: PT1M\n", vec![]),
        ("", vec![(error, "required-property", "tasks[0].table")]),
        ("    table: a\n    mode: APEND\n", vec![(error, "value-type", "tasks[0].mode")]),
        ("    table: a\n    batch: 0\n", vec![(error, "limit", "tasks[0].batch")]),
        // A server's schema may leave out what its reader takes.
        ("    table: a\n    tabel: b\n", vec![(warning, "unknown-property", "tasks[0].tabel")]),
        (
            "    table: a\n    then: [{id: b, type: io.kestra.plugin.core.log.Log, message: c, mesage: d}]\n",
            vec![(error, "unknown-property", "tasks[0].then[0].mesage")],
        ),
    ] {
        let expected: Vec<_> =
            expected.into_iter().map(|(severity, code, path)| (severity, code, path.to_owned())).collect();
        assert_eq!(found(properties), expected, "{properties}");
    }
    assert!(catalog.is_certain("io.kestra.plugin.core.log.Log") && !catalog.is_certain(LOAD));
    assert_eq!(catalog.line(), V2_0);
}
