//! The rules of Dag tasks: what their tasks depend on exists, and not in a circle.

use super::super::place::Place;
use super::super::problem::Problem;
use super::Subject;
use super::cycle::{self, Dependencies};

const DAG: [&str; 2] = ["io.kestra.plugin.core.flow.Dag", "io.kestra.core.tasks.flows.Dag"];

pub(super) fn dependencies(subject: &Subject<'_>) -> Vec<Problem> {
    let is_dag = |task: &&Place<'_>| task.text("type").is_some_and(|name| DAG.contains(&&*name));
    subject.enough(subject.tasks.iter().filter(is_dag).filter_map(broken))
}

fn broken(dag: &Place<'_>) -> Option<Problem> {
    let dependencies = dependencies_of(dag);
    let unknown: Vec<&str> = dependencies
        .values()
        .flatten()
        .filter(|name| !dependencies.contains_key(*name))
        .map(String::as_str)
        .collect();
    if !unknown.is_empty() {
        let unknown = unknown.join(", ");
        let human = format!("`dependsOn` names {unknown}, which is no task of this Dag");
        let words = format!("Not existing task id in dependency: {unknown}");
        return Some(Problem::at("dag", dag, human).constraint(words));
    }
    let circular: Vec<&str> = cycle::members(&dependencies).into_iter().collect();
    let circular = (!circular.is_empty()).then(|| circular.join(", "))?;
    let human = format!("{circular} depend on each other in a circle; remove one `dependsOn`");
    Some(Problem::at("dag", dag, human).constraint(format!("Cyclic dependency detected: {circular}")))
}

/// What the tasks of a Dag depend on.
pub(super) fn dependencies_of(dag: &Place<'_>) -> Dependencies {
    let entry = |item: &Place<'_>| {
        let names = item.items("dependsOn");
        let names = names.iter().filter_map(|name| name.node.text().map(|text| text.into_owned())).collect();
        Some((item.get("task")?.text("id")?.into_owned(), names))
    };
    dag.items("tasks").iter().filter_map(entry).collect()
}
