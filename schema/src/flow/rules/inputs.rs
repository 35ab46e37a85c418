//! The rules of inputs.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use regex::Regex;

use super::super::inputs::{Named, children, is_form, is_optional, named};
use super::super::place::Place;
use super::super::problem::Problem;
use super::Subject;
use super::cycle::{self, Dependencies};
use super::duplicates;
use super::model::invalid_type;
use super::text::{NOT_BLANK, NOT_NULL, TextRule, whole};
use super::value::required;
use crate::line::KestraLine::{self, V1_3, V2_0};

const PATTERN: &str = "^[a-zA-Z0-9][.a-zA-Z0-9_-]*";
static REGEX: LazyLock<Regex> = LazyLock::new(|| whole(PATTERN));
static ID: TextRule = TextRule {
    code: "input-id",
    required: &[NOT_NULL, NOT_BLANK],
    blank: true,
    pattern: Some((PATTERN, &REGEX)),
    size: None,
};

const BOTH: &[KestraLine] = &[V1_3, V2_0];

/// Types of inputs and the lines that know them.
const TYPES: &[(&str, &[KestraLine])] = &[
    ("STRING", BOTH),
    ("ENUM", &[V1_3]),
    ("SELECT", BOTH),
    ("INT", BOTH),
    ("FLOAT", BOTH),
    ("BOOLEAN", &[V1_3]),
    ("BOOL", BOTH),
    ("DATETIME", BOTH),
    ("DATE", BOTH),
    ("TIME", BOTH),
    ("DURATION", BOTH),
    ("FILE", BOTH),
    ("JSON", BOTH),
    ("ION", &[V2_0]),
    ("URI", BOTH),
    ("SECRET", BOTH),
    ("ARRAY", BOTH),
    ("MULTISELECT", BOTH),
    ("YAML", BOTH),
    ("EMAIL", BOTH),
    ("FORM", BOTH),
    ("REUSABLE_INPUTS", &[V2_0]),
];

/// Types that 2.0 dropped, and their successors.
const SUCCESSORS: &[(&str, &str)] = &[("BOOLEAN", "BOOL"), ("ENUM", "SELECT")];

/// The task that asks for inputs while the flow runs.
const PAUSE: &str = "io.kestra.plugin.core.flow.Pause";

/// Types of which no list of items can be made.
const NO_ITEMS: [&str; 5] = ["ARRAY", "SECRET", "MULTISELECT", "ENUM", "SELECT"];

/// The names of the types that `line` knows.
pub(super) fn known_types(line: KestraLine) -> Vec<&'static str> {
    TYPES.iter().filter(|(_, lines)| lines.contains(&line)).map(|(name, _)| *name).collect()
}

/// The inputs of the flow and those that a Pause asks for, without those inside a FORM.
fn outer<'flow>(subject: &Subject<'flow>) -> impl Iterator<Item = Place<'flow>> {
    let asked = subject.uses.of_class(PAUSE).flat_map(|pause| pause.items("onResume"));
    let asked = asked.filter(|input| !input.node.is_null());
    subject.inputs.iter().cloned().chain(asked)
}

/// The inputs of the flow, those that a Pause asks for, and those inside a FORM.
pub(super) fn all<'flow>(subject: &Subject<'flow>) -> Vec<Place<'flow>> {
    outer(subject).flat_map(|input| [vec![input.clone()], children(&input)].concat()).collect()
}

pub(super) fn ids(subject: &Subject<'_>) -> Vec<Problem> {
    // The old spelling `name` still gives an input its id.
    let named = |input: &Place<'_>| input.get("id").is_none() && input.get("name").is_some();
    subject
        .enough(all(subject).iter().filter(|input| !named(input)).filter_map(|input| ID.check(input, "id")))
}

pub(super) fn types(subject: &Subject<'_>) -> Vec<Problem> {
    let known = known_types(subject.line);
    subject.enough(all(subject).iter().filter_map(|input| bad_type(input, &known, subject.line)))
}

fn bad_type(input: &Place<'_>, known: &[&str], line: KestraLine) -> Option<Problem> {
    let Some(place) = input.get("type") else {
        let human = format!("is required; use one of {}", known.join(", "));
        return Some(Problem::missing("input-type", input, "type", human).worded(invalid_type(input, None)));
    };
    let name = place.node.text()?;
    let successor = SUCCESSORS.iter().find(|(old, _)| *old == name).map(|(_, new)| *new);
    match (known.contains(&&*name), successor) {
        (true, None) => None,
        (true, Some(new)) => {
            Some(Problem::at("input-type", &place, format!("`{name}` is deprecated; use {new}")).warning())
        }
        (false, Some(new)) => {
            let human = format!("Kestra {line} has no input type `{name}` any more; use {new}");
            Some(Problem::at("input-type", &place, human).worded(invalid_type(input, Some(&name))))
        }
        (false, None) => {
            let human = format!("`{name}` is no input type; use one of {}", known.join(", "));
            Some(Problem::at("input-type", &place, human).worded(invalid_type(input, Some(&name))))
        }
    }
}

/// A default is always applied, so it goes with neither `required: false` nor `prefill`.
pub(super) fn defaults(subject: &Subject<'_>) -> Vec<Problem> {
    const ALWAYS: &str = "Inputs with a default value must be required, since the default is always applied.";
    const PREFILL: &str = "Inputs with a default value cannot also have a prefill.";
    let conflict = |input: &Place<'_>| {
        let value = input.get("defaults").filter(|_| !is_form(input))?;
        let (words, cure) = match (is_optional(input), input.get("prefill")) {
            (true, _) => (ALWAYS, "remove `defaults` or `required: false`: a default is always applied"),
            (false, Some(_)) => {
                (PREFILL, "remove `defaults` or `prefill`: a default leaves nothing to fill in")
            }
            (false, None) => return None,
        };
        let problem = Problem::at("input-default", &value, cure);
        Some(Problem { path: input.path.clone(), ..problem }.constraint(words))
    };
    subject.enough(all(subject).iter().filter_map(conflict))
}

pub(super) fn item_types(subject: &Subject<'_>) -> Vec<Problem> {
    let bad = |input: &Place<'_>| {
        let is = |name: &str| input.text("type").as_deref() == Some(name);
        if is("ARRAY") && input.get("itemType").is_none() {
            return required("input-item-type", input, "itemType");
        }
        let item = input.get("itemType").filter(|_| is("ARRAY") || is("MULTISELECT"))?;
        let name = item.node.text().filter(|name| NO_ITEMS.contains(&&**name))?;
        let words = format!("`itemType` cannot be {name}");
        let problem = Problem::at("input-item-type", &item, words.clone());
        Some(Problem { path: input.path.clone(), ..problem }.constraint(words))
    };
    subject.enough(all(subject).iter().filter_map(bad))
}

/// A FORM groups inputs, one level deep, and has no value of its own.
pub(super) fn forms(subject: &Subject<'_>) -> Vec<Problem> {
    const VALUE: &str = "A FORM input groups other inputs and cannot declare a default value or a prefill.";
    const NESTED: &str =
        "A FORM input cannot contain another FORM input; grouping is limited to a single level.";
    let broken = |form: &Place<'_>| {
        let words = if form.get("defaults").or_else(|| form.get("prefill")).is_some() {
            VALUE
        } else if children(form).iter().any(is_form) {
            NESTED
        } else {
            return required("form", form, "inputs");
        };
        Some(Problem::at("form", form, words).constraint(words))
    };
    subject.enough(outer(subject).filter(is_form).filter_map(|form| broken(&form)))
}

pub(super) fn duplicates<'flow>(subject: &Subject<'flow>) -> Vec<Problem> {
    let inside = |form: &Place<'_>| {
        let prefix = form.text("id").map(|id| format!("{id}.")).unwrap_or_default();
        duplicates::of("duplicate-input", "Duplicate input path", &prefix, &children(form))
    };
    let old = |input: &Place<'flow>| input.get("name").filter(|_| subject.line == V1_3);
    let ids = subject.inputs.iter().filter_map(|input| input.get("id").or_else(|| old(input)));
    let problems = duplicates::among("duplicate-input", "Duplicate input with name", "", ids);
    subject.enough(problems.into_iter().chain(subject.inputs.iter().flat_map(inside)))
}

/// What inputs depend on exists, and not on themselves in a circle.
pub(super) fn dependencies(subject: &Subject<'_>) -> Vec<Problem> {
    let (inputs, dependencies) = graph(subject);
    let names =
        inputs.iter().flat_map(|(id, input)| dependencies[id].iter().map(move |name| (id, input, name)));
    let unknown = names.filter(|(_, _, name)| !dependencies.contains_key(*name));
    let unknown = unknown.map(|(id, input, name)| no_input(id, name, input));
    let circular = cycle::members(&dependencies).into_iter().filter_map(|id| {
        let cycle = cycle::through(id, &dependencies)?;
        Some(circle(id, &cycle.join(", "), &inputs[id]))
    });
    subject.enough(unknown.chain(circular))
}

fn no_input(id: &str, unknown: &str, input: &Place<'_>) -> Problem {
    let words = format!("Input with id '{id}' depends on a non-existent input '{unknown}'.");
    let human = format!("depends on `{unknown}`, which is no input of this flow");
    Problem::at("input-dependency", input, human).of_flow(words)
}

fn circle(id: &str, cycle: &str, input: &Place<'_>) -> Problem {
    let words = format!("Cycle dependency detected for input with id '{id}': [{cycle}]");
    Problem::at("input-dependency", input, format!("depends on itself: {cycle}")).of_flow(words)
}

/// Each input and the names it depends on.
fn graph<'flow>(subject: &Subject<'flow>) -> (BTreeMap<String, Place<'flow>>, Dependencies) {
    let inputs: BTreeMap<String, Place<'flow>> =
        named(&subject.inputs).map(|Named { name, input }| (name, input)).collect();
    let dependencies = inputs.iter().map(|(id, input)| (id.clone(), dependencies_of(input))).collect();
    (inputs, dependencies)
}

fn dependencies_of(input: &Place<'_>) -> Vec<String> {
    let names = input.get("dependsOn").map(|depends| depends.items("inputs")).unwrap_or_default();
    names.iter().filter_map(|name| name.node.text().map(|text| text.into_owned())).collect()
}
