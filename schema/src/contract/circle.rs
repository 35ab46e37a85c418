//! Flows that start each other without end.

use std::collections::{BTreeMap, BTreeSet};

use super::call::{Call, CallKind, FlowName, calls};
use crate::flow::{Flow, Place, Problem, Step};
use crate::line::KestraLine;

pub(super) const CODE: &str = "subflow-cycle";

/// Properties of flowable tasks whose tasks may not run at all.
const CONDITIONAL: [&str; 8] =
    ["then", "else", "cases", "defaults", "errors", "finally", "afterExecution", "onPause"];

/// Which flow starts which, as far as nothing on the way depends on a condition.
#[derive(Debug, Default)]
pub struct Starts(BTreeMap<FlowName, BTreeSet<FlowName>>);

impl Starts {
    /// Adds what `flow` starts, and what starts it by its triggers.
    pub fn add(&mut self, flow: &Flow) {
        let Some(name) = FlowName::of(flow) else { return };
        for call in calls(flow).into_iter().filter(|call| is_certain(flow, call)) {
            let (from, to) = match call.kind {
                CallKind::Start => (name.clone(), call.callee),
                CallKind::Await => (call.callee, name.clone()),
            };
            self.0.entry(from).or_default().insert(to);
        }
    }

    /// The circle that leads from `flow` back to itself. Kestra 2.0 refuses to save the flow that closes it; 1.3 saves
    /// and runs it.
    pub fn circle(&self, flow: &Flow, lines: &[KestraLine]) -> Option<Problem> {
        let start = FlowName::of(flow)?;
        let way = self.way_back(&start)?;
        let names: Vec<String> = way.iter().chain([&start]).map(ToString::to_string).collect();
        let message = format!("flows start each other without end: {}", names.join(" → "));
        // The flow's own call is where to break it; a trigger that closes the circle stands in the next flow.
        let next = way.get(1).unwrap_or(&start);
        let call = calls(flow).into_iter().find(|call| call.callee == *next).map(|call| call.place);
        let place = call.or_else(|| flow.place().get("id"))?;
        let problem = Problem::at(CODE, &place, message);
        Some(if lines.contains(&KestraLine::V1_3) { problem.warning() } else { problem })
    }

    /// The shortest way from `start` to itself, without the end.
    fn way_back(&self, start: &FlowName) -> Option<Vec<FlowName>> {
        let mut ways = vec![vec![start]];
        let mut reached = BTreeSet::new();
        while !ways.is_empty() {
            let mut longer = Vec::new();
            for way in &ways {
                for next in way.last().and_then(|last| self.0.get(last)).into_iter().flatten() {
                    // A flow that calls itself is refused by the rules of flows.
                    if next == start && way.len() > 1 {
                        return Some(way.iter().map(|name| (*name).clone()).collect());
                    }
                    if next != start && reached.insert(next) {
                        longer.push(way.iter().copied().chain([next]).collect());
                    }
                }
            }
            ways = longer;
        }
        None
    }
}

/// Whether the call is made whenever the flow runs.
fn is_certain(flow: &Flow, call: &Call<'_>) -> bool {
    let depends = |place: &Place<'_>| {
        ["runIf", "when"].iter().any(|name| place.get(name).is_some())
            || place.text("disabled").is_some_and(|disabled| disabled != "false")
    };
    let conditional =
        |step: &Step| matches!(step, Step::Property(name) if CONDITIONAL.contains(&name.as_str()));
    !depends(&flow.place())
        && !depends(&call.place)
        && !call.place.path.steps().into_iter().any(conditional)
        && (call.kind == CallKind::Start || is_unconditional_trigger(&call.place))
}

/// A trigger that waits for this flow alone, in whatever state it ends.
fn is_unconditional_trigger(trigger: &Place<'_>) -> bool {
    let upstream = trigger.items("dependsOn").into_iter();
    let preconditions = trigger.get("preconditions");
    let older = preconditions.iter().flat_map(|preconditions| preconditions.items("flows"));
    let named: Vec<Place<'_>> = upstream.chain(older).collect();
    let plain = |flow: &Place<'_>| ["states", "labels", "when"].iter().all(|name| flow.get(name).is_none());
    let narrowed = trigger.get("states").is_some()
        || trigger.get("conditions").is_some()
        || preconditions.is_some_and(|preconditions| preconditions.get("where").is_some());
    !narrowed && matches!(named.as_slice(), [only] if plain(only))
}
