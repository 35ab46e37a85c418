//! What every call needs and no call owns: the store, the edition and the credentials.

use std::sync::Arc;

use schema::KestraLine;

use crate::{
    changes::Changes,
    error::Error,
    executor::{self, Executor},
    flow::Rules,
    options::{BasicAuth, Edition, Options, Release},
    page,
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
    /// What people look at with a browser.
    pub(crate) pages: Router,
    /// Wakes those who follow executions and logs.
    pub(crate) changes: Changes,
    /// `None` where nothing executes.
    pub(crate) executor: Option<Executor>,
    /// Names this data; a data file keeps it for life.
    pub(crate) uuid: String,
}

impl App {
    /// Whether an engine takes executions up.
    pub(crate) fn executes(&self) -> bool {
        self.executor.is_some()
    }

    pub(crate) async fn open(options: Options) -> Result<Arc<App>, Error> {
        let store = Store::open(&options.data)?;
        let uuid = store.write(settings::uuid).await?;
        let Options { edition, emulate: release, auth, engine, .. } = options;
        let router = Router::new(routes::all(edition, release.line()));
        let pages = Router::new(page::routes());
        let (executor, keeper) = engine.map(executor::attach).unzip();
        let changes = Changes::new();
        let app = Arc::new(App { store, edition, release, auth, router, pages, changes, executor, uuid });
        if let Some(keeper) = keeper {
            tokio::spawn(keeper.keep(Arc::clone(&app)));
        }
        Ok(app)
    }

    /// What decides whether the text of a flow is good.
    pub(crate) fn rules(&self) -> Rules {
        Rules { line: self.line(), has_fixtures: self.executes() }
    }

    /// The line whose rules apply.
    pub(crate) fn line(&self) -> KestraLine {
        self.release.line()
    }
}
