//! Data sources without their model types.

use super::{Pending, model};
use crate::context::Context;
use crate::data_source::DataSource;
use crate::diagnostics::{Diagnostics, Result};
use crate::model::Model;
use crate::reply::Reply;
use crate::schema::Block;
use crate::value::Value;

/// Any [`DataSource`] whose client is `C`; implemented for all of them.
pub trait AnyDataSource<C>: Send + Sync {
    /// The full type name.
    fn name(&self) -> &'static str;
    /// The schema of its query and answer.
    fn block(&self) -> Block;
    /// See [`DataSource::validate`].
    fn validate(&self, config: Value) -> Result<Diagnostics>;
    /// See [`DataSource::read`].
    fn read<'a>(&'a self, cx: &'a Context<C>, config: Value) -> Pending<'a, Result<Reply<Value>>>;
}

impl<D: DataSource> AnyDataSource<D::Client> for D {
    fn name(&self) -> &'static str {
        D::NAME
    }

    fn block(&self) -> Block {
        D::Model::block()
    }

    fn validate(&self, config: Value) -> Result<Diagnostics> {
        DataSource::validate(self, &model(config)?)
    }

    fn read<'a>(&'a self, cx: &'a Context<D::Client>, config: Value) -> Pending<'a, Result<Reply<Value>>> {
        Box::pin(async move {
            let Reply { value, warnings } = DataSource::read(self, cx, model(config)?).await?;
            Ok(Reply { value: value.to_value(), warnings })
        })
    }
}
