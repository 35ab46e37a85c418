//! The executions that belong together, while their states change: a flow, its subflows, the flows it sets off.

use std::{
    collections::{BTreeMap, VecDeque},
    sync::Arc,
};

use axum::response::sse::Event;
use futures_util::stream;
use serde_json::{Value, json};

use super::{existing_or, follow::events};
use crate::{
    app::App,
    call::Call,
    changes::Follower,
    execution::labels,
    fault::Fault,
    reply::Reply,
    store::executions::{self, Execution},
};

/// Where a follower stands.
struct Following {
    app: Arc<App>,
    /// What all executions that belong together carry as a label.
    correlation: String,
    follower: Follower,
    /// The states sent last, by execution.
    sent: BTreeMap<String, Value>,
    unsent: VecDeque<Event>,
}

pub(super) async fn follow(call: Call) -> Reply {
    let id = call.variable("executionId");
    let execution = existing_or(&call, |id| format!("Unable to find execution {id}")).await?;
    let correlation =
        labels::correlation(&execution.0).ok_or_else(|| Fault::Missing("No value present".into()))?;
    let follower = call.app.changes.follow();
    let (sent, unsent) = (BTreeMap::new(), VecDeque::new());
    let following = Following { app: call.app.clone(), correlation, follower, sent, unsent };
    let start = Event::default().id("start").data(json!({"executionId": id}).to_string());
    Ok(events(start, stream::unfold(following, Following::next)))
}

impl Following {
    /// The next change of a state; none once all have ended.
    async fn next(mut self) -> Option<(Result<Event, axum::Error>, Following)> {
        loop {
            if let Some(event) = self.unsent.pop_front() {
                return Some((Ok(event), self));
            }
            let correlation = self.correlation.clone();
            let belongs =
                move |found: &Execution| labels::correlation(&found.0).as_ref() == Some(&correlation);
            let found = self.app.store.read(move |c| executions::search(c, belongs)).await.ok()?;
            self.unsent = found.iter().filter_map(|execution| self.changed(execution)).collect();
            let ended = found.iter().all(Execution::is_terminated);
            if self.unsent.is_empty() && (ended || !self.follower.changed().await) {
                return None;
            }
        }
    }

    /// The event of an execution whose state is another than the one that was sent.
    fn changed(&mut self, execution: &Execution) -> Option<Event> {
        let state = execution.0.get("state").cloned().unwrap_or_default();
        if self.sent.get(execution.id()) == Some(&state) {
            return None;
        }
        let status = json!({
            "executionId": execution.id(), "tenantId": "main", "namespace": execution.namespace(),
            "flowId": execution.flow_id(), "state": state,
        });
        self.sent.insert(execution.id().into(), state);
        let name = if execution.is_terminated() { "end" } else { "progress" };
        Some(Event::default().id(name).data(status.to_string()))
    }
}
