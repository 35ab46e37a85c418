//! What a flow reads of the outputs of flows that it calls or waits for.

use super::Contract;
use super::call::{Call, CallKind};
use crate::catalog::did_you_mean;
use crate::expression::{self, Expression, Segment, Site};
use crate::flow::{Flow, Problem};
use crate::line::KestraLine;

pub(super) const CODE: &str = "subflow-output";

pub(super) fn problems(contract: &Contract, caller: &Flow, call: &Call<'_>) -> Vec<Problem> {
    let Some(way) = Way::to(caller, call) else { return Vec::new() };
    // The lines differ in how tightly operators bind, which paths do not notice.
    let expressions = expression::expressions(caller, KestraLine::V2_0);
    let read = |expression| unknown(contract, &way, expression);
    let found = expressions.iter().flat_map(read);
    found
        .map(|(expression, segment, name)| {
            let cure = did_you_mean(name, contract.outputs.keys().map(String::as_str));
            let message = format!("{} has no output `{name}`{cure}", call.callee);
            Problem::new(CODE, expression.path.clone(), expression.span(&segment.range), message)
        })
        .collect()
}

/// How expressions reach the outputs of a called flow.
struct Way<'flow> {
    root: &'static str,
    /// The task's id; a trigger has none.
    task: Option<std::borrow::Cow<'flow, str>>,
}

impl<'flow> Way<'flow> {
    fn to(caller: &Flow, call: &Call<'flow>) -> Option<Self> {
        match call.kind {
            // ForEachItem collects the outputs elsewhere, and a task with `outputs` of its own chooses from them.
            CallKind::Start if call.place.get("outputs").is_some() || is_batch(call) => None,
            CallKind::Start => Some(Self { root: "outputs", task: Some(call.place.text("id")?) }),
            // With several triggers, or several flows to wait for, nobody knows whose outputs there are.
            CallKind::Await if caller.triggers().len() > 1 => None,
            CallKind::Await => {
                let mut awaits = super::calls(caller).into_iter().filter(|call| call.kind == CallKind::Await);
                (awaits.by_ref().count() == 1).then_some(Self { root: "trigger", task: None })
            }
        }
    }

    /// The step of a path that names an output.
    fn output<'path>(&self, path: &'path expression::Path) -> Option<&'path Segment> {
        let mut segments = path.segments.iter();
        if path.root.text != self.root {
            return None;
        }
        if let Some(task) = &self.task {
            segments.next().filter(|segment| segment.key.as_deref() == Some(task))?;
        }
        let mut next = segments.next()?;
        // In a loop, the value comes between the task and its outputs.
        if self.task.is_some() && next.key.as_deref() != Some("outputs") {
            next = segments.next()?;
        }
        (next.key.as_deref() == Some("outputs")).then(|| segments.next()).flatten()
    }
}

fn is_batch(call: &Call<'_>) -> bool {
    call.place.text("type").is_some_and(|kind| kind.ends_with(".ForEachItem"))
}

fn unknown<'e, 'flow>(
    contract: &'e Contract,
    way: &'e Way<'_>,
    expression: &'e Expression<'flow>,
) -> Vec<(&'e Expression<'flow>, &'e Segment, &'e str)> {
    let Ok(template) = &expression.template else { return Vec::new() };
    if expression.site == Site::Elsewhere {
        return Vec::new();
    }
    let unguarded = template.references().into_iter().filter(|reference| !reference.guarded);
    let outputs = unguarded.filter_map(|reference| way.output(reference.path));
    let named = outputs.filter_map(|segment| Some((expression, segment, segment.key.as_deref()?)));
    named.filter(|(_, _, name)| !contract.outputs.contains_key(*name)).collect()
}
