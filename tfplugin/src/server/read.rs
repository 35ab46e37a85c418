//! Reading an object again, before plans and after imports.

use super::ResourceEntry;
use super::object::{clear_write_only, identity, set_id};
use super::spelling::keep_spelling;
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
        let StoredObject { state, private } = stored;
        let named = identity(self, &state);
        let before = self.has_spellings().then(|| state.clone());
        let request = ReadRequest { state, private };
        let Some(Saved { mut state, private, warnings }) = self.resource.read(cx, request).await? else {
            let (private, warnings) = (Private::default(), Diagnostics::new());
            return Ok(ReadOutcome { state: Value::Null, private, identity: None, warnings });
        };
        let block = &self.schema().block;
        if let Some(before) = &before {
            keep_spelling(block, before, &mut state);
        }
        clear_write_only(block, &mut state);
        set_id(self, &mut state);
        let identity = identity(self, &state);
        self.keeps_identity(named.as_ref(), identity.as_ref())?;
        Ok(ReadOutcome { identity, state, private, warnings })
    }

    /// An object of a list, as it would be read, and its identity.
    pub(crate) fn listed(&self, mut object: Value) -> (Value, Option<Value>) {
        clear_write_only(&self.schema().block, &mut object);
        set_id(self, &mut object);
        let identity = identity(self, &object);
        (object, identity)
    }
}
