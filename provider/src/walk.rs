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
    /// Flows that stay as they are and name others. They are of no interest until a flow changes.
    unread: Vec<PlannedFlow>,
    has_changes: bool,
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

    /// A flow whose text stays.
    pub(crate) fn unchanged(name: FlowName, text: &str) -> Self {
        Self { name, text: Some(text.into()), flow: None, is_changed: false }
    }

    /// A flow whose text is known only after apply.
    pub(crate) fn unknown(name: FlowName) -> Self {
        Self { name, text: None, flow: None, is_changed: true }
    }

    /// What it promises its callers, when that is known.
    pub(crate) fn contract(&self) -> Option<Contract> {
        let contract = |flow: Arc<Flow>| Contract::of(&flow);
        self.flow.clone().or_else(|| self.read()).map(contract)
    }

    fn read(&self) -> Option<Arc<Flow>> {
        Flow::parse(self.text.as_deref()?).ok().map(Arc::new)
    }

    fn names_others(&self) -> bool {
        self.text.as_ref().is_some_and(|text| text.contains("flowId"))
    }
}

impl Seen {
    /// Reads the flows that name others, and notes their calls.
    fn read(&mut self) {
        for mut planned in std::mem::take(&mut self.unread) {
            planned.flow = planned.flow.take().or_else(|| planned.read());
            let Some(flow) = &planned.flow else { continue };
            for call in calls(flow) {
                self.callers.entry(call.callee).or_default().insert(planned.name.clone());
            }
            self.starts.add(flow);
            self.planned.insert(planned.name.clone(), planned);
        }
    }
}

impl Walk {
    /// Notes a flow that is planned; what comes back has been read if that matters.
    pub(crate) fn plan(&self, planned: PlannedFlow) -> PlannedFlow {
        let mut seen = self.seen();
        seen.has_changes |= planned.is_changed;
        let name = planned.name.clone();
        seen.planned.insert(name.clone(), planned.clone());
        if planned.names_others() {
            seen.unread.push(planned.clone());
        }
        if seen.has_changes {
            seen.read();
        }
        seen.planned.get(&name).cloned().unwrap_or(planned)
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
