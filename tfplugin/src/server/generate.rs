//! The configuration that an existing object could have had, for hosts that write it for the user.

use super::ResourceEntry;
use super::walk::null_where;
use crate::diagnostics::Result;
use crate::schema::{Attribute, Mode};
use crate::value::Value;

impl<C: 'static> ResourceEntry<C> {
    pub(crate) fn generate_config(&self, state: Value) -> Result<Value> {
        let mut config = self.resource.generate_config(state)?;
        let block = &self.schema().block;
        null_where(block, &mut config, &is_superfluous);
        Ok(config)
    }
}

/// What the user cannot set, should not set, or need not set.
fn is_superfluous(attribute: &Attribute, value: &Value) -> bool {
    attribute.write_only
        || attribute.mode == Mode::Computed
        || attribute.deprecated.is_some()
        || attribute.default.as_ref().is_some_and(|default| default == value)
}
