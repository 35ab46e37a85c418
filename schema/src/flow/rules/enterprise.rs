//! What only the Enterprise Edition of Kestra 2.0 takes. The catalogs know it, so it is no error here; the other edition
//! refuses it.

use super::super::inputs::is_reusable;
use super::super::problem::Problem;
use super::Subject;
use super::inputs;
use crate::line::KestraLine;

pub(super) fn features(subject: &Subject<'_>) -> Vec<Problem> {
    if subject.line == KestraLine::V1_3 {
        return Vec::new();
    }
    let quotas = subject.root.get("quotas").filter(|quotas| !quotas.elements().is_empty());
    let reused = inputs::all(subject).into_iter().filter(is_reusable);
    let reused = reused.filter_map(|input| input.get("type"));
    let problem =
        |place| Problem::at("enterprise", &place, "only the Enterprise Edition of Kestra takes this");
    subject.enough(quotas.into_iter().chain(reused).map(|place| problem(place).warning()))
}
