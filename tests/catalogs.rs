//! The catalogs of Kestra's plugins are what Kestra's own engine says; it is asked again, so that nobody edits them by hand.

use std::collections::BTreeMap;

use harness::Engine;
use schema::{
    KestraLine,
    catalog::{Catalog, Entry, Type, server},
};

use crate::golden;

#[test]
fn the_catalogs_are_what_kestra_says() {
    let mut files = BTreeMap::new();
    for line in KestraLine::ALL {
        let Some(engine) = Engine::start(line, "catalog") else { return };
        let entries = engine.answers();
        assert!(entries.len() > 100, "{line} has {} entries", entries.len());
        // An entry per line: a review sees which plugin changes.
        let text = format!("[\n{}\n]\n", entries.join(",\n"));
        files.insert(format!("schema/catalogs/{line}.json"), Some(text));
    }
    golden::compare(&files);
}

/// What is read from the schema of a server is what the engine says about the same classes.
#[test]
fn a_servers_schema_says_what_the_catalogs_say() {
    for line in KestraLine::ALL {
        let Some(engine) = Engine::start(line, "schema") else { return };
        let schema = serde_json::from_str(&engine.answers().concat()).expect("JSON");
        let catalog = Catalog::of(line);
        let known = |entry: &Entry| catalog.plugin(&entry.name).or_else(|| catalog.model(&entry.name));
        let entries = server::entries(&schema, line).expect("a schema of a flow");
        let (known, new): (Vec<_>, Vec<_>) =
            entries.iter().map(|entry| (entry, known(entry))).partition(|(_, known)| known.is_some());
        assert!(known.len() > 100, "{line} has {} classes", known.len());
        // Kestra's own tests bring one.
        let new: Vec<&str> = new.iter().map(|(entry, _)| entry.name.as_str()).collect();
        assert!(new.is_empty() || new == ["io.kestra.core.utils.CountDownLatchTask"], "{line}: {new:?}");
        for (entry, known) in known {
            let known = known.expect("a known class");
            assert_eq!((entry.kind, &entry.aliases), (known.kind, &known.aliases), "{line} {}", entry.name);
            for (name, property) in &entry.properties {
                let other = &known.properties[name];
                let place = format!("{line} {} {name}", entry.name);
                assert_eq!(property.kind, as_in_schemas(&other.kind), "{place}");
                assert_eq!(
                    (property.required, property.deprecated),
                    (other.required, other.deprecated),
                    "{place}"
                );
            }
        }
    }
}

/// Kestra's schemas leave out one value that its reader takes.
fn as_in_schemas(kind: &Type) -> Type {
    match kind {
        Type::Enum(values) => {
            Type::Enum(values.iter().filter(|value| *value != "REUSABLE_INPUTS").cloned().collect())
        }
        kind => kind.clone(),
    }
}
