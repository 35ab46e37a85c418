//! Stored states become values of today's schema. Called for every object in every walk, so the common case is cheap.

use super::ResourceEntry;
use crate::diagnostics::{Diagnostics, Result};
use crate::resource::Upgrade;
use crate::value::{Value, json};

impl<C: 'static> ResourceEntry<C> {
    /// Reads a state stored as JSON with schema version `version`; attributes that no longer exist are dropped.
    pub(crate) fn upgrade(&self, version: i64, state: &[u8]) -> Result<Value> {
        if version == self.schema().version {
            return Ok(json::decode_stored(state, self.ty())?);
        }
        let upgraded = upgrade(self.resource.stored().upgrades, self.schema().version, version, state);
        let upgraded = upgraded.map_err(|error| error.diagnostics(self.name(), "state"))?;
        Ok(json::decode_stored(upgraded.to_string().as_bytes(), self.ty())?)
    }

    /// Reads an identity stored as JSON with schema version `version`. A state from before identities has none at all: the
    /// next read fills it.
    pub(crate) fn upgrade_identity(&self, version: i64, identity: &[u8]) -> Result<Value> {
        let (Some(schema), Some(ty)) = (self.identity(), self.identity_type()) else {
            return Err(no_identity(self.name()));
        };
        if identity.is_empty() {
            return Ok(json::decode_stored(b"{}", ty)?);
        }
        if version == schema.version {
            return Ok(json::decode_stored(identity, ty)?);
        }
        let upgraded = upgrade(self.resource.stored().identity_upgrades, schema.version, version, identity);
        let upgraded = upgraded.map_err(|error| error.diagnostics(self.name(), "identity"))?;
        Ok(json::decode_stored(upgraded.to_string().as_bytes(), ty)?)
    }
}

/// Why something stored does not become what is stored today.
enum UpgradeError {
    Unreadable(serde_json::Error),
    NoWay { from: i64, to: i64 },
    Refused(Diagnostics),
}

/// Goes from version to version.
fn upgrade(
    upgrades: &[Upgrade],
    current: i64,
    stored: i64,
    json: &[u8],
) -> std::result::Result<serde_json::Value, UpgradeError> {
    if stored > current {
        return Err(UpgradeError::NoWay { from: stored, to: current });
    }
    let mut value = serde_json::from_slice(json).map_err(UpgradeError::Unreadable)?;
    for version in stored..current {
        let step = upgrades.iter().find(|step| step.from == version);
        let step = step.ok_or(UpgradeError::NoWay { from: version, to: current })?;
        value = (step.rewrite)(value).map_err(UpgradeError::Refused)?;
    }
    Ok(value)
}

impl UpgradeError {
    fn diagnostics(self, name: &str, what: &str) -> Diagnostics {
        match self {
            Self::Refused(diagnostics) => diagnostics,
            Self::Unreadable(error) => Diagnostics::error(
                format!("Stored {what} is not readable"),
                format!(
                    "The stored {what} of the {name} is not JSON ({error}). Restore the state file from a backup."
                ),
            ),
            Self::NoWay { from, to } => Diagnostics::error(
                format!("Stored {what} has another version"),
                format!(
                    "The stored {what} of this {name} has version {from}, and this provider knows no way from it to version \
                     {to}. Use the release of the provider that wrote it, or, if that is an old one, apply once with a release \
                     in between."
                ),
            ),
        }
    }
}

fn no_identity(name: &str) -> Diagnostics {
    Diagnostics::error("Resource has no identity", format!("A {name} has no identity to upgrade."))
}
