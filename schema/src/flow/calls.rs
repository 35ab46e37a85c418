//! Which flows a flow has to do with: those its tasks start and those its triggers wait for.

use std::fmt;

use super::{Place, is_expression, tasks};

/// A flow as others name it. What is absent may be anything.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Target {
    pub(crate) namespace: Option<String>,
    pub(crate) id: Option<String>,
}

impl Target {
    fn of(place: &Place<'_>) -> Option<Self> {
        let part = |name| place.text(name).map(|text| text.into_owned());
        let target = Self { namespace: part("namespace"), id: part("flowId") };
        (target.namespace.is_some() || target.id.is_some()).then_some(target)
    }

    /// Whether the flow `id` in `namespace` is meant.
    pub(crate) fn means(&self, namespace: &str, id: &str) -> bool {
        let fits =
            |wanted: &Option<String>, found: &str| wanted.as_deref().is_none_or(|wanted| wanted == found);
        fits(&self.namespace, namespace) && fits(&self.id, id)
    }

    /// Whether it can be told without running anything.
    pub(crate) fn is_literal(&self) -> bool {
        ![&self.namespace, &self.id].into_iter().flatten().any(|text| is_expression(text))
    }
}

impl fmt::Display for Target {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.namespace, &self.id) {
            (Some(namespace), Some(id)) => write!(out, "{namespace} / {id}"),
            (Some(namespace), None) => write!(out, "any flow of {namespace}"),
            (None, id) => out.write_str(id.as_deref().unwrap_or_default()),
        }
    }
}

/// The flow that a task starts.
pub(crate) fn started(task: &Place<'_>) -> Option<Target> {
    let class = tasks::flowable_class(task)?;
    matches!(&*class, "Subflow" | "Flow" | "ForEachItem").then(|| Target::of(task)).flatten()
}

/// The flows whose end a trigger waits for: `dependsOn` of 2.0, `preconditions` and `conditions` of 1.3.
pub(crate) fn awaited(trigger: &Place<'_>) -> Vec<Target> {
    let preconditions = trigger.get("preconditions").map(|place| place.items("flows")).unwrap_or_default();
    let named = trigger.items("dependsOn").into_iter().chain(preconditions);
    let mut waiting = trigger.items("conditions");
    let mut found: Vec<Target> = named.filter_map(|place| Target::of(&place)).collect();
    while let Some(condition) = waiting.pop() {
        // MultipleCondition has a map of conditions, And and Or have lists.
        waiting.extend(condition.items("conditions"));
        let entries = condition.get("conditions").map(|place| place.entries()).unwrap_or_default();
        waiting.extend(entries.into_iter().map(|(_, place)| place));
        let kind = condition.text("type").unwrap_or_default();
        let about_flows = ["ExecutionFlow", "ExecutionFlowCondition"].iter().any(|name| kind.ends_with(name));
        found.extend(about_flows.then(|| Target::of(&condition)).flatten());
    }
    found
}
