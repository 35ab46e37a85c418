//! Moves: the state of another type, perhaps of another provider, becomes an object of this type.

use super::ResourceEntry;
use super::object::{clear_write_only, identity, set_id};
use crate::diagnostics::{Diagnostics, Result};
use crate::private::Private;
use crate::resource::{MoveRequest, Moved};
use crate::value::Value;

/// An object that has been taken over.
pub(crate) struct MovedObject {
    pub(crate) state: Value,
    pub(crate) private: Private,
    pub(crate) identity: Option<Value>,
}

impl<C: 'static> ResourceEntry<C> {
    pub(crate) fn move_state(&self, source: MoveRequest) -> Result<MovedObject> {
        let refusal = refused(&source, self.name());
        let Moved { mut state, private } = self.resource.move_state(source)?.ok_or(refusal)?;
        clear_write_only(&self.schema().block, &mut state);
        set_id(self, &mut state);
        state.null_unknowns();
        Ok(MovedObject { identity: identity(self, &state), state, private })
    }
}

/// A `moved` block may name any two types, so this is a user's mistake and not a host's.
fn refused(source: &MoveRequest, target: &str) -> Diagnostics {
    Diagnostics::error(
        "Resource cannot be moved",
        format!(
            "This provider cannot turn {} of {} into {target}. Instead of the `moved` block, write a `removed` block with \
             `destroy = false` for the old address and an `import` block for the new one.",
            source.type_name, source.provider
        ),
    )
}
