//! Where Kestra looks at constraints: it follows the parts of a flow only where its classes say so, and accepts whatever
//! else can be read.

use super::super::path::{Path, Step};
use super::super::problem::{Problem, Wording};
use crate::line::KestraLine;

/// The problem as Kestra takes it: what it never looks at is a warning, for the flow can be saved and fails later.
pub(super) fn followed(problem: Problem, line: KestraLine) -> Problem {
    let is_constraint = matches!(problem.kestra, Some(Wording::Constraints(_)));
    if is_constraint && is_overlooked(&examined(&problem), line) { problem.warning() } else { problem }
}

/// What Kestra would have to look at to find a problem: what has the part that is wrong, unless the whole is wrong.
fn examined(problem: &Problem) -> Path {
    if problem.is_about_object() { problem.path.clone() } else { problem.path.parent() }
}

/// Whether nobody looks at what is wrong with what is at `path`.
fn is_overlooked(path: &Path, line: KestraLine) -> bool {
    let path = path.steps();
    let is_inside = |names: &[&str]| {
        let mut steps = path.iter().filter_map(|step| match step {
            Step::Property(name) => Some(name.as_str()),
            Step::Index(_) | Step::Key(_) => None,
        });
        names.iter().all(|name| steps.any(|step| step == *name))
    };
    let in_free_map = path.iter().any(|step| matches!(step, Step::Key(_)));
    let of_1_3: [&[&str]; 3] = [&["task"], &["preconditions", "flows"], &["conditions", "conditions"]];
    in_free_map || is_inside(&["cache"]) || (line == KestraLine::V1_3 && of_1_3.into_iter().any(is_inside))
}
