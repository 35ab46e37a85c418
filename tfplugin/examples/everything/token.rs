//! `everything_token`: a word that exists only while a run needs it.

use std::time::{Duration, SystemTime};

use tfplugin::diagnostics::{Diagnostics, Result};
use tfplugin::ephemeral_resource::{Opened, Renewed};
use tfplugin::model::{Attr, Model};
use tfplugin::{Context, EphemeralResource, Private, validate};

use crate::provider::Client;

/// A token for a shelf.
#[derive(Clone, Debug, Default, Model)]
pub(crate) struct TokenModel {
    /// The shelf that it opens.
    #[attr(required, validate = validate::length(1..))]
    shelf: Attr<String>,
    /// The token.
    #[attr(computed, sensitive)]
    value: Attr<String>,
}

/// How long a token lasts.
const LIFE: Duration = Duration::from_secs(60);

/// The ephemeral resource.
pub(crate) struct Token;

impl EphemeralResource for Token {
    type Client = Client;
    type Model = TokenModel;

    const NAME: &'static str = "everything_token";

    async fn open(&self, cx: &Context<Client>, mut config: TokenModel) -> Result<Opened<TokenModel>> {
        let shelf = config.shelf.as_str().unwrap_or_default().to_owned();
        config.value = Attr::Known(format!("token-of-{shelf}"));
        cx.client.store()?.put("token", &[&shelf], &config)?;
        let mut private = Private::default();
        private.set("shelf", &shelf);
        Ok(Opened { renew_at: SystemTime::now().checked_add(LIFE), ..Opened::new(config, private) })
    }

    async fn renew(&self, cx: &Context<Client>, mut private: Private) -> Result<Renewed> {
        let shelf: String = private.get("shelf").unwrap_or_default();
        if cx.client.store()?.get::<TokenModel>("token", &[&shelf])?.is_none() {
            return Err(Diagnostics::error(
                "Token is gone",
                "Somebody closed the token while it was in use.",
            ));
        }
        private.set("renewals", &(private.get::<i64>("renewals").unwrap_or_default() + 1));
        Ok(Renewed { private, renew_at: SystemTime::now().checked_add(LIFE), warnings: Diagnostics::new() })
    }

    async fn close(&self, cx: &Context<Client>, private: Private) -> Result<Diagnostics> {
        let shelf: String = private.get("shelf").unwrap_or_default();
        cx.client.store()?.delete("token", &[&shelf])?;
        Ok(Diagnostics::new())
    }
}
