//! Checks of a resource's configuration before every plan.

use super::ResourceEntry;
use crate::diagnostics::{Diagnostic, Diagnostics, Result};
use crate::schema::{Block, Shape};
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
    let Value::Map(object) = value else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for attribute in &block.attributes {
        let Some(value) = object.get(attribute.name).filter(|value| !value.is_null()) else {
            continue;
        };
        let path = path.clone().attribute(attribute.name);
        match &attribute.shape {
            _ if attribute.write_only => found.push(path),
            Shape::Nested(_, block) => found.extend(write_only_values(block, value, &path)),
            _ => {}
        }
    }
    found
}

fn needs_newer_host(path: Path) -> Diagnostic {
    Diagnostic::error(
        "Write-only attribute is not supported here",
        format!("{path} is never stored, which needs Terraform 1.11 or OpenTofu 1.11 or newer. Upgrade, or leave it out."),
    )
    .at(path)
}
