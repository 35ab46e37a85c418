//! Our answers against Kestra's own, word for word: the sandbox gives them in Kestra's place.

use std::{
    collections::BTreeSet,
    io::{self, Write},
};

use schema::{
    KestraLine,
    flow::{Flow, Stage, check, refusal},
};
use serde_json::{Value, json};

use super::{corners, judge, unpublished::known};

/// The lines with which we refuse a flow when values break constraints; Kestra sends them in no fixed order.
fn ours(source: &str, line: KestraLine) -> Option<BTreeSet<String>> {
    let flow = Flow::parse(source).ok()?;
    let refusal = refusal(Some(flow.root()), &check(&flow, line), line)?;
    let lines = refusal.message.lines().map(plain).collect();
    (refusal.stage == Stage::Constraints).then_some(lines)
}

/// Kestra's lines, without what an endpoint puts before the first.
fn theirs(problems: &Value) -> BTreeSet<String> {
    let lines = problems.as_array().into_iter().flatten().filter_map(Value::as_str);
    lines.map(|line| plain(line.trim_start_matches("Validation error:"))).collect()
}

/// A line without the space and the colon before what is wrong with the flow as a whole.
fn plain(line: &str) -> String {
    line.trim().trim_start_matches(": ").to_owned()
}

#[test]
fn constraints_are_answered_in_kestras_words() {
    for line in KestraLine::ALL {
        let Some(mut engine) = judge(line) else { return };
        let (mut same, mut others) = (0, Vec::new());
        for (name, source) in corners() {
            let Some(ours) = ours(&source, line) else { continue };
            let verdict = engine.ask(&json!({"id": name, "source": source, "unpublished": known(line)}));
            let theirs = theirs(&verdict["problems"]);
            if ours == theirs {
                same += 1;
            } else {
                others.push(format!("{name}\n  Kestra {theirs:?}\n  we     {ours:?}"));
            }
        }
        let asked = same + others.len();
        let _ = writeln!(io::stderr(), "\nwords: {same} of {asked} refusals are Kestra's own on {line}");
        assert!(asked > 50, "{asked} refusals");
        assert!(same * 100 >= asked * 75, "{same} of {asked}:\n{}", others.join("\n"));
    }
}
