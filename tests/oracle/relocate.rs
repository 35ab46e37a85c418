//! Kestra's own flows, moved to other namespaces and back.

use std::collections::BTreeMap;

use harness::engine::corpus;
use schema::KestraLine;
use schema::flow::Flow;
use schema::relocate::relocate;

#[test]
fn kestras_own_flows_go_and_come_back() {
    let moves = |old: &str, new: &str| BTreeMap::from([(old.to_owned(), new.to_owned())]);
    for line in KestraLine::ALL {
        let Some(documents) = corpus(line, "valids") else { return };
        for (name, source) in documents {
            let Ok(flow) = Flow::parse(&source) else { continue };
            let Some(namespace) = flow.namespace() else { continue };
            let copy =
                relocate(&source, &moves("io", "pr-42.io")).unwrap_or_else(|error| panic!("{name}: {error}"));
            let moved = Flow::parse(&copy).unwrap_or_else(|problems| panic!("{name}: {problems}"));
            assert_eq!(moved.namespace().as_deref(), Some(&*format!("pr-42.{namespace}")), "{name}");
            assert_eq!(relocate(&copy, &moves("pr-42.io", "io")).as_ref(), Ok(&source), "{name}");
        }
    }
}
