//! What one walk of Terraform through a configuration has shown of its flows. Resources are planned one by one; what one
//! flow asks of another is seen here, whichever comes first.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use schema::KestraLine;
use schema::contract::{Contract, FlowName, Starts, calls};
use schema::flow::{Flow, Problem};

/// The flows of one walk, noted while calls run side by side.
#[derive(Default)]
pub(crate) struct Walk(Mutex<Seen>);

#[derive(Default)]
struct Seen {
    planned: BTreeMap<FlowName, PlannedFlow>,
    /// Who calls a flow, among those that are planned.
    callers: BTreeMap<FlowName, BTreeSet<FlowName>>,
    starts: Starts,
    created: BTreeSet<FlowName>,
    is_applying: bool,
}

/// A flow as it will be after the apply.
#[derive(Clone)]
pub(crate) struct PlannedFlow {
    pub(crate) name: FlowName,
    /// Its text; `None` until it is known.
    text: Option<Arc<str>>,
    /// The text, read; `None` when nobody needed it so far.
    pub(crate) flow: Option<Arc<Flow>>,
    /// Whether this apply changes it.
    pub(crate) is_changed: bool,
}

impl PlannedFlow {
    /// A flow with a new text.
    pub(crate) fn changed(name: FlowName, text: &str, flow: Arc<Flow>) -> Self {
        Self { name, text: Some(text.into()), flow: Some(flow), is_changed: true }
    }

    /// A flow whose text stays. Only one that names others is worth reading.
    pub(crate) fn unchanged(name: FlowName, text: &str) -> Self {
        let names_others = text.contains("flowId");
        let flow = names_others.then(|| Flow::parse(text).ok()).flatten().map(Arc::new);
        Self { name, text: Some(text.into()), flow, is_changed: false }
    }

    /// A flow whose text is known only after apply.
    pub(crate) fn unknown(name: FlowName) -> Self {
        Self { name, text: None, flow: None, is_changed: true }
    }

    /// What it promises its callers, when that is known.
    pub(crate) fn contract(&self) -> Option<Contract> {
        match &self.flow {
            Some(flow) => Some(Contract::of(flow)),
            None => Some(Contract::of(&Flow::parse(self.text.as_deref()?).ok()?)),
        }
    }
}

impl Walk {
    /// Notes a flow that is planned.
    pub(crate) fn plan(&self, planned: PlannedFlow) {
        let mut seen = self.seen();
        if let Some(flow) = &planned.flow {
            for call in calls(flow) {
                seen.callers.entry(call.callee).or_default().insert(planned.name.clone());
            }
            seen.starts.add(flow);
        }
        seen.planned.insert(planned.name.clone(), planned);
    }

    /// The flow of this name, when it has been planned.
    pub(crate) fn planned(&self, name: &FlowName) -> Option<PlannedFlow> {
        self.seen().planned.get(name).cloned()
    }

    /// The planned flows that call the one of this name.
    pub(crate) fn callers(&self, name: &FlowName) -> Vec<PlannedFlow> {
        let seen = self.seen();
        let callers = seen.callers.get(name).into_iter().flatten();
        callers.filter_map(|caller| seen.planned.get(caller).cloned()).collect()
    }

    /// The endless circle of planned flows that `flow` is part of.
    pub(crate) fn circle(&self, flow: &Flow, lines: &[KestraLine]) -> Option<Problem> {
        self.seen().starts.circle(flow, lines)
    }

    /// Notes that a flow is about to be written: this walk applies a plan that was made in another.
    pub(crate) fn apply(&self) {
        self.seen().is_applying = true;
    }

    /// Whether flows have been written in this walk.
    pub(crate) fn is_applying(&self) -> bool {
        self.seen().is_applying
    }

    /// Notes a flow that was created.
    pub(crate) fn create(&self, name: FlowName) {
        self.seen().created.insert(name);
    }

    /// Whether the flow was created in this walk.
    pub(crate) fn has_created(&self, name: &FlowName) -> bool {
        self.seen().created.contains(name)
    }

    fn seen(&self) -> MutexGuard<'_, Seen> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
