//! A resource with what is derived from its model once and needed in every call.

use std::sync::OnceLock;

use super::spelling::has_spellings;
use crate::any::AnyResource;
use crate::schema::{IdentitySchema, Schema};
use crate::value::Type;

/// A row of the resource table.
pub(crate) struct ResourceEntry<C: 'static> {
    pub(crate) resource: &'static dyn AnyResource<C>,
    derived: OnceLock<Derived>,
}

struct Derived {
    schema: Schema,
    ty: Type,
    identity: Option<(IdentitySchema, Type)>,
    has_spellings: bool,
}

impl<C: 'static> ResourceEntry<C> {
    pub(crate) fn new(resource: &'static dyn AnyResource<C>) -> Self {
        Self { resource, derived: OnceLock::new() }
    }

    pub(crate) fn name(&self) -> &'static str {
        self.resource.name()
    }

    pub(crate) fn schema(&self) -> &Schema {
        &self.derived().schema
    }

    /// The type of configurations and states.
    pub(crate) fn ty(&self) -> &Type {
        &self.derived().ty
    }

    pub(crate) fn identity(&self) -> Option<&IdentitySchema> {
        self.derived().identity.as_ref().map(|(schema, _)| schema)
    }

    pub(crate) fn identity_type(&self) -> Option<&Type> {
        self.derived().identity.as_ref().map(|(_, ty)| ty)
    }

    /// Whether any attribute has several spellings of one value.
    pub(super) fn has_spellings(&self) -> bool {
        self.derived().has_spellings
    }

    fn derived(&self) -> &Derived {
        self.derived.get_or_init(|| {
            let schema = self.resource.schema();
            let identity = self.resource.identity().map(|identity| {
                let ty = identity.object_type();
                (identity, ty)
            });
            let has_spellings = has_spellings(&schema.block);
            Derived { ty: schema.block.object_type(), schema, identity, has_spellings }
        })
    }
}
