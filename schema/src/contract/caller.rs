//! A flow as one that calls others: its calls, and what it does with what they give and take. What all calls need is found
//! once, as a flow may have thousands of them.

use std::cell::OnceCell;

use super::call::{Call, CallKind, calls};
use super::outputs::Reads;
use super::{Contract, inputs, outputs};
use crate::flow::{Flow, Problem};

/// A flow and its calls.
#[derive(Debug)]
pub struct Caller<'flow> {
    flow: &'flow Flow,
    calls: Vec<Call<'flow>>,
    /// The prefixes of plugin types that the flow itself gives inputs.
    defaults: OnceCell<Vec<String>>,
    reads: OnceCell<Reads>,
}

impl<'flow> Caller<'flow> {
    /// A flow and its calls. Those that name the other flow, or its revision, by an expression are left out.
    pub fn new(flow: &'flow Flow) -> Self {
        Self { flow, calls: calls(flow), defaults: OnceCell::new(), reads: OnceCell::new() }
    }

    /// The calls.
    pub fn calls(&self) -> &[Call<'flow>] {
        &self.calls
    }

    /// What is wrong with a call when the other flow has this contract: inputs that are missing, unknown or of another type,
    /// and outputs that do not exist.
    pub fn breaks(&self, contract: &Contract, call: &Call<'_>) -> Vec<Problem> {
        let mut problems = outputs::problems(contract, self, call);
        if call.kind == CallKind::Start {
            problems.extend(inputs::problems(contract, self, call));
        }
        problems.sort_by_key(|problem| problem.span.start);
        problems
    }

    /// What the flow reads of the outputs of others.
    pub(super) fn reads(&self) -> &Reads {
        self.reads.get_or_init(|| outputs::reads(self.flow))
    }

    /// Whether nothing but one flow can have started this one.
    pub(super) fn awaits_one(&self) -> bool {
        let awaits = self.calls.iter().filter(|call| call.kind == CallKind::Await);
        awaits.count() == 1 && self.flow.triggers().len() == 1
    }

    /// Whether the flow's plugin defaults may give a task inputs that it does not show.
    pub(super) fn has_defaults(&self, call: &Call<'_>) -> bool {
        let kind = call.place.text("type").unwrap_or_default();
        let defaults = self.defaults.get_or_init(|| with_inputs(self.flow));
        defaults.iter().any(|prefix| kind.starts_with(prefix))
    }
}

fn with_inputs(flow: &Flow) -> Vec<String> {
    let defaults = flow.place().items("pluginDefaults").into_iter();
    let with = defaults
        .filter(|defaults| defaults.get("values").is_some_and(|values| values.get("inputs").is_some()));
    with.filter_map(|defaults| Some(defaults.text("type")?.into_owned())).collect()
}
