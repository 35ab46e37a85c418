//! From a flow's text to what the sandbox stores and prints, or to Kestra's words about what is wrong.

mod inspection;
mod known;
mod model;
mod print;
mod types;

use schema::{
    KestraLine,
    flow::{Flow, Refusal, Stage, refusal},
};
use serde_json::{Value, json};

use crate::{
    fault::{Fault, Violation},
    store::flows::Draft,
};
pub(crate) use inspection::{Inspection, Rules, fits, inspect};
pub(crate) use known::{Known, lookup};
pub(crate) use model::{task, tasks};

/// A text that Kestra would store, ready to be stored.
pub(crate) fn draft(source: String, rules: Rules) -> Result<Draft, Fault> {
    let inspection = inspect(&source, rules);
    if let Some(refusal) = inspection.refusal() {
        return Err(fault(refusal));
    }
    let flow = inspection.model().ok_or(Fault::MissingBody("flow"))?;
    Ok(Draft {
        namespace: flow.namespace().unwrap_or_default().into_owned(),
        id: flow.id().unwrap_or_default().into_owned(),
        deleted: flow.root().get("deleted").and_then(|deleted| deleted.as_bool()).unwrap_or_default(),
        body: model::body(flow.root(), rules.line),
        source,
    })
}

/// The same for a flow that came as JSON; its text is made here.
pub(crate) fn draft_of_json(flow: Value, rules: Rules) -> Result<Draft, Fault> {
    draft(print::print(&model::without_nulls(flow)), rules)
}

/// Checks a flow that holds only one task or trigger.
pub(crate) fn inspect_one(list: &str, item: Value, rules: Rules) -> Inspection {
    let mut flow = json!({"id": "validated", "namespace": "validated"});
    flow["tasks"] = json!([{"id": "placeholder", "type": "placeholder.Task"}]);
    flow[list] = json!([item]);
    inspect(&print::print(&flow), rules)
}

/// A stored text with one task replaced; `None` when it has no such task.
pub(crate) fn with_task(source: &str, id: &str, task: Value, rules: Rules) -> Result<Option<Draft>, Fault> {
    let Some(flow) = inspect(source, rules).into_model() else {
        return Ok(None);
    };
    let mut root = flow.root().to_json();
    let replaced = model::replace_task(&mut root, id, task);
    if replaced { draft_of_json(root, rules).map(Some) } else { Ok(None) }
}

/// The namespace and id of a text, read before any rule is applied.
pub(crate) fn identity(source: &str, line: KestraLine) -> Result<(String, String), Fault> {
    let flow = Flow::parse(source).map_err(|problems| {
        refusal(None, problems.as_slice(), line).as_ref().map_or(Fault::MissingBody("flow"), fault)
    })?;
    let text = |found: Option<std::borrow::Cow<'_, str>>| found.unwrap_or_default().into_owned();
    Ok((text(flow.namespace()), text(flow.id())))
}

/// The answer to a write of a text with problems.
fn fault(refusal: &Refusal) -> Fault {
    let violation = |found: &schema::flow::Violation| Violation {
        path: found.path.clone(),
        pointer: found.pointer.clone(),
        label: found.label.clone(),
        message: found.message.clone(),
    };
    let mut violations: Vec<Violation> = refusal.violations.iter().map(violation).collect();
    let message = match refusal.stage {
        Stage::Source => format!("Illegal genericflow source: {}", refusal.message),
        Stage::Model | Stage::Constraints => refusal.message.clone(),
    };
    if let Some(cause) = types::jackson_cause(&violations) {
        violations.push(cause);
    }
    Fault::Entity { message, violations }
}
