//! Our verdict on flows against Kestra's own: what Kestra accepts, we must never refuse.

mod calls;
mod cron;
mod fixtures;
mod literal;
mod mutations;
mod relocate;
pub(crate) mod unpublished;
mod words;

use std::{
    collections::BTreeSet,
    fmt,
    io::{self, Write},
    sync::{Mutex, MutexGuard, OnceLock, PoisonError},
};

use harness::{Engine, engine};
use schema::{
    KestraLine,
    catalog::Catalog,
    flow::{Flow, Place, Problem, Severity, check},
};
use serde_json::{Value, json};

use Strictness::{Lenient, Strict};
use mutations::{Mutation, Random};
use unpublished::known;

/// How many flows each kind of mutation breaks, per line.
const MUTATIONS: usize = 500;

/// Where a flow comes from, and the flow.
pub(crate) type Document = (String, String);

/// The judge of a line. All tests share it, because it takes long to start; it ends when this process closes its input.
fn judge(line: KestraLine) -> Option<MutexGuard<'static, Engine>> {
    static JUDGES: [OnceLock<Option<Mutex<Engine>>>; KestraLine::ALL.len()] =
        [const { OnceLock::new() }; KestraLine::ALL.len()];
    let position = KestraLine::ALL.iter().position(|known| *known == line)?;
    let judge =
        JUDGES[position].get_or_init(|| Engine::start_with_stand_ins(line, "validate").map(Mutex::new));
    Some(judge.as_ref()?.lock().unwrap_or_else(PoisonError::into_inner))
}

/// What we refuse.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Strictness {
    /// Types of plugins that the catalog does not know are none of our business.
    Lenient,
    /// The catalog knows every plugin that there is.
    Strict,
}

/// What we say about a source: the errors, none for a flow that is right.
fn errors(source: &str, line: KestraLine, strictness: Strictness) -> Vec<String> {
    let is_error = |found: &Problem| {
        let is_unknown = ["unknown-type", "misspelled-type"].contains(&found.code);
        found.severity == Severity::Error || (strictness == Strictness::Strict && is_unknown)
    };
    let problems = Flow::parse(source).map(|flow| check(&flow, line));
    let problems = problems.unwrap_or_else(|problems| problems.into_iter().collect());
    problems.iter().filter(|found| is_error(found)).map(ToString::to_string).collect()
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
    fn of(
        title: String,
        engine: &mut Engine,
        line: KestraLine,
        strictness: Strictness,
        documents: &[Document],
    ) -> Self {
        let mut comparison = Self { title, ..Self::default() };
        for (name, source) in documents {
            let verdict = engine.ask(&json!({"id": name, "source": source, "unpublished": known(line)}));
            assert_eq!(verdict["id"], **name, "{verdict}");
            let errors = errors(source, line, strictness);
            comparison.add(name, verdict["valid"] == true, &verdict["problems"], &errors);
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

    /// How many of what Kestra refuses we refuse too, and how many that are.
    fn refusals(&self) -> (usize, usize) {
        let [_, [only_kestra_refuses, both_refuse]] = self.counts;
        (both_refuse, both_refuse + only_kestra_refuses)
    }

    /// How often we agree, and how often we were asked.
    fn agreement(&self) -> (usize, usize) {
        let [[both_accept, only_we_refuse], [only_kestra_refuses, both_refuse]] = self.counts;
        let agreed = both_accept + both_refuse;
        (agreed, agreed + only_we_refuse + only_kestra_refuses)
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
        let Some(mut engine) = judge(line) else { return };
        for folder in ["valids", "invalids"] {
            let documents = engine::corpus(line, folder).expect("the engine is there");
            assert!(documents.len() > 20, "{} flows in {folder}", documents.len());
            let title = format!("Kestra's own flows/{folder} on {line}");
            let mut comparison = Comparison::of(title, &mut engine, line, Lenient, &documents);
            if folder == "valids" {
                comparison.set_aside_unknown_types();
            }
            comparisons.push(comparison);
        }
    }
    report(&comparisons);
    for comparison in comparisons.iter().filter(|comparison| comparison.title.contains("invalids")) {
        let (refused, asked) = comparison.refusals();
        assert!(refused * 100 >= asked * 95, "{}: {refused} of {asked} refused", comparison.title);
    }
}

/// A flow for each end of each rule, and for each rule that somebody could think Kestra has.
#[test]
fn the_corners_of_the_rules_are_where_kestra_has_them() {
    let documents = corners();
    let mut comparisons = Vec::new();
    for line in KestraLine::ALL {
        let Some(mut engine) = judge(line) else { return };
        let title = format!("The corners of the rules on {line}");
        comparisons.push(Comparison::of(title, &mut engine, line, Strict, &documents));
    }
    report(&comparisons);
    for comparison in &comparisons {
        let (agreed, asked) = comparison.agreement();
        assert!(agreed * 100 >= asked * 97, "{}: {agreed} of {asked} verdicts agree", comparison.title);
    }
}

/// The flows of `corners.yaml`, with what all of them have.
fn corners() -> Vec<Document> {
    let corners =
        schema::yaml::parse(include_str!("oracle/corners.yaml")).expect("the table is YAML").to_json();
    let whole = |(position, corner): (usize, &Value)| {
        let mut flow = json!({"id": "corner", "namespace": "t.a", "tasks": [{"id": "t", "type": "io.kestra.plugin.core.log.Log", "message": "hi"}]});
        let own = corner.as_object().cloned().unwrap_or_default();
        flow.as_object_mut().expect("a map").extend(own);
        (format!("{}: {corner}", position + 1), flow.to_string())
    };
    corners.as_array().into_iter().flatten().enumerate().map(whole).collect()
}

/// Every property that Kestra accepts is in the catalogs: only then may an unknown one be an error.
#[test]
fn the_catalogs_know_what_kestras_own_flows_use() {
    let mut unknown = BTreeSet::new();
    for line in KestraLine::ALL {
        let Some(mut engine) = judge(line) else { return };
        for (name, source) in engine::corpus(line, "valids").expect("the engine is there") {
            if engine.ask(&json!({"id": name, "source": source}))["valid"] == true {
                let flow = Flow::parse(&source).unwrap_or_else(|problems| panic!("{name}: {problems}"));
                let plugins = flow.tasks().into_iter().chain(flow.triggers());
                unknown.extend(plugins.flat_map(|plugin| unknown_of(Catalog::of(line), &plugin)));
            }
        }
    }
    assert!(unknown.is_empty(), "{unknown:#?}");
}

/// The properties of a task or trigger that the catalog does not know, or its type.
fn unknown_of(catalog: &Catalog, plugin: &Place<'_>) -> Vec<String> {
    let name = plugin.text("type").unwrap_or_default();
    let Some(entry) = catalog.plugin(&name) else { return vec![name.into_owned()] };
    let names = plugin.node.as_mapping().into_iter().flat_map(|properties| properties.iter());
    let unknown = names.filter(|(property, _)| *property != "type" && entry.property(property).is_none());
    unknown.map(|(property, _)| format!("{name} {property}")).collect()
}

/// Fails with each of the flows that Kestra refuses, or that we refuse: they are what the modules make for a line.
#[track_caller]
pub(crate) fn accepts(rendered: &BTreeSet<(KestraLine, Document)>) {
    assert!(!rendered.is_empty(), "modules make flows");
    let mut comparisons = Vec::new();
    for line in KestraLine::ALL {
        let Some(mut engine) = judge(line) else { return };
        let of_line = rendered.iter().filter(|(made_for, _)| *made_for == line);
        let documents: Vec<Document> = of_line.map(|(_, document)| document.clone()).collect();
        let title = format!("{} flows that modules make for {line}", documents.len());
        comparisons.push(Comparison::of(title, &mut engine, line, Lenient, &documents));
    }
    report(&comparisons);
    let missed: Vec<&String> = comparisons.iter().flat_map(|comparison| &comparison.missed).collect();
    assert!(missed.is_empty(), "the modules make flows that Kestra refuses: {missed:#?}");
}

#[test]
fn a_mistake_in_a_flow_is_judged_as_kestra_judges_it() {
    let mut comparisons = Vec::new();
    for line in KestraLine::ALL {
        let Some(mut engine) = judge(line) else { return };
        let valid = valid_documents(line, &mut engine);
        let mut random = Random(7);
        for mutation in Mutation::ALL {
            let documents = mutated(mutation, &valid, &mut random);
            let title = format!("{mutation:?} in Kestra's own flows on {line}");
            comparisons.push(Comparison::of(title, &mut engine, line, Strict, &documents));
        }
    }
    let agreements: Vec<(usize, usize)> = comparisons.iter().map(Comparison::agreement).collect();
    let agreed: usize = agreements.iter().map(|(agreed, _)| agreed).sum();
    let asked: usize = agreements.iter().map(|(_, asked)| asked).sum();
    let _ = writeln!(io::stderr(), "\nmutations: {agreed} of {asked} verdicts agree");
    report(&comparisons);
    assert!(asked >= 500, "{asked} mutations");
    assert!(agreed * 100 >= asked * 97, "{agreed} of {asked} verdicts agree");
}

/// Kestra's own flows that Kestra accepts.
fn valid_documents(line: KestraLine, engine: &mut Engine) -> Vec<(String, Value)> {
    let corpus = engine::corpus(line, "valids").expect("the engine is there");
    let valid = corpus
        .into_iter()
        .filter(|(name, source)| engine.ask(&json!({"id": name, "source": source}))["valid"] == true);
    let read = |source: &str| schema::yaml::parse(source).expect("Kestra reads it").to_json();
    valid.map(|(name, source)| (name, read(&source))).collect()
}

/// The same number of broken flows for every kind of mutation. JSON is YAML too.
fn mutated(mutation: Mutation, valid: &[(String, Value)], random: &mut Random) -> Vec<Document> {
    let broken = std::iter::from_fn(|| {
        let (name, document) = random.pick(valid)?;
        let mutated = mutation.apply(document, random)?;
        Some((format!("{name} {}", change(document, &mutated)), mutated.to_string()))
    });
    broken.take(MUTATIONS).collect()
}

/// Where two documents differ first, and what is there.
fn change(before: &Value, after: &Value) -> String {
    match (before, after) {
        (Value::Object(one), Value::Object(other))
            if one.len() == other.len() && one.keys().all(|name| other.contains_key(name)) =>
        {
            let changed = one.iter().find(|(name, value)| other[*name] != **value);
            changed
                .map_or_else(String::new, |(name, value)| format!("{name}.{}", change(value, &other[name])))
        }
        (Value::Array(one), Value::Array(other)) if one.len() == other.len() => {
            let changed = one.iter().zip(other).enumerate().find(|(_, (one, other))| one != other);
            changed
                .map_or_else(String::new, |(index, (one, other))| format!("{index}.{}", change(one, other)))
        }
        (Value::Object(one), Value::Object(other)) => {
            let gone = one.keys().filter(|name| !other.contains_key(*name));
            let come = other.keys().filter(|name| !one.contains_key(*name));
            format!("{:?} -> {:?}", gone.collect::<Vec<_>>(), come.collect::<Vec<_>>())
        }
        _ => format!("{before:.60} -> {after:.60}"),
    }
}

/// The engine does not only read: it runs flows, with fixtures in place of plugins that are not published.
#[test]
fn kestra_runs_a_flow_that_calls_another() {
    const CHILD: &str = "id: child\nnamespace: t.a\ntasks:\n  - id: sync\n    type: flowsmith.engine.Fixture\n    outputs: {jobId: \"42\"}\noutputs:\n  - id: job\n    type: STRING\n    value: \"{{ outputs.sync.jobId }}\"\n";
    const PARENT: &str = "id: parent\nnamespace: t.a\ninputs:\n  - id: who\n    type: STRING\ntasks:\n  - id: call\n    type: io.kestra.plugin.core.flow.Subflow\n    namespace: t.a\n    flowId: child\n    wait: true\n  - id: say\n    type: io.kestra.plugin.core.debug.Return\n    format: \"{{ inputs.who }} started {{ outputs.call.outputs.job }}\"\n";
    for line in KestraLine::ALL {
        let Some(mut engine) = Engine::start(line, "run") else { return };
        let run =
            engine.ask(&json!({"id": "run", "source": PARENT, "flows": [CHILD], "inputs": {"who": "I"}}));
        assert_eq!(run["state"], "SUCCESS", "{line}: {run}");
        let said = &run["taskRuns"][1];
        assert_eq!(
            (&said["taskId"], &said["outputs"]["value"]),
            (&json!("say"), &json!("I started 42")),
            "{run}"
        );
    }
}
