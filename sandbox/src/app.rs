//! What every call needs and no call owns: the store, the edition and the credentials.

use std::sync::Arc;

use schema::KestraLine;

use crate::{
    changes::Changes,
    error::Error,
    options::{BasicAuth, Edition, Options, Release},
    router::Router,
    routes,
    store::{Store, settings},
};

/// One running sandbox, shared by all its calls.
pub(crate) struct App {
    pub(crate) store: Store,
    pub(crate) edition: Edition,
    pub(crate) release: Release,
    pub(crate) auth: Option<BasicAuth>,
    pub(crate) router: Router,
    /// Wakes those who follow executions and logs.
    pub(crate) changes: Changes,
    /// Names this data; a data file keeps it for life.
    pub(crate) uuid: String,
}

impl App {
    pub(crate) async fn open(options: Options) -> Result<Arc<App>, Error> {
        let store = Store::open(&options.data)?;
        let uuid = store.write(settings::uuid).await?;
        let Options { edition, emulate: release, auth, .. } = options;
        let router = Router::new(routes::all(edition, release.line()));
        Ok(Arc::new(App { store, edition, release, auth, router, changes: Changes::new(), uuid }))
    }

    /// The line whose rules apply.
    pub(crate) fn line(&self) -> KestraLine {
        self.release.line()
    }
}
