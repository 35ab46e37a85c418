//! Stored states become values of today's schema. Called for every object in every walk, so the common case is cheap.

use super::ResourceEntry;
use crate::diagnostics::{Diagnostics, Result};
use crate::value::{Value, json};

impl<C: 'static> ResourceEntry<C> {
    /// Reads a state stored as JSON with schema version `version`; attributes that no longer exist are dropped.
    pub(crate) fn upgrade(&self, version: i64, state: &[u8]) -> Result<Value> {
        if version == self.schema().version {
            return Ok(json::decode_stored(state, self.ty())?);
        }
        let old = serde_json::from_slice(state).map_err(|error| unreadable(self.name(), &error))?;
        let new = self.resource.upgrade(version, old)?;
        Ok(json::decode_stored(new.to_string().as_bytes(), self.ty())?)
    }

    /// Reads an identity stored as JSON; there has been only one version so far.
    pub(crate) fn upgrade_identity(&self, identity: &[u8]) -> Result<Value> {
        let ty = self.identity_type().ok_or_else(|| no_identity(self.name()))?;
        Ok(json::decode_stored(identity, ty)?)
    }
}

fn unreadable(name: &str, error: &serde_json::Error) -> Diagnostics {
    Diagnostics::error(
        "State is not readable",
        format!(
            "The stored state of the {name} is not JSON ({error}). Restore the state file from a backup."
        ),
    )
}

fn no_identity(name: &str) -> Diagnostics {
    Diagnostics::error("Resource has no identity", format!("A {name} has no identity to upgrade."))
}
