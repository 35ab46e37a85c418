//! Triggers as nodes: what starts a flow, and when.

use super::words::{class, joined, kind, name, property};
use super::{Kind, Node};
use crate::flow::Place;
use crate::flow::calls;

/// The node of a trigger.
pub(super) fn node(trigger: &Place<'_>) -> Node {
    let mut node = Node::new(trigger.path.to_string(), name(trigger), detail(trigger), Kind::Trigger);
    node.disabled = is_disabled(trigger);
    node
}

fn detail(trigger: &Place<'_>) -> String {
    let awaited: Vec<String> = calls::awaited(trigger).iter().map(ToString::to_string).collect();
    let class = class(trigger);
    match &*class {
        "Schedule" => joined(&[&class, &property(trigger, "cron"), &property(trigger, "timezone")]),
        "ScheduleOnDates" => joined(&[&class, &property(trigger, "dates")]),
        "Flow" if !awaited.is_empty() => format!("after {}", awaited.join(", ")),
        "Webhook" => class,
        _ => kind(trigger),
    }
}

/// Whether the author switched it off.
pub(super) fn is_disabled(place: &Place<'_>) -> bool {
    place.text("disabled").is_some_and(|text| text == "true")
}
