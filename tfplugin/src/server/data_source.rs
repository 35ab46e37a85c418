//! A data source with what is derived from its model once and needed in every call.

use std::sync::OnceLock;

use crate::any::AnyDataSource;
use crate::schema::Schema;
use crate::value::Type;

/// A row of the data source table.
pub(crate) struct DataSourceEntry<C: 'static> {
    pub(crate) data_source: &'static dyn AnyDataSource<C>,
    derived: OnceLock<(Schema, Type)>,
}

impl<C: 'static> DataSourceEntry<C> {
    pub(crate) fn new(data_source: &'static dyn AnyDataSource<C>) -> Self {
        Self { data_source, derived: OnceLock::new() }
    }

    fn derived(&self) -> &(Schema, Type) {
        self.derived.get_or_init(|| {
            let schema = self.data_source.schema();
            let ty = schema.block.object_type();
            (schema, ty)
        })
    }

    pub(crate) fn name(&self) -> &'static str {
        self.data_source.name()
    }

    pub(crate) fn schema(&self) -> &Schema {
        &self.derived().0
    }

    pub(crate) fn ty(&self) -> &Type {
        &self.derived().1
    }
}
