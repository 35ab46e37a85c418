//! Validation of a single task or trigger, by the rules of a flow that holds nothing else.

use schema::{flow::Stage, yaml};
use serde_json::{Value, json};

use crate::{
    call::Call,
    fault::Fault,
    flow::{self, Inspection},
    reply::{self, Reply},
};

/// A list of a flow, by the name this endpoint has for it.
const SECTIONS: [(&str, &str); 2] = [("TASKS", "tasks"), ("TRIGGERS", "triggers")];

/// A task, or what the query's `section` says.
pub(super) async fn validate(call: Call) -> Reply {
    let section = call.query.required("section")?.to_owned();
    let list = SECTIONS.iter().find(|(name, _)| name.eq_ignore_ascii_case(&section)).ok_or_else(|| {
        Fault::Conversion(format!(
            "Failed to convert argument [section] for value [{section}] due to: No enum constant"
        ))
    })?;
    report(&call, list.1)
}

pub(super) async fn validate_trigger(call: Call) -> Reply {
    report(&call, "triggers")
}

fn report(call: &Call, list: &str) -> Reply {
    let constraints = match yaml::parse(&call.text()) {
        Ok(node) => constraints(&flow::inspect_one(list, node.to_json(), call.app.rules()), list),
        Err(error) => Some(format!("Illegal source: {}", error.kestra())),
    };
    let mut report = json!({"index": 0, "constraints": constraints, "outdated": false});
    if let Some(report) = report.as_object_mut() {
        report.retain(|_, value| *value != Value::Null);
    }
    reply::json(&report)
}

/// The broken rules, with paths that begin at the task itself.
fn constraints(inspection: &Inspection, list: &str) -> Option<String> {
    let refusal = inspection.refusal()?;
    if refusal.stage != Stage::Constraints {
        return Some(refusal.message.clone());
    }
    let own = format!("{list}[0]");
    let line = |found: &schema::flow::Violation| {
        let path = found.path.strip_prefix(&own).unwrap_or(&found.path).trim_start_matches('.');
        format!("{path}: {}\n", found.message)
    };
    Some(refusal.violations.iter().map(line).collect())
}
