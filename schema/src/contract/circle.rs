//! Flows that start each other without end.

use std::collections::BTreeSet;

use super::call::{Call, CallKind, FlowName, calls};
use crate::flow::rules::cycle::{self, Dependencies};
use crate::flow::{Flow, Place, Problem, Step};
use crate::line::KestraLine;

pub(super) const CODE: &str = "subflow-cycle";

/// Properties of flowable tasks whose tasks may not run at all.
const CONDITIONAL: [&str; 8] =
    ["then", "else", "cases", "defaults", "errors", "finally", "afterExecution", "onPause"];

/// Which flow starts which, by name, as far as nothing on the way depends on a condition.
#[derive(Debug, Default)]
pub struct Starts(Dependencies);

impl Starts {
    /// Adds what `flow` starts, and what starts it by its triggers.
    pub fn add(&mut self, flow: &Flow) {
        let Some(name) = FlowName::of(flow) else { return };
        for call in calls(flow).into_iter().filter(|call| is_certain(flow, call)) {
            let (from, to) = match call.kind {
                CallKind::Start => (&name, &call.callee),
                CallKind::Await => (&call.callee, &name),
            };
            // A flow that calls itself is refused by the rules of flows.
            if from != to {
                self.0.entry(from.to_string()).or_default().push(to.to_string());
            }
        }
    }

    /// The names of the flows that are part of a circle.
    pub(super) fn members(&self) -> BTreeSet<&str> {
        cycle::members(&self.0)
    }

    /// The circle that leads from `flow` back to itself. Kestra 2.0 refuses to save the flow that closes it; 1.3 saves
    /// and runs it.
    pub fn circle(&self, flow: &Flow, lines: &[KestraLine]) -> Option<Problem> {
        let start = FlowName::of(flow)?.to_string();
        let way = cycle::through(&start, &self.0)?;
        let names: Vec<&str> = way.iter().copied().chain([start.as_str()]).collect();
        let message = format!("flows start each other without end: {}", names.join(" → "));
        // The flow's own call is where to break it; a trigger that closes the circle stands in the next flow.
        let is_next = |call: &Call<'_>| names.get(1).is_some_and(|next| call.callee.to_string() == *next);
        let call = calls(flow).into_iter().find(is_next).map(|call| call.place);
        let place = call.or_else(|| flow.place().get("id"))?;
        let problem = Problem::at(CODE, &place, message);
        Some(if lines.contains(&KestraLine::V1_3) { problem.warning() } else { problem })
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
