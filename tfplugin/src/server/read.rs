//! Reading an object again, before plans and after imports.

use super::ResourceEntry;
use super::object::{clear_write_only, identity, set_id};
use crate::context::Context;
use crate::diagnostics::{Diagnostics, Result};
use crate::private::Private;
use crate::resource::{ReadRequest, Saved};
use crate::value::Value;

/// An object as the host stored it.
pub(crate) struct StoredObject {
    pub(crate) state: Value,
    pub(crate) private: Private,
}

/// The object as it is now; a null state says that it is gone.
pub(crate) struct ReadOutcome {
    pub(crate) state: Value,
    pub(crate) private: Private,
    pub(crate) identity: Option<Value>,
    pub(crate) warnings: Diagnostics,
}

impl<C: 'static> ResourceEntry<C> {
    pub(crate) async fn read(&self, cx: &Context<C>, stored: StoredObject) -> Result<ReadOutcome> {
        let request = ReadRequest { state: stored.state, private: stored.private };
        let Some(Saved { mut state, private, warnings }) = self.resource.read(cx, request).await? else {
            let (private, warnings) = (Private::default(), Diagnostics::new());
            return Ok(ReadOutcome { state: Value::Null, private, identity: None, warnings });
        };
        clear_write_only(&self.schema().block, &mut state);
        set_id(self, &mut state);
        Ok(ReadOutcome { identity: identity(self, &state), state, private, warnings })
    }
}
