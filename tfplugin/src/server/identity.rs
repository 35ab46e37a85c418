//! The rule that an object keeps its identity for life, which hosts rely on and do not check.

use super::ResourceEntry;
use crate::diagnostics::{Diagnostics, Result};
use crate::value::Value;

impl<C: 'static> ResourceEntry<C> {
    /// Refuses another identity than the one from before. Parts that were not known before, as those that an import leaves
    /// out, may be anything.
    pub(super) fn keeps_identity(&self, before: Option<&Value>, after: Option<&Value>) -> Result<()> {
        let (Some(Value::Map(before)), Some(Value::Map(after))) = (before, after) else { return Ok(()) };
        let mut known = before.iter().filter(|(_, value)| !value.is_null() && value.is_known());
        let changed = known.find(|(name, value)| after.get(*name) != Some(*value));
        match changed {
            Some((name, _)) if !self.resource.stored().mutable_identity => {
                Err(changed_identity(self.name(), name))
            }
            _ => Ok(()),
        }
    }
}

fn changed_identity(resource: &str, attribute: &str) -> Diagnostics {
    Diagnostics::error(
        "Unexpected Identity Change",
        format!(
            "The provider gave the {resource} another identity: {attribute} is not what it was. An object keeps its identity \
             for as long as it exists. This is a bug in the provider; please report it."
        ),
    )
}
