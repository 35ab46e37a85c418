//! Checks of a resource's configuration before every plan.

use super::walk::for_each_object;
use super::{ResourceEntry, check};
use crate::diagnostics::{Diagnostic, Diagnostics, Result};
use crate::schema::Block;
use crate::value::{Path, Value};

impl<C: 'static> ResourceEntry<C> {
    /// `write_only_allowed` says whether the host keeps write-only values out of its state. Only here is a host seen that
    /// doesn't.
    pub(crate) fn validate(&self, config: Value, write_only_allowed: bool) -> Result<Diagnostics> {
        if !write_only_allowed {
            let found = write_only_values(&self.schema().block, &config);
            found.into_iter().map(needs_newer_host).collect::<Diagnostics>().into_result()?;
        }
        check(&self.schema().block, config, |config| self.resource.validate(config))
    }
}

fn write_only_values(block: &Block, config: &Value) -> Vec<Path> {
    let mut found = Vec::new();
    for_each_object(block, config, &Path::root(), &mut |block, object, path| {
        let set = |name: &str| object.get(name).is_some_and(|value| !value.is_null());
        let set = block.attributes.iter().filter(|attribute| attribute.write_only && set(attribute.name));
        found.extend(set.map(|attribute| path.clone().attribute(attribute.name)));
    });
    found
}

fn needs_newer_host(path: Path) -> Diagnostic {
    Diagnostic::error(
        "Write-only attribute is not supported here",
        format!("{path} is never stored, which needs Terraform 1.11 or OpenTofu 1.11 or newer. Upgrade, or leave it out."),
    )
    .at(path)
}
