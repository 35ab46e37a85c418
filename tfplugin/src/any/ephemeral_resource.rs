//! Ephemeral resources without their model types.

use super::{Pending, model};
use crate::context::Context;
use crate::diagnostics::{Diagnostics, Result};
use crate::ephemeral_resource::{EphemeralResource, Opened, Renewed};
use crate::model::Model;
use crate::private::Private;
use crate::schema::Block;
use crate::value::Value;

/// Any [`EphemeralResource`] whose client is `C`; implemented for all of them.
pub trait AnyEphemeralResource<C>: Send + Sync {
    /// The full type name.
    fn name(&self) -> &'static str;
    /// The schema of its configuration and result.
    fn block(&self) -> Block;
    /// See [`EphemeralResource::validate`].
    fn validate(&self, config: Value) -> Result<Diagnostics>;
    /// See [`EphemeralResource::open`].
    fn open<'a>(&'a self, cx: &'a Context<C>, config: Value) -> Pending<'a, Result<Opened<Value>>>;
    /// See [`EphemeralResource::renew`].
    fn renew<'a>(&'a self, cx: &'a Context<C>, private: Private) -> Pending<'a, Result<Renewed>>;
    /// See [`EphemeralResource::close`].
    fn close<'a>(&'a self, cx: &'a Context<C>, private: Private) -> Pending<'a, Result<Diagnostics>>;
}

impl<E: EphemeralResource> AnyEphemeralResource<E::Client> for E {
    fn name(&self) -> &'static str {
        E::NAME
    }

    fn block(&self) -> Block {
        E::Model::block()
    }

    fn validate(&self, config: Value) -> Result<Diagnostics> {
        EphemeralResource::validate(self, &model(config)?)
    }

    fn open<'a>(&'a self, cx: &'a Context<E::Client>, config: Value) -> Pending<'a, Result<Opened<Value>>> {
        Box::pin(async move {
            let Opened { result, private, renew_at, warnings } =
                EphemeralResource::open(self, cx, model(config)?).await?;
            Ok(Opened { result: result.to_value(), private, renew_at, warnings })
        })
    }

    fn renew<'a>(&'a self, cx: &'a Context<E::Client>, private: Private) -> Pending<'a, Result<Renewed>> {
        Box::pin(EphemeralResource::renew(self, cx, private))
    }

    fn close<'a>(&'a self, cx: &'a Context<E::Client>, private: Private) -> Pending<'a, Result<Diagnostics>> {
        Box::pin(EphemeralResource::close(self, cx, private))
    }
}
