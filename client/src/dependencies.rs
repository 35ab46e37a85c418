//! `flows/{namespace}/{id}/dependencies`: which flows are linked with a flow, as the server last worked it out. It does so
//! in the background, so a link may be missing for a moment after a write.

use reqwest::Method;
use schema::contract::FlowName;
use serde::Deserialize;

use crate::call::Call;
use crate::error::Error;
use crate::flows::Flows;
use crate::retry::Repeat;

/// A flow and those it is linked with.
#[derive(Deserialize)]
struct Topology {
    #[serde(default)]
    nodes: Vec<Node>,
    #[serde(default)]
    edges: Vec<Edge>,
}

#[derive(Deserialize)]
struct Node {
    uid: String,
    #[serde(flatten)]
    name: FlowName,
}

/// `source` calls or triggers `target`.
#[derive(Deserialize)]
struct Edge {
    source: String,
    target: String,
    relation: String,
}

/// A task of the source calls the target; the other relation is a trigger.
const CALLS: &str = "FLOW_TASK";

impl Topology {
    fn callers_of(self, namespace: &str, id: &str) -> Vec<FlowName> {
        let is_callee = |node: &Node| node.name.namespace == namespace && node.name.id == id;
        let Some(callee) = self.nodes.iter().find(|node| is_callee(node)) else { return Vec::new() };
        let calls = self.edges.iter().filter(|edge| edge.relation == CALLS && edge.target == callee.uid);
        let caller = |edge: &Edge| self.nodes.iter().find(|node| node.uid == edge.source);
        let mut callers: Vec<FlowName> = calls.filter_map(caller).map(|node| node.name.clone()).collect();
        callers.sort();
        callers.dedup();
        callers
    }
}

impl Flows<'_> {
    /// The flows whose tasks call this one, sorted; none for a flow that does not exist.
    ///
    /// # Errors
    /// As every call.
    pub async fn callers(&self, namespace: &str, id: &str) -> Result<Vec<FlowName>, Error> {
        let route = self.client.tenant(Method::GET, &["flows", namespace, id, "dependencies"])?;
        let topology: Topology = self.client.send(Call::new(route, Repeat::Harmless)).await?.json()?;
        Ok(topology.callers_of(namespace, id))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn callers_are_the_sources_of_calls() {
        let topology = r#"{
            "nodes": [{"uid":"1","namespace":"a","id":"parent"}, {"uid":"2","namespace":"a","id":"child"},
                      {"uid":"3","namespace":"b","id":"other"}, {"uid":"4","namespace":"b","id":"listener"}],
            "edges": [{"source":"1","target":"2","relation":"FLOW_TASK"}, {"source":"3","target":"2","relation":"FLOW_TASK"},
                      {"source":"3","target":"2","relation":"FLOW_TASK"}, {"source":"2","target":"4","relation":"FLOW_TRIGGER"},
                      {"source":"9","target":"2","relation":"FLOW_TASK"}]}"#;
        let callers = |namespace: &str, id: &str| -> Vec<String> {
            let topology: Topology = serde_json::from_str(topology).unwrap();
            topology.callers_of(namespace, id).iter().map(ToString::to_string).collect()
        };
        assert_eq!(callers("a", "child"), ["a.parent", "b.other"]);
        assert!(callers("b", "listener").is_empty(), "a trigger is no call");
        assert!(callers("a", "missing").is_empty());
    }
}
