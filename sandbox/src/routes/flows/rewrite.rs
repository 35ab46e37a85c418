//! Changing the text of flows that exist. Texts are read and checked outside of the store, whose writes would wait
//! for that; a flow that another call changed meanwhile is read again.

use jiff::Timestamp;
use rusqlite::Connection;

use crate::{
    app::App,
    fault::Fault,
    store::flows::{self, Draft, Flow, Saved},
};

/// Stores what `edit` makes of the flows that `find` gives, all or none; `edit` leaves a flow alone with `None`.
pub(super) async fn rewrite(
    app: &App,
    find: impl Fn(&Connection) -> Result<Vec<Flow>, Fault> + Clone + Send + 'static,
    edit: impl Fn(&Flow) -> Result<Option<Draft>, Fault>,
) -> Result<Vec<Saved>, Fault> {
    loop {
        let mut drafts = Vec::new();
        for flow in app.store.read(find.clone()).await? {
            drafts.extend(edit(&flow)?.map(|draft| (flow.revision, draft)));
        }
        if let Some(saved) = app.store.write(|c| flows::save_over(c, drafts, Timestamp::now())).await? {
            return Ok(saved);
        }
    }
}
