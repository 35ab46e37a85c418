//! Looking things up.

use super::DataSourceEntry;
use crate::context::Context;
use crate::diagnostics::Result;
use crate::reply::Reply;
use crate::value::Value;

impl<C: 'static> DataSourceEntry<C> {
    pub(crate) async fn read(&self, cx: &Context<C>, config: Value) -> Result<Reply<Value>> {
        self.data_source.read(cx, config).await
    }
}
