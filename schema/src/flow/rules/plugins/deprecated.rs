//! Types and properties that Kestra still reads and advises against.

use super::super::super::problem::Problem;
use super::super::Subject;
use super::uses::{Object, PluginUse};

/// Types that are deprecated, and old names of types that are not.
pub(in super::super) fn plugins(subject: &Subject<'_>) -> Vec<Problem> {
    let old = |used: &PluginUse<'_>| {
        let (entry, place) = (used.entry?, used.place.get("type")?);
        let is_old_name = *place.node.text()? != entry.name;
        let message = match (entry.deprecated, is_old_name) {
            (true, _) => format!("`{}` is deprecated", entry.name),
            (false, true) => format!("this is an old name of `{}`; use that", entry.name),
            (false, false) => return None,
        };
        Some(Problem::at("deprecated-type", &place, message).warning())
    };
    subject.enough(subject.uses.plugins.iter().filter_map(old))
}

pub(in super::super) fn properties(subject: &Subject<'_>) -> Vec<Problem> {
    subject.enough(subject.uses.objects.iter().flat_map(deprecated_of))
}

fn deprecated_of(Object { place, entry }: &Object<'_>) -> Vec<Problem> {
    let properties = place.node.as_mapping().into_iter().flatten();
    let deprecated =
        properties.filter(|(name, _)| entry.property(name).is_some_and(|property| property.deprecated));
    let problem = |(name, written): (&String, &crate::yaml::Entry)| {
        let path = place.path.property(name);
        let message =
            format!("`{name}` is deprecated; see the documentation of the plugin for what replaces it");
        Problem::new("deprecated-property", path, written.key_span, message).warning()
    };
    deprecated.map(problem).collect()
}
