//! Where a flow names another one whose contract it relies on.

use std::fmt;

use serde::Deserialize;

use crate::flow::calls::{Target, awaited, started};
use crate::flow::{Flow, Place};

/// The name of a flow.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
pub struct FlowName {
    /// Its namespace.
    pub namespace: String,
    /// Its id.
    pub id: String,
}

impl FlowName {
    /// The name of `flow`; a flow without id or namespace has none.
    pub fn of(flow: &Flow) -> Option<Self> {
        Some(Self { namespace: flow.namespace()?.into_owned(), id: flow.id()?.into_owned() })
    }

    /// The flow that is meant in `caller`, when it can be told without running anything.
    fn meant(target: Target, caller: &Flow) -> Option<Self> {
        let namespace = target.namespace.filter(|namespace| !is_own_namespace(namespace));
        let namespace = namespace.or_else(|| caller.namespace().map(|own| own.into_owned()));
        let meant = Target { namespace, id: target.id };
        if !meant.is_literal() {
            return None;
        }
        Some(Self { namespace: meant.namespace?, id: meant.id? })
    }
}

impl fmt::Display for FlowName {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}.{}", self.namespace, self.id)
    }
}

/// The one expression that is as good as a literal.
fn is_own_namespace(text: &str) -> bool {
    let inside = text.trim().strip_prefix("{{").and_then(|rest| rest.strip_suffix("}}"));
    inside.is_some_and(|inside| inside.trim() == "flow.namespace")
}

/// A task that starts another flow, or a trigger that waits for its end.
#[derive(Debug, Clone)]
pub struct Call<'flow> {
    /// The task or trigger.
    pub place: Place<'flow>,
    /// The other flow.
    pub callee: FlowName,
    /// The revision of it that a task insists on.
    pub revision: Option<u64>,
    pub(super) kind: CallKind,
}

/// What happens to the other flow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum CallKind {
    /// It is started, and gets inputs.
    Start,
    /// Its end is awaited.
    Await,
}

/// The calls of `flow`. Those that name the other flow, or its revision, by an expression are left out.
pub fn calls(flow: &Flow) -> Vec<Call<'_>> {
    let starts = flow.tasks().into_iter().filter_map(|task| {
        let callee = FlowName::meant(started(&task)?, flow)?;
        let revision = match task.get("revision") {
            Some(revision) => Some(revision.literal()?.parse().ok()?),
            None => None,
        };
        Some(Call { place: task, callee, revision, kind: CallKind::Start })
    });
    let awaits = flow.triggers().into_iter().flat_map(|trigger| {
        let callees = awaited(&trigger).into_iter().filter_map(|target| FlowName::meant(target, flow));
        let call = |callee| Call { place: trigger.clone(), callee, revision: None, kind: CallKind::Await };
        callees.map(call).collect::<Vec<_>>()
    });
    starts.chain(awaits).collect()
}
