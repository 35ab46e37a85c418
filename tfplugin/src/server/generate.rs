//! The configuration that an existing object could have had, for hosts that write it for the user.

use super::ResourceEntry;
use super::object::{clear_write_only, for_each_nested_mut};
use crate::diagnostics::Result;
use crate::schema::{Attribute, Block, Mode, Shape};
use crate::value::Value;

impl<C: 'static> ResourceEntry<C> {
    pub(crate) fn generate_config(&self, state: Value) -> Result<Value> {
        let mut config = self.resource.generate_config(state)?;
        let block = &self.schema().block;
        clear_write_only(block, &mut config);
        leave_out(block, &mut config);
        Ok(config)
    }
}

/// Nulls what the user cannot set, should not set, or need not set.
fn leave_out(block: &Block, value: &mut Value) {
    let Value::Map(object) = value else { return };
    for attribute in &block.attributes {
        let Some(value) = object.get_mut(attribute.name) else { continue };
        if is_superfluous(attribute, value) {
            *value = Value::Null;
        } else if let Shape::Nested(nesting, block) = &attribute.shape {
            for_each_nested_mut(*nesting, value, &mut |object| leave_out(block, object));
        }
    }
    for nested in &block.blocks {
        if let Some(value) = object.get_mut(nested.name) {
            for_each_nested_mut(nested.nesting, value, &mut |object| leave_out(&nested.block, object));
        }
    }
}

fn is_superfluous(attribute: &Attribute, value: &Value) -> bool {
    attribute.mode == Mode::Computed
        || attribute.deprecated.is_some()
        || attribute.default.as_ref().is_some_and(|default| default == value)
}
