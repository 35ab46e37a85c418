//! The catalogs of Kestra's plugins are what Kestra's own engine says; it is asked again, so that nobody edits them by hand.

use std::collections::BTreeMap;

use harness::Engine;
use schema::KestraLine;

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
