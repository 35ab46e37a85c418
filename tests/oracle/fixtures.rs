//! Kestra's own flows with fixtures in place of every task that holds no others: Kestra takes them, and all else is the same.

use std::collections::BTreeMap;

use harness::engine::corpus;
use schema::KestraLine;
use schema::fixtures::{Fixture, with_fixtures};
use schema::flow::{Flow, Place};
use serde_json::{Value, json};

use super::{judge, unpublished::known};

#[test]
fn kestras_own_flows_take_fixtures() {
    for line in KestraLine::ALL {
        let (Some(documents), Some(mut judge)) = (corpus(line, "valids"), judge(line)) else { return };
        let mut is_valid = |source: &str| {
            let asked = json!({"id": "fixtures", "source": source, "unpublished": known(line)});
            judge.ask(&asked)["valid"] == true
        };
        let mut checked = 0;
        for (name, source) in documents {
            let Ok(flow) = Flow::parse(&source) else { continue };
            if !is_valid(&source) {
                continue;
            }
            let leaves = leaves(&flow);
            let fixtures =
                leaves.iter().filter_map(|leaf| Some((leaf.text("id")?.into_owned(), Fixture::default())));
            let fixtures: BTreeMap<_, _> = fixtures.collect();
            let tested = with_fixtures(&source, &fixtures).unwrap_or_else(|error| panic!("{name}: {error}"));
            assert!(is_valid(&tested), "{name} on {line}: {tested}");
            let after = Flow::parse(&tested).unwrap_or_else(|problems| panic!("{name}: {problems}"));
            assert_eq!(others(&after, &leaves), others(&flow, &leaves), "{name}");
            checked += 1;
        }
        assert!(checked > 100, "{checked} flows of {line}");
    }
}

/// The tasks that hold no others.
fn leaves(flow: &Flow) -> Vec<Place<'_>> {
    let tasks = flow.tasks();
    let holds = |task: &Place<'_>| {
        let is_inside = |other: &Place<'_>| {
            other.path.length() > task.path.length() && other.path.prefix(task.path.length()) == task.path
        };
        tasks.iter().any(is_inside)
    };
    tasks.iter().filter(|task| !holds(task)).cloned().collect()
}

/// A flow without what starts it, and without these tasks.
fn others(flow: &Flow, tasks: &[Place<'_>]) -> Value {
    let mut whole = flow.root().to_json();
    whole.as_object_mut().map(|members| members.shift_remove("triggers"));
    for task in tasks {
        *whole.pointer_mut(&task.path.pointer()).expect("a task") = Value::Null;
    }
    whole
}
