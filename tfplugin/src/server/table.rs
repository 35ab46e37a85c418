//! The tables of what a provider offers, each row with what is derived from its model once and needed in every call.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use crate::diagnostics::{Diagnostics, Result};
use crate::schema::{Block, Schema};
use crate::value::Type;

/// A table of one kind of things, by their names.
pub(crate) struct Table<E> {
    kind: &'static str,
    rows: BTreeMap<&'static str, E>,
}

impl<E> Table<E> {
    /// `kind` is what the things are called in errors.
    pub(super) fn new(kind: &'static str, rows: impl IntoIterator<Item = (&'static str, E)>) -> Self {
        Self { kind, rows: rows.into_iter().collect() }
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (&'static str, &E)> {
        self.rows.iter().map(|(name, row)| (*name, row))
    }

    pub(crate) fn names(&self) -> impl Iterator<Item = String> {
        self.rows.keys().map(|name| (*name).to_owned())
    }

    pub(crate) fn get(&self, name: &str) -> Result<&E> {
        self.rows.get(name).ok_or_else(|| unknown_type(self.kind, name))
    }
}

fn unknown_type(kind: &str, name: &str) -> Diagnostics {
    Diagnostics::error(
        format!("Unknown {kind}"),
        format!(
            "This provider has no {kind} {name:?}. The host asked for something the provider's schema does not list: \
             run init again, and if that does not help, report it as a bug in the provider."
        ),
    )
}

/// A row whose schema is one block.
pub(crate) struct BlockEntry<A: ?Sized + 'static> {
    pub(crate) item: &'static A,
    block: fn(&A) -> Block,
    derived: OnceLock<(Schema, Type)>,
}

impl<A: ?Sized> BlockEntry<A> {
    pub(super) fn new(item: &'static A, block: fn(&A) -> Block) -> Self {
        Self { item, block, derived: OnceLock::new() }
    }

    fn derived(&self) -> &(Schema, Type) {
        self.derived.get_or_init(|| {
            let schema = Schema { version: 0, block: (self.block)(self.item) };
            let ty = schema.block.object_type();
            (schema, ty)
        })
    }

    pub(crate) fn schema(&self) -> &Schema {
        &self.derived().0
    }

    pub(crate) fn ty(&self) -> &Type {
        &self.derived().1
    }
}
