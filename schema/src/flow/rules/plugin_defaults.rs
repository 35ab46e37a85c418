//! The rules of `pluginDefaults`, which only 1.3 has.

use super::super::place::Place;
use super::super::problem::Problem;
use super::Subject;
use super::value::required;
use crate::line::KestraLine;

pub(super) fn plugin_defaults(subject: &Subject<'_>) -> Vec<Problem> {
    match subject.line {
        KestraLine::V1_3 => subject.enough(subject.root.items("pluginDefaults").iter().flat_map(broken)),
        KestraLine::V2_0 => Vec::new(),
    }
}

fn broken(default: &Place<'_>) -> Vec<Problem> {
    let untyped = required("plugin-defaults", default, "type");
    let empty = default.get("values").is_none().then(|| {
        let words = "Invalid Plugin Default: No 'values' provided";
        Problem::at("plugin-defaults", default, "needs the `values` to set").constraint(words)
    });
    [untyped, empty].into_iter().flatten().collect()
}
