//! What a flow reads of the outputs of flows that it calls or waits for.

use std::collections::BTreeMap;

use super::Contract;
use super::call::{Call, CallKind};
use super::caller::Caller;
use crate::catalog::did_you_mean;
use crate::expression::{self, Segment, Site};
use crate::flow::{Flow, Path, Problem};
use crate::line::KestraLine;
use crate::yaml::Span;

pub(super) const CODE: &str = "subflow-output";

/// The uses of outputs by the id of the task that made the call; those of a trigger's have no id.
pub(super) type Reads = BTreeMap<String, Vec<Read>>;

/// A use of an output of another flow.
#[derive(Debug)]
pub(super) struct Read {
    output: String,
    path: Path,
    span: Span,
}

pub(super) fn problems(contract: &Contract, caller: &Caller<'_>, call: &Call<'_>) -> Vec<Problem> {
    let Some(source) = source(caller, call) else { return Vec::new() };
    let reads = caller.reads().get(&source).into_iter().flatten();
    let unknown = reads.filter(|read| !contract.outputs.contains_key(&read.output));
    let problem = |read: &Read| {
        let cure = did_you_mean(&read.output, contract.outputs.keys().map(String::as_str));
        let message = format!("{} has no output `{}`{cure}", call.callee, read.output);
        Problem::new(CODE, read.path.clone(), read.span, message)
    };
    unknown.map(problem).collect()
}

/// The key of the reads that are about a call, when it can be told.
fn source(caller: &Caller<'_>, call: &Call<'_>) -> Option<String> {
    match call.kind {
        // ForEachItem collects the outputs elsewhere, and a task with `outputs` of its own chooses from them.
        CallKind::Start if call.place.get("outputs").is_some() || is_batch(call) => None,
        CallKind::Start => Some(call.place.text("id")?.into_owned()),
        CallKind::Await => caller.awaits_one().then(String::new),
    }
}

fn is_batch(call: &Call<'_>) -> bool {
    call.place.text("type").is_some_and(|kind| kind.ends_with(".ForEachItem"))
}

/// Every use of an output of another flow, except where its absence is no mistake.
pub(super) fn reads(flow: &Flow) -> Reads {
    let mut reads = Reads::new();
    // The lines differ in how tightly operators bind, which paths do not notice.
    for expression in expression::expressions(flow, KestraLine::V2_0) {
        let Ok(template) = &expression.template else { continue };
        let unguarded = template.references().into_iter().filter(|reference| !reference.guarded);
        for (source, segment) in unguarded.filter_map(|reference| output(reference.path)) {
            let Some(output) = segment.key.clone().filter(|_| expression.site != Site::Elsewhere) else {
                continue;
            };
            let read = Read { output, path: expression.path.clone(), span: expression.span(&segment.range) };
            reads.entry(source).or_default().push(read);
        }
    }
    reads
}

/// Whose output a path leads to, and the step that names it.
fn output(path: &expression::Path) -> Option<(String, &Segment)> {
    let is_outputs = |segment: &&Segment| segment.key.as_deref() == Some("outputs");
    let mut segments = path.segments.iter();
    let source = match path.root.text.as_str() {
        "trigger" => {
            segments.next().filter(is_outputs)?;
            String::new()
        }
        "outputs" => {
            let task = segments.next()?.key.clone()?;
            // In a loop, the value comes between the task and its outputs.
            segments.by_ref().take(2).find(is_outputs)?;
            task
        }
        _ => return None,
    };
    Some((source, segments.next()?))
}
