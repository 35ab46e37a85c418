//! Imports: an id or an identity becomes an object of which nothing else is known yet; the read that follows fills it.

use super::ResourceEntry;
use super::object::{empty, identity, set_id};
use crate::diagnostics::{Diagnostics, Result};
use crate::schema::IdentitySchema;
use crate::value::{Number, Type, Value};

/// What the user named.
pub(crate) enum ImportTarget {
    /// The parts of the identity joined by `/`.
    Id(String),
    /// The identity as an object.
    Identity(Value),
}

/// An object of which only the identity is known.
pub(crate) struct ImportedObject {
    pub(crate) state: Value,
    pub(crate) identity: Option<Value>,
}

impl<C: 'static> ResourceEntry<C> {
    pub(crate) fn import(&self, target: ImportTarget) -> Result<ImportedObject> {
        let schema = self.identity().ok_or_else(|| not_importable(self.name()))?;
        let parts = match target {
            ImportTarget::Id(id) => split_id(schema, &id)?,
            ImportTarget::Identity(Value::Map(attributes)) => attributes.into_iter().collect(),
            ImportTarget::Identity(_) => return Err(no_identity(self.name())),
        };
        let mut object = empty(&self.schema().block);
        object.extend(parts);
        let mut state = Value::Map(object);
        set_id(self, &mut state);
        Ok(ImportedObject { identity: identity(self, &state), state })
    }
}

/// The last part takes the rest of the id: names of files hold slashes of their own.
pub(crate) fn split_id(identity: &IdentitySchema, id: &str) -> Result<Vec<(String, Value)>> {
    let names: Vec<&str> = identity.attributes.iter().map(|a| a.name).collect();
    let parts: Vec<&str> = id.splitn(names.len(), '/').collect();
    if parts.len() != names.len() || parts.iter().any(|part| part.is_empty()) {
        return Err(malformed(&names, id));
    }
    let typed = identity.attributes.iter().zip(parts).map(|(attribute, part)| {
        let value = match attribute.value_type() {
            Type::Number => part.parse::<Number>().map(Value::Number).map_err(|_| malformed(&names, id))?,
            _ => Value::from(part),
        };
        Ok((attribute.name.to_owned(), value))
    });
    typed.collect()
}

fn malformed(names: &[&str], id: &str) -> Diagnostics {
    Diagnostics::error(
        "Malformed import id",
        format!("The id must have the form {}; got {id:?}.", names.join("/")),
    )
}

fn not_importable(name: &str) -> Diagnostics {
    Diagnostics::error("Resource cannot be imported", format!("A {name} has no identity to import it by."))
}

fn no_identity(name: &str) -> Diagnostics {
    Diagnostics::error(
        "Import without id and identity",
        format!(
            "The host named no object to import into the {name}. This is a bug in the host; please report it."
        ),
    )
}
