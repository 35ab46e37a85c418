//! The log of an execution while it grows.

use std::{collections::VecDeque, sync::Arc};

use axum::response::sse::Event;
use futures_util::stream;

use super::{super::executions::events, Wanted};
use crate::{
    app::App,
    call::Call,
    changes::Follower,
    reply::Reply,
    store::logs::{self, LogEntry},
};

/// Where a follower stands.
struct Following {
    app: Arc<App>,
    id: String,
    wanted: Wanted,
    follower: Follower,
    /// The number of the last line that was read.
    read: i64,
    unsent: VecDeque<LogEntry>,
}

/// The stream has no end of its own: Kestra keeps it open for lines that come late.
pub(super) async fn follow(call: Call) -> Reply {
    let wanted = Wanted::parse(&call)?;
    let (app, id) = (call.app.clone(), call.variable("executionId"));
    let follower = app.changes.follow();
    let following = Following { app, id, wanted, follower, read: 0, unsent: Default::default() };
    let lines = stream::unfold(following, Following::next);
    Ok(events(Event::default().id("start").data("{}"), lines))
}

impl Following {
    async fn next(mut self) -> Option<(Result<Event, axum::Error>, Following)> {
        loop {
            if let Some(entry) = self.unsent.pop_front() {
                return Some((Event::default().id("progress").json_data(entry), self));
            }
            let (id, read) = (self.id.clone(), self.read);
            let found = self.app.store.read(move |c| logs::of_execution(c, &id, read)).await.ok()?;
            self.read = found.last().map_or(read, |(number, _)| *number);
            self.unsent =
                found.into_iter().map(|(_, entry)| entry).filter(|entry| self.wanted.passes(entry)).collect();
            if self.unsent.is_empty() && !self.follower.changed().await {
                return None;
            }
        }
    }
}
