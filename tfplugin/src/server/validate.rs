//! Checks of a resource's configuration before every plan.

use super::ResourceEntry;
use crate::diagnostics::{Diagnostic, Diagnostics, Result};
use crate::schema::{Block, Nesting, Shape};
use crate::value::{Path, Value};

impl<C: 'static> ResourceEntry<C> {
    /// `write_only_allowed` says whether the host keeps write-only values out of its state. Only here is a host seen that
    /// doesn't.
    pub(crate) fn validate(&self, config: Value, write_only_allowed: bool) -> Result<Diagnostics> {
        if !write_only_allowed {
            let found = write_only_values(&self.schema().block, &config, &Path::root());
            found.into_iter().map(needs_newer_host).collect::<Diagnostics>().into_result()?;
        }
        self.resource.validate(config)
    }
}

fn write_only_values(block: &Block, value: &Value, path: &Path) -> Vec<Path> {
    let Value::Map(object) = value else { return Vec::new() };
    let at = |name: &str| object.get(name).map(|value| (value, path.clone().attribute(name)));
    let attributes = block.attributes.iter().filter_map(|attribute| {
        let (value, path) = at(attribute.name).filter(|(value, _)| !value.is_null())?;
        Some(match &attribute.shape {
            _ if attribute.write_only => vec![path],
            Shape::Nested(nesting, block) => in_nested(*nesting, block, value, &path),
            _ => Vec::new(),
        })
    });
    let blocks = block.blocks.iter().filter_map(|nested| {
        let (value, path) = at(nested.name)?;
        Some(in_nested(nested.nesting, &nested.block, value, &path))
    });
    attributes.chain(blocks).flatten().collect()
}

/// Elements of sets have no path of their own: the set's stands for them.
fn in_nested(nesting: Nesting, block: &Block, value: &Value, path: &Path) -> Vec<Path> {
    let in_object = |value: &Value, path: Path| write_only_values(block, value, &path);
    match (nesting, value) {
        (Nesting::Single, single) => in_object(single, path.clone()),
        (Nesting::List, Value::List(elements)) => (0_i64..)
            .zip(elements)
            .flat_map(|(i, element)| in_object(element, path.clone().index(i)))
            .collect(),
        (Nesting::Map, Value::Map(elements)) => {
            elements.iter().flat_map(|(key, element)| in_object(element, path.clone().key(key))).collect()
        }
        (Nesting::Set, Value::Set(elements)) => {
            elements.iter().flat_map(|element| in_object(element, path.clone())).collect()
        }
        _ => Vec::new(),
    }
}

fn needs_newer_host(path: Path) -> Diagnostic {
    Diagnostic::error(
        "Write-only attribute is not supported here",
        format!("{path} is never stored, which needs Terraform 1.11 or OpenTofu 1.11 or newer. Upgrade, or leave it out."),
    )
    .at(path)
}
