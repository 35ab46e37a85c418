//! The topology of a flow in the words of Kestra's page: nodes, edges between them, and clusters around those of one
//! flowable task.

mod cluster;
mod flowable;

use serde_json::{Map, Value, json};

use crate::{
    call::Call,
    fault::Fault,
    flow,
    reply::{self, Reply},
    store::flows,
};
use cluster::{Cluster, Handlers, Tasks};
use flowable::Order;

/// What all node types begin with.
const HIERARCHIES: &str = "io.kestra.core.models.hierarchies";

/// The lists of a flow graph, filled while its flow is walked.
#[derive(Default)]
struct Lists {
    nodes: Vec<Value>,
    edges: Vec<Value>,
    clusters: Vec<Value>,
}

pub(super) async fn of_flow(call: Call) -> Reply {
    only_the_flow(&call)?;
    let (namespace, id) = (call.variable("namespace"), call.variable("id"));
    let missing = Fault::Missing(format!("Unable to find flow main_{namespace}_{id}"));
    let revision = call.query.number("revision")?;
    let found = call.app.store.read(move |c| flows::existing_or_revision(c, &namespace, &id, revision));
    let flow = found.await?.filter(|flow| !flow.deleted).ok_or(missing)?;
    reply::json(&graph(&flow.body)?)
}

/// The same for a text that is not stored.
pub(super) async fn of_source(call: Call) -> Reply {
    only_the_flow(&call)?;
    reply::json(&graph(&flow::draft(call.text(), call.app.rules())?.body)?)
}

/// Subflows are drawn as single nodes; Kestra can also open those that `subflows` names.
pub(in crate::routes) fn only_the_flow(call: &Call) -> Result<(), Fault> {
    match call.query.one("subflows").filter(|named| !named.is_empty()) {
        Some(_) => Err(Fault::Unserved("graphs with opened subflows".into())),
        None => Ok(()),
    }
}

/// The graph of a flow as it is printed.
pub(in crate::routes) fn graph(flow: &Map<String, Value>) -> Result<Value, Fault> {
    let mut lists = Lists::default();
    let root = Cluster::root();
    lists.nodes.push(root.start_node());
    lists.nodes.push(root.end_node());
    let triggers = items(flow, "triggers");
    if !triggers.is_empty() {
        root.triggers(triggers, &mut lists);
    }
    let tasks = Tasks { items: items(flow, "tasks"), order: Order::Sequential, value: None };
    let handlers = Handlers {
        errors: items(flow, "errors"),
        finally: items(flow, "finally"),
        after: items(flow, "afterExecution"),
    };
    root.fill(&[tasks], &handlers, &mut lists)?;
    Ok(json!({"nodes": lists.nodes, "edges": lists.edges, "clusters": lists.clusters}))
}

fn items<'a>(object: &'a Map<String, Value>, list: &str) -> &'a [Value] {
    object.get(list).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The edges of a flow's graph, without the common prefix of the nodes' names.
    fn edges(tasks: Value, more: Value) -> Vec<String> {
        let mut flow = json!({"tasks": tasks});
        flow.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        let graph = graph(flow.as_object().unwrap()).unwrap();
        let known: Vec<&Value> = graph["nodes"].as_array().unwrap().iter().map(|node| &node["uid"]).collect();
        let edge = |edge: &Value| {
            assert!(known.contains(&&edge["source"]) && known.contains(&&edge["target"]), "{edge}");
            let name = |end: &str| edge[end].as_str().unwrap().trim_start_matches("root.").to_owned();
            let value = edge["relation"].get("value").and_then(Value::as_str).unwrap_or_default();
            let kind = edge["relation"].get("relationType").and_then(Value::as_str).unwrap_or_default();
            format!("{} {} {kind}{value}", name("source"), name("target")).trim_end().to_owned()
        };
        graph["edges"].as_array().unwrap().iter().map(edge).collect()
    }

    fn log(id: &str) -> Value {
        json!({"id": id, "type": "io.kestra.plugin.core.log.Log", "message": "m"})
    }

    fn flowable(id: &str, class: &str, more: Value) -> Value {
        let mut task = json!({"id": id, "type": format!("io.kestra.plugin.core.flow.{class}")});
        task.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        task
    }

    #[test]
    fn tasks_run_one_after_the_other() {
        assert_eq!(edges(json!([log("a"), log("b")]), json!({})), ["_root a", "a b SEQUENTIAL", "b _end"]);
    }

    #[test]
    fn handlers_hang_on_the_start_and_before_the_end() {
        let more = json!({"errors": [log("e")], "finally": [log("f")], "afterExecution": [log("x")]});
        assert_eq!(
            edges(json!([log("a")]), more),
            [
                "_root a",
                "a _finally",
                "_root e ERROR",
                "e _finally",
                "_finally f",
                "f _after",
                "_after x",
                "x _end"
            ]
        );
    }

    #[test]
    fn a_trigger_leads_to_the_start() {
        let found = edges(json!([log("a")]), json!({"triggers": [{"id": "t", "type": "x.Y"}]}));
        assert_eq!(
            found,
            [
                "Triggers._end _root",
                "Triggers._root Triggers.t",
                "Triggers.t Triggers._end",
                "_root a",
                "a _end"
            ]
        );
    }

    #[test]
    fn parallel_tasks_all_start_at_their_task() {
        let parallel = flowable("p", "Parallel", json!({"tasks": [log("a"), log("b")]}));
        assert_eq!(
            edges(json!([parallel]), json!({})),
            [
                "p._root p",
                "p p.a PARALLEL",
                "p.a p._end",
                "p p.b PARALLEL",
                "p.b p._end",
                "_root p._root",
                "p._end _end",
            ]
        );
    }

    #[test]
    fn branches_say_which_way_they_are() {
        let branch = flowable("i", "If", json!({"then": [log("a")], "else": [log("b")]}));
        let found = edges(json!([branch]), json!({}));
        assert!(found.contains(&"i i.a CHOICEthen".to_owned()), "{found:?}");
        assert!(found.contains(&"i i.b CHOICEelse".to_owned()), "{found:?}");
    }

    #[test]
    fn tasks_of_a_dag_follow_what_they_depend_on() {
        let dag = flowable(
            "d",
            "Dag",
            json!({"tasks": [{"task": log("b"), "dependsOn": ["a"]}, {"task": log("a")}]}),
        );
        let found = edges(json!([dag]), json!({}));
        for edge in ["d d.a PARALLEL", "d.a d.b PARALLEL", "d.b d._end"] {
            assert!(found.contains(&edge.to_owned()), "{edge}: {found:?}");
        }
        assert!(!found.contains(&"d.a d._end".to_owned()), "{found:?}");
    }

    #[test]
    fn clusters_name_their_nodes_and_those_around_them() {
        let inner = flowable("in", "Sequential", json!({"tasks": [log("a")]}));
        let outer = flowable("out", "Sequential", json!({"tasks": [inner]}));
        let flow = json!({"tasks": [outer]});
        let graph = graph(flow.as_object().unwrap()).unwrap();
        let clusters = graph["clusters"].as_array().unwrap();
        assert_eq!(clusters[0]["parents"], json!([]));
        assert_eq!(clusters[1]["cluster"]["uid"], "cluster_root.out.in");
        assert_eq!(clusters[1]["parents"], json!(["cluster_root.out"]));
        assert_eq!(
            clusters[1]["nodes"],
            json!(["root.out.in._root", "root.out.in._end", "root.out.in", "root.out.in.a"])
        );
    }
}
