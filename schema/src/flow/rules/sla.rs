//! The rules of a flow's service level agreements.

use super::super::place::Place;
use super::super::problem::Problem;
use super::Subject;
use super::model::invalid_type;
use super::value::{duration, one_of, required};

/// A kind of agreement and what it needs.
const KINDS: [(&str, &str); 2] = [("MAX_DURATION", "duration"), ("EXECUTION_ASSERTION", "assert")];

pub(super) fn sla(subject: &Subject<'_>) -> Vec<Problem> {
    let agreements = subject.root.items("sla");
    subject.enough(agreements.iter().filter(|agreement| !agreement.node.is_null()).flat_map(broken))
}

fn broken(sla: &Place<'_>) -> Vec<Problem> {
    let name = sla.text("type");
    let Some((_, needs)) = KINDS.iter().find(|(kind, _)| name.as_deref() == Some(kind)) else {
        let human = "must have a `type`: MAX_DURATION or EXECUTION_ASSERTION";
        return vec![Problem::at("sla", sla, human).worded(invalid_type(sla, name.as_deref()))];
    };
    let found = [
        required("sla", sla, "id"),
        required("sla", sla, "behavior"),
        one_of("sla", sla, "behavior", &["FAIL", "CANCEL", "NONE"]),
        required("sla", sla, needs),
        duration("sla", sla, "duration"),
    ];
    found.into_iter().flatten().collect()
}
