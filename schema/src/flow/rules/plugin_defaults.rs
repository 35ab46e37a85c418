//! The rules of `pluginDefaults`, which only 1.3 has.

use super::super::place::Place;
use super::super::problem::Problem;
use super::Subject;
use super::value::required;
use crate::catalog::{Catalog, Origin, did_you_mean};
use crate::line::KestraLine;

pub(super) fn plugin_defaults(subject: &Subject<'_>) -> Vec<Problem> {
    match subject.line {
        KestraLine::V1_3 => subject.enough(
            subject
                .root
                .items("pluginDefaults")
                .iter()
                .flat_map(|default| broken(default, subject.uses.catalog)),
        ),
        KestraLine::V2_0 => Vec::new(),
    }
}

fn broken(default: &Place<'_>, catalog: &Catalog) -> Vec<Problem> {
    let untyped = required("plugin-defaults", default, "type");
    let empty = default.get("values").is_none().then(|| {
        let words = "Invalid Plugin Default: No 'values' provided";
        Problem::at("plugin-defaults", default, "needs the `values` to set").constraint(words)
    });
    [untyped, empty, unknown_property(default, catalog)].into_iter().flatten().collect()
}

/// Where the type names a plugin, and not only how the names of plugins begin, its properties are known.
fn unknown_property(default: &Place<'_>, catalog: &Catalog) -> Option<Problem> {
    let name = default.text("type")?;
    let entry = catalog.plugin(&name)?;
    let is_complete = entry.origin == Origin::Kestra && !entry.open;
    let values = default.get("values")?;
    let is_known = |property: &str| property == "type" || entry.property(property).is_some();
    let (property, written) = values.node.as_mapping()?.iter().find(|(property, _)| !is_known(property))?;
    let similar = entry.nearest(property).into_iter();
    let human = format!("`{name}` has no property `{property}`{}", did_you_mean(property, similar));
    let words = format!("Invalid Plugin Default: No property '{property}' exists in plugin '{name}'");
    let problem = Problem::new("plugin-defaults", default.path.clone(), written.key_span, human);
    is_complete.then(|| problem.constraint(words))
}
