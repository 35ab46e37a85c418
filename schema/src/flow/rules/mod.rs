//! The rules a flow must keep: one function per rule, one table of them. Those of the catalogs come last.

mod cascade;
mod checks;
mod concurrency;
pub(crate) mod cycle;
mod dag;
mod duplicates;
mod enough;
mod enterprise;
mod expressions;
mod file_defaults;
mod flow_trigger;
mod identity;
mod input_paths;
pub(crate) mod input_values;
mod inputs;
mod json_schema;
mod labels;
mod model;
mod outputs;
mod pattern;
mod plugin_defaults;
mod plugins;
mod properties;
mod references;
mod retry;
mod schedule;
mod sla;
mod tasks;
mod text;
mod trigger_inputs;
mod triggers;
mod value;
mod webhook;
mod window;
mod working_directory;

use std::collections::{BTreeMap, BTreeSet};

use super::Flow;
use super::path::{Path, Step};
use super::place::Place;
use super::problem::{Problem, Severity};
use crate::catalog::Catalog;
use crate::expression::{self, Expression};
use crate::line::KestraLine;
use crate::yaml::Span;

/// What a rule looks at.
#[derive(Debug)]
pub struct Subject<'flow> {
    /// The flow.
    pub flow: &'flow Flow,
    /// The line of Kestra it is written for.
    pub line: KestraLine,
    /// The whole document.
    pub root: Place<'flow>,
    /// Every task, nested ones included.
    pub tasks: Vec<Place<'flow>>,
    /// The triggers.
    pub triggers: Vec<Place<'flow>>,
    /// The inputs, those inside a FORM not included.
    pub inputs: Vec<Place<'flow>>,
    /// The texts that Kestra renders.
    pub expressions: Vec<Expression<'flow>>,
    /// What it uses of the line's catalog.
    pub uses: plugins::Uses<'flow>,
}

/// One rule.
#[derive(Debug)]
pub struct Rule {
    /// Its name, which is the code of the problems it finds.
    pub code: &'static str,
    /// Finds what breaks it.
    pub find: fn(&Subject<'_>) -> Vec<Problem>,
}

/// Every rule.
pub const RULES: &[Rule] = &[
    rule("properties", properties::unknown),
    rule("value", properties::shapes),
    rule("deprecated", properties::deprecated),
    rule("id", identity::id),
    rule("reserved-id", identity::reserved_id),
    rule("namespace", identity::namespace),
    rule("revision", identity::revision),
    rule("tasks", tasks::any),
    rule("task-id", tasks::ids),
    rule("task-type", tasks::types),
    rule("duplicate-task", tasks::duplicates),
    rule("switch", tasks::switches),
    rule("dag", dag::dependencies),
    rule("working-directory", working_directory::children),
    rule("recursive-call", tasks::recursive_calls),
    rule("timeout", tasks::timeouts),
    rule("trigger-id", triggers::ids),
    rule("trigger-type", triggers::types),
    rule("duplicate-trigger", triggers::duplicates),
    rule("cron", schedule::crons),
    rule("timezone", schedule::timezones),
    rule("webhook", webhook::content_types),
    rule("flow-trigger", flow_trigger::modes),
    rule("duplicate-preconditions", flow_trigger::preconditions),
    rule("precondition-filter", flow_trigger::filters),
    rule("window", window::windows),
    rule("trigger-inputs", trigger_inputs::inputs),
    rule("labels", labels::labels),
    rule("system-label", labels::system),
    rule("execution-labels", labels::of_executions),
    rule("input-id", inputs::ids),
    rule("input-type", inputs::types),
    rule("input-default", inputs::defaults),
    rule("input-value", input_values::defaults),
    rule("input-file", file_defaults::schemes),
    rule("pattern", pattern::validators),
    rule("json-schema", json_schema::schemas),
    rule("input-item-type", inputs::item_types),
    rule("form", inputs::forms),
    rule("duplicate-input", inputs::duplicates),
    rule("input-path", input_paths::conflicts),
    rule("input-dependency", inputs::dependencies),
    rule("outputs", outputs::outputs),
    rule("duplicate-output", outputs::duplicates),
    rule("dash-reference", references::dashes),
    rule("expression", expressions::malformed),
    rule("unknown-function", expressions::functions),
    rule("unknown-filter", expressions::filters),
    rule("unknown-test", expressions::tests),
    rule("argument", expressions::arguments),
    rule("unknown-input", expressions::inputs),
    rule("unknown-variable", expressions::variables),
    rule("unknown-output", expressions::outputs),
    rule("output-name", expressions::output_names),
    rule("context", expressions::context),
    rule("retry", retry::retry),
    rule("concurrency", concurrency::concurrency),
    rule("sla", sla::sla),
    rule("checks", checks::checks),
    rule("plugin-defaults", plugin_defaults::plugin_defaults),
    rule("enterprise", enterprise::features),
];

/// Every rule that comes from the catalogs.
pub const CATALOG_RULES: &[Rule] = &[
    rule("unknown-type", plugins::unknown_types),
    rule("misspelled-type", plugins::misspelled),
    rule("plugin-kind", plugins::wrong_kinds),
    rule("unknown-property", plugins::unknown_properties),
    rule("required-property", plugins::required),
    rule("value-type", plugins::values),
    rule("limit", plugins::limits),
    rule("deprecated-type", plugins::deprecated_types),
    rule("deprecated-property", plugins::deprecated_properties),
];

const fn rule(code: &'static str, find: fn(&Subject<'_>) -> Vec<Problem>) -> Rule {
    Rule { code, find }
}

/// Every problem of `flow` on `line`, in the order of the source, errors before warnings at the same place.
pub fn check(flow: &Flow, line: KestraLine) -> Vec<Problem> {
    check_with(flow, Catalog::of(line))
}

/// As [`check`], with a catalog of one's own.
fn check_with(flow: &Flow, catalog: &'static Catalog) -> Vec<Problem> {
    let (root, line) = (flow.place(), catalog.line());
    let subject = Subject {
        flow,
        line,
        tasks: flow.tasks(),
        triggers: flow.triggers(),
        inputs: flow.inputs(),
        expressions: expression::expressions(flow, line),
        uses: plugins::Uses::of(&root, catalog),
        root,
    };
    let find =
        |rules: &[Rule]| -> Vec<Problem> { rules.iter().flat_map(|rule| (rule.find)(&subject)).collect() };
    let mut problems = find(RULES);
    // What a rule of its own says about a value is better than what the catalog knows, unless it says less.
    let mut said: BTreeMap<Path, Severity> = BTreeMap::new();
    for problem in &problems {
        let severity = said.entry(matter(problem)).or_insert(problem.severity);
        *severity = problem.severity.max(*severity);
    }
    // Rules about whole objects stand at the value that is wrong, too.
    let values: BTreeSet<Span> =
        problems.iter().filter(|problem| problem.is_about_object()).map(|problem| problem.span).collect();
    let is_news = |problem: &Problem| {
        !values.contains(&problem.span)
            && said.get(&matter(problem)).is_none_or(|said| *said < problem.severity)
    };
    let more: Vec<Problem> = find(CATALOG_RULES).into_iter().filter(is_news).collect();
    problems.extend(more);
    let mut problems: Vec<Problem> =
        problems.into_iter().map(|problem| cascade::followed(problem, line)).collect();
    problems.sort_by_key(|problem| (problem.span.start, problem.severity == Severity::Warning));
    problems
}

/// Every problem that `flow` has on each of the lines: of a server that nobody has asked yet, more cannot be said.
pub fn check_everywhere(flow: &Flow, lines: &[KestraLine]) -> Vec<Problem> {
    let catalogs: Vec<&Catalog> = lines.iter().map(|line| Catalog::of(*line)).collect();
    check_with_each(flow, &catalogs)
}

/// Every problem that `flow` has with each of the catalogs. A flow that is right for one of them needs no other.
fn check_with_each(flow: &Flow, catalogs: &[&'static Catalog]) -> Vec<Problem> {
    let Some((first, rest)) = catalogs.split_first() else { return Vec::new() };
    let mut problems = check_with(flow, first);
    for catalog in rest {
        if problems.is_empty() {
            break;
        }
        let others = check_with(flow, catalog);
        let others: BTreeSet<_> = others.iter().map(Problem::without_words).collect();
        problems.retain(|problem| others.contains(&problem.without_words()));
    }
    problems
}

/// Reads a flow and checks it on each of the lines. The flow is there unless the text is none; the problems are in the
/// order of the source.
pub fn check_source(source: &str, lines: &[KestraLine]) -> (Option<Flow>, Vec<Problem>) {
    let catalogs: Vec<&Catalog> = lines.iter().map(|line| Catalog::of(*line)).collect();
    check_source_with(source, &catalogs)
}

/// As [`check_source`], with catalogs of one's own, each of which stands for its line.
pub fn check_source_with(source: &str, catalogs: &[&'static Catalog]) -> (Option<Flow>, Vec<Problem>) {
    match Flow::parse(source) {
        Ok(flow) => {
            let problems = check_with_each(&flow, catalogs);
            (Some(flow), problems)
        }
        Err(problems) => (None, problems.into_iter().collect()),
    }
}

/// What a problem is about: a bad `type` is about the map that has it.
fn matter(problem: &Problem) -> Path {
    match problem.path.last() {
        Some(Step::Property(name)) if name == "type" => problem.path.parent(),
        _ => problem.path.clone(),
    }
}
