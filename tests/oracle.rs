//! Our verdict on flows against Kestra's own: what Kestra accepts, we must never refuse.

use std::{
    fmt,
    io::{self, Write},
};

use harness::{Engine, Server, Workspace, engine, for_each_host};
use schema::{
    KestraLine,
    catalog::{Catalog, Kind, Origin},
    flow::{Flow, Severity, check},
};
use serde_json::{Map, Value, json};

use crate::examples::{copy, projects};

/// A flow, and where it comes from.
type Document = (String, String);

/// What we say about a source: the errors, none for a flow that is right.
fn errors(source: &str, line: KestraLine) -> Vec<String> {
    match Flow::parse(source) {
        Err(problems) => problems.into_iter().map(|problem| problem.to_string()).collect(),
        Ok(flow) => {
            let problems = check(&flow, line).into_iter();
            problems
                .filter(|found| found.severity == Severity::Error)
                .map(|found| found.to_string())
                .collect()
        }
    }
}

/// How often we and Kestra agree, and where we do not.
#[derive(Default)]
struct Comparison {
    title: String,
    /// By Kestra's verdict, then by ours; the first is that the flow is valid.
    counts: [[usize; 2]; 2],
    /// What Kestra accepts and we refuse, with our words.
    refused: Vec<String>,
    /// What Kestra refuses and we accept, with its words.
    missed: Vec<String>,
    /// Valid flows with plugins that only Kestra's own tests have.
    set_aside: usize,
}

impl Comparison {
    fn of(title: String, engine: &mut Engine, line: KestraLine, documents: &[Document]) -> Self {
        let mut comparison = Self { title, ..Self::default() };
        for (name, source) in documents {
            let verdict = engine.ask(&json!({"id": name, "source": source, "standIns": stand_ins(line)}));
            assert_eq!(verdict["id"], **name, "{verdict}");
            comparison.add(name, verdict["valid"] == true, &verdict["problems"], &errors(source, line));
        }
        comparison
    }

    fn add(&mut self, name: &str, valid: bool, problems: &Value, errors: &[String]) {
        self.counts[usize::from(!valid)][usize::from(!errors.is_empty())] += 1;
        match (valid, errors.is_empty()) {
            (true, false) => self.refused.push(format!("{name}: {}", errors.join("; "))),
            (false, true) => {
                self.missed.push(format!("{name}: {}", problems[0].as_str().unwrap_or_default()))
            }
            _ => {}
        }
    }

    /// Leaves out what Kestra refuses only because plugins of its own tests are not there.
    fn set_aside_unknown_types(&mut self) {
        let before = self.missed.len();
        self.missed.retain(|line| !line.contains("Invalid type: "));
        self.set_aside = before - self.missed.len();
        self.counts[1][0] -= self.set_aside;
    }
}

impl fmt::Display for Comparison {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [[both_accept, only_we_refuse], [only_kestra_refuses, both_refuse]] = self.counts;
        writeln!(out, "{}", self.title)?;
        writeln!(out, "  {:<16}  {:>9}  {:>9}", "", "we accept", "we refuse")?;
        writeln!(out, "  {:<16}  {both_accept:>9}  {only_we_refuse:>9}", "Kestra accepts")?;
        writeln!(out, "  {:<16}  {only_kestra_refuses:>9}  {both_refuse:>9}", "Kestra refuses")?;
        if self.set_aside > 0 {
            writeln!(out, "  set aside: {} with plugins of Kestra's own tests", self.set_aside)?;
        }
        self.refused.iter().try_for_each(|line| writeln!(out, "  false error  {line:.300}"))?;
        self.missed.iter().try_for_each(|line| writeln!(out, "  missed       {line:.300}"))
    }
}

/// The tasks whose plugins are not published: Kestra takes them as they are.
fn stand_ins(line: KestraLine) -> Map<String, Value> {
    let tasks = Catalog::of(line).plugins(Kind::Task).filter(|entry| entry.origin == Origin::ByHand);
    let names = tasks.flat_map(|entry| entry.aliases.iter().chain([&entry.name]));
    names.map(|name| (name.clone(), json!({}))).collect()
}

/// The flows that our modules make, as they are sent to the server.
fn rendered() -> Vec<Document> {
    let mut rendered = Vec::new();
    for_each_host(|host| {
        // One CLI is enough: both send the same.
        let projects = if rendered.is_empty() { projects() } else { Default::default() };
        for project in projects {
            let server = Server::start();
            let workspace = Workspace::new(host).rooted_at(&project).env("KESTRA_URL", server.url());
            copy(&workspace, &[&project, "modules", "subflows"]);
            workspace.init();
            workspace.apply_and_settle();
            for flow in server.ask(async |kestra| kestra.flows().search(&[]).await) {
                let found = server.ask(async |kestra| kestra.flows().get(&flow.namespace, &flow.id).await);
                rendered.push((
                    format!("{project} {}.{}", flow.namespace, flow.id),
                    found.source.expect("a flow is read with its source"),
                ));
            }
        }
    });
    rendered
}

/// Fails with everything that Kestra accepts and we refuse, after all tables are printed.
#[track_caller]
fn report(comparisons: &[Comparison]) {
    for comparison in comparisons {
        // Past the capture of the test runner: the figures are what the test is for.
        let _ = write!(io::stderr(), "\n{comparison}");
    }
    let refused: Vec<&String> = comparisons.iter().flat_map(|comparison| &comparison.refused).collect();
    assert!(refused.is_empty(), "Kestra accepts {} flows that we refuse: {refused:#?}", refused.len());
}

#[test]
fn no_flow_of_kestras_own_tests_is_refused_that_kestra_accepts() {
    let mut comparisons = Vec::new();
    for line in KestraLine::ALL {
        let Some(mut engine) = Engine::start(line, "validate") else { return };
        for folder in ["valids", "invalids"] {
            let documents = engine::corpus(line, folder).expect("the engine is there");
            assert!(documents.len() > 20, "{} flows in {folder}", documents.len());
            let title = format!("Kestra's own flows/{folder} on {line}");
            let mut comparison = Comparison::of(title, &mut engine, line, &documents);
            if folder == "valids" {
                comparison.set_aside_unknown_types();
            }
            comparisons.push(comparison);
        }
    }
    report(&comparisons);
}

#[test]
fn kestra_accepts_what_the_modules_make() {
    let mut engines = Vec::new();
    for line in KestraLine::ALL {
        let Some(engine) = Engine::start(line, "validate") else { return };
        engines.push((line, engine));
    }
    let documents = rendered();
    let compared = engines.into_iter().map(|(line, mut engine)| {
        Comparison::of(format!("The modules' flows on {line}"), &mut engine, line, &documents)
    });
    let comparisons: Vec<Comparison> = compared.collect();
    report(&comparisons);
    let missed: Vec<&String> = comparisons.iter().flat_map(|comparison| &comparison.missed).collect();
    assert!(missed.is_empty(), "the modules make flows that Kestra refuses: {missed:#?}");
}

/// The engine does not only read: it runs flows, with tasks that answer in place of plugins that are not published.
#[test]
fn kestra_runs_a_flow_that_calls_another() {
    const CHILD: &str = "id: child\nnamespace: t.a\ntasks:\n  - id: sync\n    type: io.kestra.plugin.airbyte.connections.Sync\n    url: http://localhost\n    connectionId: a\noutputs:\n  - id: job\n    type: STRING\n    value: \"{{ outputs.sync.jobId }}\"\n";
    const PARENT: &str = "id: parent\nnamespace: t.a\ninputs:\n  - id: who\n    type: STRING\ntasks:\n  - id: call\n    type: io.kestra.plugin.core.flow.Subflow\n    namespace: t.a\n    flowId: child\n    wait: true\n  - id: say\n    type: io.kestra.plugin.core.debug.Return\n    format: \"{{ inputs.who }} started {{ outputs.call.outputs.job }}\"\n";
    for line in KestraLine::ALL {
        let Some(mut engine) = Engine::start(line, "run") else { return };
        let answers = json!({"io.kestra.plugin.airbyte.connections.Sync": {"jobId": "42"}});
        let run = engine.ask(&json!({"id": "run", "source": PARENT, "flows": [CHILD], "inputs": {"who": "I"}, "standIns": answers}));
        assert_eq!(run["state"], "SUCCESS", "{line}: {run}");
        let said = &run["taskRuns"][1];
        assert_eq!(
            (&said["taskId"], &said["outputs"]["value"]),
            (&json!("say"), &json!("I started 42")),
            "{run}"
        );
    }
}
