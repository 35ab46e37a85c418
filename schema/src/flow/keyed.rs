//! Lists whose items have names: tasks, inputs and triggers by `id`, labels by `key`. Such lists are compared and
//! merged by name, not by position.

use std::borrow::Cow;

use indexmap::IndexMap;

use crate::yaml::Node;

/// The name of an item of a list; that of a task in a Dag is inside.
pub(crate) fn key(item: &Node) -> Option<Cow<'_, str>> {
    let entries = item.as_mapping()?;
    let named = ["id", "name", "key"].iter().find_map(|name| entries.get(*name)).map(|entry| &entry.value);
    named.or_else(|| item.get("task")?.get("id"))?.text()
}

/// The items by name, with their positions; nothing when one has no name or two have the same.
pub(crate) fn keyed(items: &[Node]) -> Option<IndexMap<Cow<'_, str>, usize>> {
    let mut found = IndexMap::new();
    for (index, item) in items.iter().enumerate() {
        if found.insert(key(item)?, index).is_some() {
            return None;
        }
    }
    Some(found)
}
