//! Inputs and variables that expressions name are those of the flow.

use std::borrow::Cow;

use super::super::super::inputs::{is_reusable, named};
use super::super::enough::ENOUGH;
use super::super::{Place, Subject};
use super::known::Known;
use super::{Problem, references, warning};
use crate::expression::Path;

/// The task that sets variables while the flow runs.
const SETTER: &str = ".execution.SetVariables";

pub(in super::super) fn inputs(subject: &Subject<'_>) -> Vec<Problem> {
    if subject.inputs.iter().any(is_reusable) {
        return Vec::new();
    }
    let names = named(&subject.inputs).map(|named| named.name).collect();
    unknown(subject, "unknown-input", "inputs", "input", &names)
}

pub(in super::super) fn variables(subject: &Subject<'_>) -> Vec<Problem> {
    let is_setter = |task: &&Place<'_>| task.text("type").is_some_and(|name| name.ends_with(SETTER));
    let setters = subject.tasks.iter().filter(is_setter);
    let maps: Vec<Place<'_>> =
        setters.chain([&subject.root]).filter_map(|holder| holder.get("variables")).collect();
    if maps.iter().any(|map| map.node.as_mapping().is_none()) {
        return Vec::new();
    }
    let names: Known<'_> = maps.iter().flat_map(Place::entries).map(|(name, _)| name).collect();
    unknown(subject, "unknown-variable", "vars", "variable", &names)
}

/// Uses of `root` that lead to none of `names`.
fn unknown(
    subject: &Subject<'_>,
    code: &'static str,
    root: &str,
    what: &str,
    names: &Known<'_>,
) -> Vec<Problem> {
    let leads_nowhere = |path: &Path| {
        let key = joined(path);
        // A dash behind the name is for the rule of dashes.
        !names.has_start_of(&key, &['.']) && !names.has_from(&key, '.') && !names.has_from(&key, '-')
    };
    let uses = references(subject).filter(|(_, path)| path.root.text == root);
    let unknown = uses.filter_map(|(expression, path)| {
        let first = path.first().filter(|_| leads_nowhere(path))?;
        let (name, range) = if names.has_from(first, '.') {
            (joined(path), path.written())
        } else {
            (Cow::Borrowed(first), path.segments.first()?.range.clone())
        };
        let cure = names.did_you_mean(&name);
        Some(warning(code, expression, &range, format!("this flow has no {what} `{name}`{cure}")))
    });
    unknown.take(ENOUGH).collect()
}

fn joined(path: &Path) -> Cow<'_, str> {
    match path.keys().collect::<Vec<_>>()[..] {
        [only] => Cow::Borrowed(only),
        ref keys => Cow::Owned(keys.join(".")),
    }
}
