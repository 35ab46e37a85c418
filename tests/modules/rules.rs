//! What a module may and must say, read as HCL and not as text.

use std::collections::BTreeMap;

use hcl::{Block, Body, Expression};

use super::modules;
use crate::{
    examples::text,
    tidy::{files, none},
};

const MOST_VARIABLES: usize = 12;

/// What may have more: the owner of a resource has a variable for each of its properties.
const LARGE: [&str; 1] = ["modules/flow"];

/// Spellings that have no place in a module, and what to do instead.
const BANNED: [(&str, &str); 4] = [
    ("join(\"\",", "build documents as values and encode them once"),
    ("path.cwd", "use path.module"),
    ("null_resource", "use a local or an output"),
    ("yamlencode(file", "decode the file first"),
];

pub(super) fn parse(path: &str) -> Body {
    hcl::parse(&text(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The blocks of a kind, with their label.
pub(super) fn blocks<'a>(body: &'a Body, kind: &str) -> Vec<(&'a str, &'a Block)> {
    let blocks = body.blocks().filter(|block| block.identifier() == kind);
    blocks.map(|block| (block.labels().first().map_or("", |label| label.as_str()), block)).collect()
}

pub(super) fn attribute<'a>(block: &'a Block, name: &str) -> Option<&'a Expression> {
    let mut attributes = block.body().attributes();
    attributes.find(|attribute| attribute.key() == name).map(|attribute| attribute.expr())
}

fn written(expression: &Expression) -> String {
    hcl::format::to_string(expression).expect("an expression that was read")
}

/// The sources of the modules that a configuration calls, or a file of tests in its runs.
pub(super) fn sources(text: &str) -> Vec<String> {
    let body = hcl::parse(text).unwrap_or_else(|error| panic!("{error}"));
    let runs = blocks(&body, "run").into_iter().flat_map(|(_, run)| blocks(run.body(), "module"));
    let calls: Vec<_> = blocks(&body, "module").into_iter().chain(runs).collect();
    let sources = calls.iter().filter_map(|(_, call)| attribute(call, "source"));
    sources
        .filter_map(|source| match source {
            Expression::String(source) => Some(source.clone()),
            _ => None,
        })
        .collect()
}

/// The configuration files of a module.
pub(super) fn configurations(module: &str) -> Vec<String> {
    let folder = format!("{module}/");
    files().filter(|path| path.starts_with(&folder) && path.ends_with(".tf")).collect()
}

/// Whether `name` stands in the text as a whole name.
fn mentions(text: &str, name: &str) -> bool {
    let goes_on = |rest: &str| rest.starts_with(|c: char| c.is_alphanumeric() || c == '_' || c == '-');
    text.match_indices(name).any(|(at, _)| !goes_on(&text[at + name.len()..]))
}

/// Checks every variable of every module; a finding is the rest of a sentence about it.
#[track_caller]
fn every_variable(check: impl Fn(&str, &str, &Block) -> Option<String>) {
    let mut findings = Vec::new();
    for module in modules() {
        let body = parse(&format!("{module}/variables.tf"));
        for (name, variable) in blocks(&body, "variable") {
            findings.extend(
                check(&module, name, variable).map(|problem| format!("{module}: var.{name} {problem}")),
            );
        }
    }
    none(findings);
}

#[test]
fn modules_leave_providers_to_their_callers() {
    let mut findings = Vec::new();
    for path in modules().iter().flat_map(|module| configurations(module)) {
        let providers = !blocks(&parse(&path), "provider").is_empty();
        providers.then(|| findings.push(format!("{path} has a provider block")));
        let text = text(&path);
        let banned = BANNED.iter().filter(|(spelling, _)| text.contains(spelling));
        findings.extend(banned.map(|(spelling, instead)| format!("{path}: {spelling}: {instead}")));
    }
    none(findings);
}

#[test]
fn modules_have_few_variables() {
    let sizes = modules().into_iter().map(|module| {
        let variables = blocks(&parse(&format!("{module}/variables.tf")), "variable").len();
        (module, variables)
    });
    let large =
        sizes.filter(|(module, variables)| (*variables > MOST_VARIABLES) != LARGE.contains(&module.as_str()));
    none(large.map(|(module, variables)| format!("{module} has {variables} variables")).collect());
}

#[test]
fn variables_and_outputs_are_described() {
    every_variable(|_, _, variable| {
        let described = attribute(variable, "description").is_some() && attribute(variable, "type").is_some();
        (!described).then(|| "lacks a description or a type".to_owned())
    });
    let outputs = modules().into_iter().flat_map(|module| {
        let body = parse(&format!("{module}/outputs.tf"));
        let silent = |(_, output): &(&str, &Block)| attribute(output, "description").is_none();
        let silent: Vec<String> =
            blocks(&body, "output").into_iter().filter(silent).map(|(name, _)| name.to_owned()).collect();
        silent.into_iter().map(move |name| format!("{module}: output {name} lacks a description"))
    });
    none(outputs.collect());
}

#[test]
fn collections_are_never_null_and_types_are_exact() {
    every_variable(|_, _, variable| {
        let kind = attribute(variable, "type").map(written).unwrap_or_default();
        let collection = ["list(", "map(", "set("].iter().any(|start| kind.starts_with(start));
        let nullable = attribute(variable, "nullable") != Some(&Expression::Bool(false));
        if mentions(&kind, "any") {
            Some("is of type any".to_owned())
        } else {
            (collection && nullable).then(|| "is a collection without nullable = false".to_owned())
        }
    });
}

#[test]
fn variables_are_used() {
    every_variable(|module, name, _| {
        let others = configurations(module).into_iter().filter(|path| !path.ends_with("/variables.tf"));
        let used = others.into_iter().any(|path| mentions(&text(&path), &format!("var.{name}")));
        (!used).then(|| "is used nowhere".to_owned())
    });
}

#[test]
fn every_validation_has_a_test_that_expects_it_to_fail() {
    every_variable(|module, name, variable| {
        let validations = blocks(variable.body(), "validation").len();
        let file = module.rsplit('/').next().unwrap_or_default();
        let tests = parse(&format!("{module}/tests/{file}.tftest.hcl"));
        let runs = blocks(&tests, "run");
        let expected = runs.iter().filter_map(|(_, run)| attribute(run, "expect_failures"));
        let failures =
            expected.filter(|expected| mentions(&written(expected), &format!("var.{name}"))).count();
        (failures < validations)
            .then(|| format!("has {validations} validations and {failures} runs that expect one to fail"))
    });
}

/// A host shows the values that a failing condition names, so a secret in the place of its name would be shown.
#[test]
fn conditions_name_no_option_that_is_for_a_secret() {
    every_variable(|_, _, variable| {
        let validations = blocks(variable.body(), "validation");
        let conditions = validations.iter().filter_map(|(_, validation)| attribute(validation, "condition"));
        conditions.map(written).find_map(|condition| {
            let mut names = condition.split("var.").skip(1).map(|rest| {
                let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_' && c != '.');
                &rest[..end.unwrap_or(rest.len())]
            });
            let secret = names.find(|name| name.contains('.') && name.ends_with("_secret"))?;
            Some(format!("shows {secret} when it is refused; look at it in a `for` of the whole object"))
        })
    });
}

/// The same thing has the same name, and the same type, in all modules.
#[test]
fn shared_variables_have_one_type() {
    let mut types: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
    for module in modules() {
        let body = parse(&format!("{module}/variables.tf"));
        for (name, variable) in blocks(&body, "variable") {
            let kind = attribute(variable, "type").map(written).unwrap_or_default();
            types.entry(name.to_owned()).or_default().entry(kind).or_insert_with(|| module.clone());
        }
    }
    let differing = types.into_iter().filter(|(_, kinds)| kinds.len() > 1);
    none(
        differing
            // What starts a flow by the clock gives texts to inputs that the flow itself declares.
            .filter(|(name, _)| name != "inputs")
            .map(|(name, kinds)| format!("var.{name} differs: {kinds:?}"))
            .collect(),
    );
}

#[test]
fn names_are_found_whole() {
    for (text, name, expected) in [
        ("a = var.id", "var.id", true),
        ("a = var.identity", "var.id", false),
        ("a = [var.id_2, var.id]", "var.id", true),
        ("map(any)", "any", true),
    ] {
        assert_eq!(mentions(text, name), expected, "{name} in {text}");
    }
}
