//! Who calls whom: the graph of subflow calls around a flow or within a namespace.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::{
    app::App,
    call::Call,
    fault::Fault,
    filter::is_or_is_below,
    flow,
    reply::{self, Reply},
    store::flows,
};

/// A flow, as (namespace, id).
type Name = (String, String);

/// A call from one flow to another.
type Edge = (Name, Name);

/// The flows a flow calls and those that call it.
pub(super) async fn of_flow(call: Call) -> Reply {
    let centre = (call.variable("namespace"), call.variable("id"));
    let calls_only = call.query.flag("destinationOnly", false);
    let (known, edges) = graph(&call.app).await?;
    let near =
        edges.into_iter().filter(|(from, to)| *from == centre || (!calls_only && *to == centre)).collect();
    let names = if known.contains(&centre) { BTreeSet::from([centre]) } else { BTreeSet::new() };
    print(names, near)
}

/// The flows of a namespace, its children included, and their calls.
pub(super) async fn of_namespace(call: Call) -> Reply {
    let namespace = call.variable("namespace");
    let (mut known, edges) = graph(&call.app).await?;
    known.retain(|(found, _)| *found == namespace);
    let near = edges.into_iter().filter(|((from, _), _)| is_or_is_below(from, &namespace)).collect();
    print(known, near)
}

/// Every flow, and every call between two flows that exist.
async fn graph(app: &App) -> Result<(BTreeSet<Name>, Vec<Edge>), Fault> {
    let all = app.store.read(|c| flows::list(c, None)).await?;
    let known: BTreeSet<Name> = all.iter().map(|flow| (flow.namespace.clone(), flow.id.clone())).collect();
    let rules = app.rules();
    let calls = all.into_iter().flat_map(|flow| {
        let callees: BTreeSet<Name> = flow::inspect(&flow.source, rules).subflows().into_iter().collect();
        let caller = (flow.namespace, flow.id);
        callees.into_iter().map(move |callee| (caller.clone(), callee))
    });
    let edges = calls.filter(|(_, callee)| known.contains(callee)).collect();
    Ok((known, edges))
}

fn print(mut names: BTreeSet<Name>, edges: Vec<Edge>) -> Reply {
    names.extend(edges.iter().flat_map(|(from, to)| [from.clone(), to.clone()]));
    let node = |name: &Name| json!({"uid": uid(name), "namespace": name.0, "id": name.1});
    let edge = |(from, to): &Edge| json!({"source": uid(from), "target": uid(to), "relation": "FLOW_TASK"});
    let nodes: Vec<Value> = names.iter().map(node).collect();
    let edges: Vec<Value> = edges.iter().map(edge).collect();
    reply::json(&json!({"nodes": nodes, "edges": edges}))
}

fn uid((namespace, id): &Name) -> String {
    format!("main_{namespace}_{id}")
}
