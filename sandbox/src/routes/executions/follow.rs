//! An execution while it changes: each new version is an event, until it has ended.

use std::sync::Arc;

use axum::response::{
    IntoResponse, Sse,
    sse::{Event, KeepAlive},
};
use futures_util::{Stream, stream};
use serde_json::json;

use super::{existing_or, print};
use crate::{
    app::App,
    call::Call,
    changes::Follower,
    reply::Reply,
    store::executions::{self, Execution},
};

/// Where a follower stands.
struct Following {
    app: Arc<App>,
    id: String,
    follower: Follower,
    /// The version sent last.
    sent: Option<Execution>,
    ended: bool,
}

pub(super) async fn follow(call: Call) -> Reply {
    let id = call.variable("executionId");
    existing_or(&call, |id| format!("Unable to find execution {id}")).await?;
    let follower = call.app.changes.follow();
    let following = Following { app: call.app.clone(), id: id.clone(), follower, sent: None, ended: false };
    let start = Event::default().id("start").data(json!({"id": id, "deleted": false}).to_string());
    let versions = stream::unfold(following, Following::next);
    Ok(events(start, versions))
}

/// Answers with events; the first one tells the client at once that it is heard.
pub(in crate::routes) fn events(
    start: Event,
    rest: impl Stream<Item = Result<Event, axum::Error>> + Send + 'static,
) -> axum::response::Response {
    use futures_util::StreamExt;
    let all = stream::once(async { Ok(start) }).chain(rest);
    Sse::new(all).keep_alive(KeepAlive::default()).into_response()
}

impl Following {
    /// Waits for a version that was not sent yet.
    async fn next(mut self) -> Option<(Result<Event, axum::Error>, Following)> {
        while !self.ended {
            let id = self.id.clone();
            let found = self.app.store.read(move |c| executions::get(c, &id)).await.ok()??;
            if self.sent.as_ref() != Some(&found) {
                self.ended = found.is_terminated();
                let event = Event::default().id(if self.ended { "end" } else { "progress" });
                let event =
                    event.data(serde_json::to_string(&print::one(found.clone(), self.app.line())).ok()?);
                self.sent = Some(found);
                return Some((Ok(event), self));
            }
            if !self.follower.changed().await {
                return None;
            }
        }
        None
    }
}
