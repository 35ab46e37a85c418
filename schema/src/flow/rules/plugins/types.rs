//! Types of plugins: known to Kestra, and of the kind that belongs where they stand.
//!
//! A server may have more plugins than the catalog, so an unknown type is a warning. Only Kestra's own packages are
//! complete: what the catalog does not know there, no server has.

use super::super::super::problem::Problem;
use super::super::Subject;
use super::super::model::invalid_type;
use super::uses::PluginUse;
use crate::catalog::{Catalog, Kind};
use crate::line::KestraLine;

/// Packages of Kestra itself.
const OWN: [&str; 2] = ["io.kestra.plugin.core.", "io.kestra.core."];

/// Types that 2.0 dropped, and what takes their place.
const SUCCESSORS: [(&str, &str); 3] = [
    ("io.kestra.plugin.core.flow.ForEach", "io.kestra.plugin.core.flow.Loop"),
    ("io.kestra.plugin.core.flow.EachSequential", "io.kestra.plugin.core.flow.Loop"),
    ("io.kestra.plugin.core.flow.EachParallel", "io.kestra.plugin.core.flow.Loop"),
];

/// This many letters of a class hide at most one typing error.
const LETTERS_PER_ERROR: usize = 4;

/// Types that no name in the catalog resembles; an error where only Kestra itself could have them.
pub(in super::super) fn unknown(subject: &Subject<'_>) -> Vec<Problem> {
    found(subject, |name, used| is_own(name) || used.meant.is_none())
}

/// Types that are most likely a name of the catalog with a typing error.
pub(in super::super) fn misspelled(subject: &Subject<'_>) -> Vec<Problem> {
    found(subject, |name, used| !is_own(name) && used.meant.is_some())
}

/// The problems of the unknown types that `wanted` picks.
fn found(subject: &Subject<'_>, wanted: fn(&str, &PluginUse<'_>) -> bool) -> Vec<Problem> {
    let unknown = subject.uses.plugins.iter().filter(|used| used.entry.is_none());
    let named = unknown.map(|used| (used, name(used)));
    let named = named.filter(|(used, name)| wanted(name, used));
    subject.enough(named.map(|(used, name)| problem(used, name, subject)))
}

/// What `type` says, empty when it says nothing: Kestra reads no numbers as names.
fn name<'flow>(used: &PluginUse<'flow>) -> &'flow str {
    used.place.node.get("type").and_then(|name| name.as_str()).unwrap_or_default()
}

fn problem(used: &PluginUse<'_>, name: &str, subject: &Subject<'_>) -> Problem {
    let place = used.place.get("type").unwrap_or_else(|| used.place.clone());
    if name.is_empty() {
        let words = invalid_type(&used.place, Some("<null>"));
        return Problem::at(
            "unknown-type",
            &place,
            "name the plugin, such as `io.kestra.plugin.core.log.Log`",
        )
        .worded(words);
    }
    let catalog = subject.uses.catalog;
    let known = if is_own(name) {
        format!("Kestra {} has no `{name}`", subject.line)
    } else {
        format!("`{name}` is not in the catalog of Kestra {}", subject.line)
    };
    let nearest = || catalog.nearest(name, used.kind).first().copied();
    let meant = if is_own(name) { used.meant.or_else(nearest) } else { used.meant };
    let message = match (successor(name, subject.line), meant) {
        (Some(successor), _) => format!("{known} any more; use `{successor}`"),
        (None, Some(similar)) => format!("{known}; did you mean `{similar}`?"),
        (None, None) if is_own(name) => known,
        (None, None) => {
            format!("{known}, so nothing of it is checked; make sure that the server has the plugin")
        }
    };
    let code = if is_own(name) || used.meant.is_none() { "unknown-type" } else { "misspelled-type" };
    let problem = Problem::at(code, &place, message);
    if is_own(name) { problem.worded(invalid_type(&used.place, Some(name))) } else { problem.warning() }
}

fn is_own(name: &str) -> bool {
    name.is_empty() || OWN.iter().any(|package| name.starts_with(package))
}

fn successor(name: &str, line: KestraLine) -> Option<&'static str> {
    let old = Catalog::of(KestraLine::V1_3).plugin(name).filter(|_| line == KestraLine::V2_0)?;
    SUCCESSORS.iter().find(|(dropped, _)| *dropped == old.name).map(|(_, successor)| *successor)
}

/// The name that differs from `name` only by the case of letters, or in the class by what a typing error changes. Other
/// packages prove nothing: many plugins have a class `Query`.
pub(super) fn misspelling<'catalog>(
    name: &str,
    catalog: &'catalog Catalog,
    kind: Kind,
) -> Option<&'catalog str> {
    let is_meant = |candidate: &&str| {
        let (package, class) = name.rsplit_once('.').unwrap_or(("", name));
        let (other_package, other_class) = candidate.rsplit_once('.').unwrap_or(("", candidate));
        let errors = strsim::damerau_levenshtein(class, other_class);
        name.eq_ignore_ascii_case(candidate)
            || (package == other_package && errors * LETTERS_PER_ERROR <= class.len())
    };
    catalog.nearest(name, kind).into_iter().find(is_meant)
}

/// Plugins that are not what belongs where they stand, such as a trigger among tasks. Elsewhere Kestra looks at no more
/// than whether it can read the plugin.
pub(in super::super) fn wrong_kinds(subject: &Subject<'_>) -> Vec<Problem> {
    subject.enough(subject.uses.plugins.iter().filter_map(wrong_kind))
}

fn wrong_kind(used: &PluginUse<'_>) -> Option<Problem> {
    let entry = used.entry.filter(|entry| entry.kind != used.kind)?;
    let place = used.place.get("type")?;
    let human = format!("`{}` is a {}; this must be a {}", entry.name, spoken(entry.kind), spoken(used.kind));
    let problem = Problem::at("plugin-kind", &place, human);
    let base = match used.kind {
        Kind::Task => "io.kestra.core.models.tasks.Task",
        Kind::Trigger => "io.kestra.core.models.triggers.AbstractTrigger",
        _ => return Some(problem.warning()),
    };
    Some(problem.of_flow(format!("class {} cannot be cast to class {base}", entry.name)))
}

fn spoken(kind: Kind) -> &'static str {
    match kind {
        Kind::Task => "task",
        Kind::Trigger => "trigger",
        Kind::Condition => "condition",
        Kind::TaskRunner => "task runner",
        Kind::LogExporter => "log exporter",
        Kind::AdditionalPlugin => "plugin of another plugin",
        Kind::Model => "map",
    }
}
