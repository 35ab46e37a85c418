//! The runs of tasks over time: a row for each, with a bar that shows when it waited and when it ran.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use maud::{Markup, html};
use serde_json::Value;

use super::parts;
use crate::store::executions::Execution;

/// The width of a bar that lasts as long as the execution.
const WIDTH: i64 = 1000;

/// A run that is too short to be seen is made so wide.
const NARROWEST: i64 = 4;

/// One run of a task.
struct Run<'a> {
    task: &'a str,
    /// What it is a run for: the item of a loop.
    value: &'a str,
    state: &'a str,
    /// How many runs it is inside of.
    depth: usize,
    start: i64,
    /// When it left the queue.
    begin: i64,
    end: i64,
}

pub(super) fn show(execution: &Execution, now: Timestamp) -> Markup {
    let runs = runs(execution, now);
    let first = runs.iter().map(|run| run.start).min().unwrap_or_default();
    let last = runs.iter().map(|run| run.end).max().unwrap_or_default();
    html! {
        @if runs.is_empty() { (parts::nothing("No task has run.")) } @else {
            table.timeline {
                thead { tr { th { "Task" } th { "State" } th.number { "Took" } th.bar { "0 – " (parts::duration(last - first)) } } }
                tbody {
                    @for run in &runs {
                        tr {
                            th scope="row" .(format!("depth-{}", run.depth.min(6))) {
                                code { (run.task) } @if !run.value.is_empty() { " " span.above { (run.value) } }
                            }
                            td { (parts::state(run.state)) }
                            td.number { (parts::duration(run.end - run.start)) }
                            td.bar { (bar(run, first, last)) }
                        }
                    }
                }
            }
        }
    }
}

/// The time in the queue, and behind it the time it ran.
fn bar(run: &Run<'_>, first: i64, last: i64) -> Markup {
    let whole = (last - first).max(1);
    let place = |moment: i64| (moment - first) * (WIDTH - NARROWEST) / whole;
    let part = |from: i64, to: i64| (place(from), (place(to) - place(from)).max(NARROWEST));
    let (waited, ran) = (part(run.start, run.begin), part(run.begin, run.end));
    let told = format!("from {} to {}", parts::duration(run.start - first), parts::duration(run.end - first));
    html! {
        svg viewBox={ "0 0 " (WIDTH) " 12" } preserveAspectRatio="none" role="img" aria-label=(told) {
            title { (told) }
            @if run.begin > run.start { rect.waited x=(waited.0) width=(waited.1) y="4" height="4" {} }
            rect.(parts::look(run.state).0) x=(ran.0) width=(ran.1) y="1" height="10" rx="2" {}
        }
    }
}

/// The runs by the run that they are inside of; those inside of none that there is have an empty name for it.
type Inside<'a> = BTreeMap<&'a str, Vec<&'a Value>>;

/// The runs in the order of their beginning, those inside of another below it.
fn runs(execution: &Execution, now: Timestamp) -> Vec<Run<'_>> {
    let all = execution.0.get("taskRunList").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let known: BTreeSet<&str> = all.iter().map(|run| text(run, "id")).collect();
    let mut inside = Inside::new();
    for run in all {
        let parent = Some(text(run, "parentTaskRunId")).filter(|parent| known.contains(parent));
        inside.entry(parent.unwrap_or_default()).or_default().push(run);
    }
    let mut ordered = Vec::new();
    below("", 0, &mut inside, now, &mut ordered);
    ordered
}

/// What is taken out is never met again, so runs that are inside of each other come to an end.
fn below<'a>(
    parent: &str,
    depth: usize,
    inside: &mut Inside<'a>,
    now: Timestamp,
    ordered: &mut Vec<Run<'a>>,
) {
    let mut runs = inside.remove(parent).unwrap_or_default();
    runs.sort_by_key(|run| text(&run["state"], "startDate"));
    for run in runs {
        ordered.extend(read(run, depth, now));
        below(text(run, "id"), depth + 1, inside, now, ordered);
    }
}

/// A run that began at a moment; others can't be shown over time.
fn read(run: &Value, depth: usize, now: Timestamp) -> Option<Run<'_>> {
    let moment = |text: &str| Some(text.parse::<Timestamp>().ok()?.as_millisecond());
    let state = &run["state"];
    let start = moment(text(state, "startDate"))?;
    let end = moment(text(state, "endDate")).unwrap_or(now.as_millisecond()).max(start);
    let histories = state["histories"].as_array().into_iter().flatten();
    let mut running = histories.filter(|entry| text(entry, "state") == "RUNNING");
    let begin = running.next().and_then(|entry| moment(text(entry, "date"))).unwrap_or(start);
    let begin = begin.clamp(start, end);
    let (task, value, state) = (text(run, "taskId"), text(run, "value"), text(state, "current"));
    Some(Run { task, value, state, depth, start, begin, end })
}

fn text<'a>(object: &'a Value, name: &str) -> &'a str {
    object.get(name).and_then(Value::as_str).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn run(id: &str, parent: &str, start: u32, end: u32) -> Value {
        let moment = |second: u32| format!("2030-01-01T00:00:{second:02}Z");
        json!({
            "id": id, "taskId": id, "parentTaskRunId": parent,
            "state": {"current": "SUCCESS", "startDate": moment(start), "endDate": moment(end),
                "histories": [{"state": "RUNNING", "date": moment(start + 1)}]},
        })
    }

    fn check(runs: Value, expected: &[(&str, usize)]) {
        let body = json!({"taskRunList": runs}).as_object().cloned().unwrap();
        let execution = Execution(body);
        let found = super::runs(&execution, Timestamp::UNIX_EPOCH);
        let found: Vec<(&str, usize)> = found.iter().map(|run| (run.task, run.depth)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn a_run_inside_of_another_stands_below_it() {
        check(
            json!([run("a", "", 0, 9), run("b", "", 9, 10), run("c", "a", 2, 4), run("d", "a", 1, 3)]),
            &[("a", 0), ("d", 1), ("c", 1), ("b", 0)],
        );
        check(json!([run("a", "gone", 0, 1)]), &[("a", 0)]);
        check(json!([{"id": "x", "state": {}}]), &[]);
        check(json!([run("a", "b", 0, 1), run("b", "a", 0, 1)]), &[]);
    }

    #[test]
    fn a_bar_lies_where_its_time_is() {
        let (a, b) = (run("a", "", 0, 5), run("b", "", 5, 10));
        let body = json!({"taskRunList": [a, b]}).as_object().cloned().unwrap();
        let shown = show(&Execution(body), Timestamp::UNIX_EPOCH).into_string();
        assert!(shown.contains("0 – 10.0 s") && shown.contains("from 5.0 s to 10.0 s"), "{shown}");
        assert!(shown.contains(r#"x="498" width="99""#), "the second waited from the middle on: {shown}");
    }
}
