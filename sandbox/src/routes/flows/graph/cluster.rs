//! A start, an end and what is between them: the whole flow, its triggers, or a flowable task.

use serde_json::{Value, json};

use super::{
    HIERARCHIES, Lists,
    flowable::{Order, node_type, open},
};
use crate::fault::Fault;

/// A list of tasks, and the value by which a task chooses it.
pub(super) struct Tasks<'a> {
    pub(super) items: &'a [Value],
    pub(super) order: Order,
    pub(super) value: Option<&'a str>,
}

/// What runs beside or behind the tasks.
pub(super) struct Handlers<'a> {
    pub(super) errors: &'a [Value],
    pub(super) finally: &'a [Value],
    pub(super) after: &'a [Value],
}

impl Handlers<'_> {
    pub(super) fn is_empty(&self) -> bool {
        self.errors.is_empty() && self.finally.is_empty() && self.after.is_empty()
    }
}

pub(super) struct Cluster {
    uid: String,
    /// How its tasks relate to the task that holds them; the flow has no such relation.
    relation: Option<&'static str>,
    /// The node of the task it is made of.
    task: Option<String>,
    parents: Vec<String>,
}

/// Where edges enter and leave something drawn.
struct Ends {
    entry: String,
    exit: String,
}

/// How a chain of tasks hangs in its cluster.
struct Chain<'a> {
    items: &'a [Value],
    /// Kestra's name of the kind of chain: SEQUENTIAL, PARALLEL, ERROR, FINALLY or AFTER_EXECUTION.
    kind: &'static str,
    value: Option<&'a str>,
    from: String,
    to: String,
}

impl Cluster {
    pub(super) fn root() -> Cluster {
        Cluster { uid: "root".into(), relation: None, task: None, parents: Vec::new() }
    }

    /// Ids of tasks never begin with an underscore.
    fn own(&self, name: &str) -> String {
        format!("{}._{name}", self.uid)
    }

    fn own_node(&self, name: &str, class: &str) -> Value {
        json!({"uid": self.own(name), "type": format!("{HIERARCHIES}.GraphCluster{class}")})
    }

    pub(super) fn start_node(&self) -> Value {
        self.own_node("root", "Root")
    }

    pub(super) fn end_node(&self) -> Value {
        self.own_node("end", "End")
    }

    /// The node that edges out of the tasks start at.
    fn holder(&self) -> String {
        self.task.clone().unwrap_or_else(|| self.own("root"))
    }

    /// The cluster of a flow's triggers.
    pub(super) fn triggers(&self, triggers: &[Value], lists: &mut Lists) {
        let cluster = Cluster { uid: format!("{}.Triggers", self.uid), ..Cluster::root() };
        let (root, end) = (cluster.own("root"), cluster.own("end"));
        edge(lists, &end, &self.own("root"), json!({}));
        lists.nodes.extend([cluster.start_node(), cluster.end_node()]);
        let mut nodes = vec![root.clone(), end.clone()];
        for trigger in triggers {
            let uid = format!("{}.{}", cluster.uid, text(trigger, "id"));
            let class = format!("{HIERARCHIES}.GraphTrigger");
            lists.nodes.push(json!({"uid": uid, "type": class, "triggerDeclaration": trigger}));
            edge(lists, &root, &uid, json!({}));
            edge(lists, &uid, &end, json!({}));
            nodes.push(uid);
        }
        lists.clusters.push(cluster.print(None, nodes));
    }

    /// Draws the tasks and handlers, and gives the names of the nodes that lie directly in the cluster.
    pub(super) fn fill(
        &self,
        ways: &[Tasks<'_>],
        handlers: &Handlers<'_>,
        lists: &mut Lists,
    ) -> Result<Vec<String>, Fault> {
        let end = self.own("end");
        let after = if handlers.after.is_empty() { end.clone() } else { self.own("after") };
        let finally = if handlers.finally.is_empty() { after.clone() } else { self.own("finally") };
        let mut nodes = Vec::new();
        for (name, class, list) in
            [("finally", "Finally", handlers.finally), ("after", "AfterExecution", handlers.after)]
        {
            if !list.is_empty() {
                lists.nodes.push(self.own_node(name, class));
                nodes.push(self.own(name));
            }
        }
        for way in ways {
            nodes.extend(self.way(way, &finally, lists)?);
        }
        for (items, kind, from, to) in [
            (handlers.errors, "ERROR", self.own("root"), &finally),
            (handlers.finally, "FINALLY", finally.clone(), &after),
            (handlers.after, "AFTER_EXECUTION", after.clone(), &end),
        ] {
            nodes.extend(self.chain(Chain { items, kind, value: None, from, to: to.clone() }, lists)?);
        }
        Ok(nodes)
    }

    fn way(&self, way: &Tasks<'_>, to: &str, lists: &mut Lists) -> Result<Vec<String>, Fault> {
        let kind = match way.order {
            Order::Dag => return self.dag(way.items, to, lists),
            Order::Sequential => "SEQUENTIAL",
            Order::Parallel => "PARALLEL",
        };
        let (from, to) = (self.holder(), to.to_owned());
        self.chain(Chain { items: way.items, kind, value: way.value, from, to }, lists)
    }

    fn chain(&self, chain: Chain<'_>, lists: &mut Lists) -> Result<Vec<String>, Fault> {
        let (mut nodes, mut previous) = (Vec::new(), chain.from);
        for (position, task) in chain.items.iter().enumerate() {
            let later = position > 0 && chain.kind != "PARALLEL" && self.relation != Some("DYNAMIC");
            let relation = if later || chain.kind == "ERROR" { Some(chain.kind) } else { self.relation };
            let ends = self.task(task, chain.kind, lists, &mut nodes)?;
            edge(lists, &previous, &ends.entry, labelled(relation, chain.value));
            if chain.kind == "PARALLEL" || position + 1 == chain.items.len() {
                edge(lists, &ends.exit, &chain.to, json!({}));
            }
            if chain.kind != "PARALLEL" {
                previous = ends.exit;
            }
        }
        Ok(nodes)
    }

    /// The tasks of a Dag. Each hangs on those it depends on, or on the Dag itself.
    fn dag(&self, items: &[Value], to: &str, lists: &mut Lists) -> Result<Vec<String>, Fault> {
        let mut nodes = Vec::new();
        let mut drawn: Vec<(&str, Ends)> = Vec::new();
        for item in items {
            let task = item.get("task").unwrap_or(item);
            drawn.push((text(task, "id"), self.task(task, "SEQUENTIAL", lists, &mut nodes)?));
        }
        let depends = |item: &Value| -> Vec<String> {
            let names = item.get("dependsOn").and_then(Value::as_array);
            names.into_iter().flatten().filter_map(|name| name.as_str().map(str::to_owned)).collect()
        };
        let needed: Vec<String> = items.iter().flat_map(depends).collect();
        for (item, (id, ends)) in items.iter().zip(&drawn) {
            let before = depends(item);
            let exits = drawn.iter().filter(|(id, _)| before.iter().any(|name| name == id));
            let exits: Vec<String> = exits.map(|(_, ends)| ends.exit.clone()).collect();
            for from in if before.is_empty() { vec![self.holder()] } else { exits } {
                edge(lists, &from, &ends.entry, labelled(Some("PARALLEL"), None));
            }
            if !needed.iter().any(|name| name == id) {
                edge(lists, &ends.exit, to, json!({}));
            }
        }
        Ok(nodes)
    }

    /// Draws a task, as a node or as a cluster.
    fn task(
        &self,
        task: &Value,
        kind: &'static str,
        lists: &mut Lists,
        nodes: &mut Vec<String>,
    ) -> Result<Ends, Fault> {
        let uid = format!("{}.{}", self.uid, text(task, "id"));
        let mut node = json!({
            "uid": uid, "type": format!("{HIERARCHIES}.{}", node_type(task)), "task": task, "relationType": kind,
        });
        if matches!(kind, "ERROR" | "FINALLY" | "AFTER_EXECUTION") {
            node["branchType"] = kind.into();
        }
        let Some(opened) = open(task)? else {
            nodes.push(uid.clone());
            lists.nodes.push(node);
            return Ok(Ends { entry: uid.clone(), exit: uid });
        };
        node["relationType"] = opened.relation.into();
        let mut parents = self.parents.clone();
        parents.extend(self.relation.map(|_| shown(&self.uid)));
        let cluster =
            Cluster { uid: uid.clone(), relation: Some(opened.relation), task: Some(uid.clone()), parents };
        let ends = Ends { entry: cluster.own("root"), exit: cluster.own("end") };
        lists.nodes.extend([cluster.start_node(), cluster.end_node(), node.clone()]);
        edge(lists, &ends.entry, &uid, json!({}));
        let place = lists.clusters.len();
        let inside = cluster.fill(&opened.ways, &opened.handlers, lists)?;
        let own = [ends.entry.clone(), ends.exit.clone(), uid];
        lists.clusters.insert(place, cluster.print(Some(node), own.into_iter().chain(inside).collect()));
        nodes.push(shown(&cluster.uid));
        Ok(ends)
    }

    fn print(&self, task: Option<Value>, nodes: Vec<String>) -> Value {
        let mut cluster = json!({"uid": shown(&self.uid), "type": format!("{HIERARCHIES}.GraphCluster")});
        if let (Some(relation), Some(task)) = (self.relation, task) {
            cluster["relationType"] = relation.into();
            cluster["taskNode"] = task;
        }
        json!({
            "cluster": cluster, "nodes": nodes, "parents": self.parents,
            "start": self.own("root"), "end": self.own("end"),
        })
    }
}

/// A cluster's name, which is another than that of its task.
fn shown(uid: &str) -> String {
    format!("cluster_{uid}")
}

fn edge(lists: &mut Lists, source: &str, target: &str, relation: Value) {
    lists.edges.push(json!({"source": source, "target": target, "relation": relation}));
}

fn labelled(kind: Option<&str>, value: Option<&str>) -> Value {
    let mut relation = json!({});
    for (name, text) in [("relationType", kind), ("value", value)] {
        if let Some(text) = text {
            relation[name] = text.into();
        }
    }
    relation
}

fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value.get(name).and_then(Value::as_str).unwrap_or_default()
}
