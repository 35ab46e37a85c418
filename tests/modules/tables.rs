//! The tables of the modules' READMEs, and the index of all modules, are made from their HCL, so they say what it says.

use std::fmt::Write as _;

use hcl::{
    Body, Expression, Value,
    eval::{Context, Evaluate as _},
};

use super::{
    modules,
    readme::{image, picture},
    rules::{attribute, blocks, configurations, parse},
};
use crate::{
    examples::text,
    golden::{self, Files},
};

/// What a README has between marks.
struct Marks {
    begin: &'static str,
    end: &'static str,
}

const TABLES: Marks = Marks { begin: "<!-- BEGIN_TF_DOCS -->\n", end: "<!-- END_TF_DOCS -->" };
const INDEX: Marks = Marks { begin: "<!-- BEGIN_INDEX -->\n", end: "<!-- END_INDEX -->" };

impl Marks {
    /// The page with `made` between the marks.
    fn filled(&self, path: &str, page: &str, made: &str) -> String {
        let found = page.split_once(self.begin).and_then(|(before, rest)| {
            let (_, after) = rest.split_once(self.end)?;
            Some(format!("{before}{}{made}{}{after}", self.begin, self.end))
        });
        found.unwrap_or_else(|| panic!("{path} lacks {} or {}", self.begin.trim_end(), self.end))
    }
}

#[test]
fn the_tables_of_the_readmes_are_those_of_the_code() {
    let mut files = Files::new();
    for module in modules() {
        let path = format!("{module}/README.md");
        let page = TABLES.filled(&path, &text(&path), &tables(&module));
        files.insert(path, Some(page));
    }
    let path = "modules/README.md";
    files.insert(path.to_owned(), Some(INDEX.filled(path, &text(path), &index())));
    golden::compare(&files);
}

/// What a module needs, takes, gives and owns.
fn tables(module: &str) -> String {
    let variables = format!("{module}/variables.tf");
    let (source, body) = (text(&variables), parse(&variables));
    let (optional, required): (Vec<_>, Vec<_>) = blocks(&body, "variable")
        .into_iter()
        .partition(|(_, variable)| attribute(variable, "default").is_some());
    let written = |variables: &[(&str, &hcl::Block)]| -> String {
        variables.iter().map(|(name, variable)| input(&source, name, variable)).collect()
    };
    let sections = [
        ("Requirements", requirements(module)),
        ("Required Inputs", written(&required)),
        ("Optional Inputs", written(&optional)),
        ("Outputs", outputs(module)),
        ("Resources", listed(resources(module).into_iter().map(|resource| format!("`{resource}`")))),
        ("Modules", listed(calls(module).into_iter().map(|(name, source)| format!("`{name}`: `{source}`")))),
    ];
    let filled = sections.iter().filter(|(_, content)| !content.is_empty());
    let sections: Vec<String> =
        filled.map(|(title, content)| format!("## {title}\n\n{}\n", content.trim_end())).collect();
    sections.join("\n")
}

fn requirements(module: &str) -> String {
    let body = parse(&format!("{module}/versions.tf"));
    let (_, terraform) = blocks(&body, "terraform")[0];
    let version = attribute(terraform, "required_version").map(told).unwrap_or_default();
    let mut table = format!("| Name | Version |\n|---|---|\n| terraform | {version} |\n");
    for (_, providers) in blocks(terraform.body(), "required_providers") {
        for provider in providers.body().attributes() {
            let of = |name: &str| match provider.expr() {
                Expression::Object(members) => members
                    .iter()
                    .find_map(|(key, value)| (key.to_string() == name).then(|| told(value)))
                    .unwrap_or_default(),
                other => panic!("{module}: {other:?} is no requirement"),
            };
            let _ = writeln!(table, "| {} | {} |", of("source"), of("version"));
        }
    }
    table
}

fn input(source: &str, name: &str, variable: &hcl::Block) -> String {
    let description = attribute(variable, "description").map(told).unwrap_or_default();
    let mut section = format!("### {name}\n\n{}\n\n", description.trim_end());
    for (title, attribute) in [("Type", "type"), ("Default", "default")] {
        match written(source, name, attribute) {
            Some(value) if value.contains('\n') => {
                let _ = write!(section, "{title}:\n\n```text\n{value}\n```\n\n");
            }
            Some(value) => {
                let _ = write!(section, "{title}: `{value}`\n\n");
            }
            None => {}
        }
    }
    section
}

fn outputs(module: &str) -> String {
    let body = parse(&format!("{module}/outputs.tf"));
    let rows: String = blocks(&body, "output")
        .iter()
        .map(|(name, output)| {
            let description = attribute(output, "description").map(told).unwrap_or_default();
            format!("| {name} | {} |\n", description.trim_end().replace('\n', " ").replace('|', "\\|"))
        })
        .collect();
    format!("| Name | Description |\n|---|---|\n{rows}")
}

fn listed(items: impl Iterator<Item = String>) -> String {
    items.map(|item| format!("- {item}\n")).collect()
}

/// The addresses of what a module declares by itself.
fn resources(module: &str) -> Vec<String> {
    let mut found = Vec::new();
    for body in bodies(module) {
        for (kind, before) in [("resource", ""), ("data", "data.")] {
            let declared = body.blocks().filter(|block| block.identifier() == kind);
            found.extend(declared.filter_map(|block| match block.labels() {
                [kind, name] => Some(format!("{before}{}.{}", kind.as_str(), name.as_str())),
                _ => None,
            }));
        }
    }
    found.sort();
    found
}

/// The modules that a module calls: name and source.
fn calls(module: &str) -> Vec<(String, String)> {
    let mut found: Vec<(String, String)> = bodies(module)
        .iter()
        .flat_map(|body| blocks(body, "module"))
        .map(|(name, call)| (name.to_owned(), attribute(call, "source").map(told).unwrap_or_default()))
        .collect();
    found.sort();
    found
}

fn bodies(module: &str) -> Vec<Body> {
    configurations(module).iter().map(|path| parse(path)).collect()
}

/// One line for each module: the first sentence of its README, the types of resources that it owns, those of the modules that
/// it calls included, and its drawing.
fn index() -> String {
    let rows: String = modules()
        .iter()
        .filter_map(|module| Some((module, module.strip_prefix("modules/")?)))
        .map(|(module, name)| {
            let owned = match &owned(module)[..] {
                [] => "nothing".to_owned(),
                kinds => kinds.iter().map(|kind| format!("`{kind}`")).collect::<Vec<_>>().join(", "),
            };
            let page = text(&format!("{module}/README.md"));
            let drawn = picture(module).map(|_| format!("![a flow of {name}](../{})", image(module)));
            let (says, drawn) = (first_sentence(&page), drawn.unwrap_or_default());
            format!("| [{name}]({name}/README.md) | {says} | {owned} | {drawn} |\n").replace("|  |", "| |")
        })
        .collect();
    format!("| module | what it does | owns | a flow with it |\n|---|---|---|---|\n{rows}")
}

/// The first sentence below the title of a page, in one line.
fn first_sentence(page: &str) -> String {
    let paragraph = page.split("\n\n").nth(1).unwrap_or_default().replace('\n', " ");
    let end = paragraph.find(". ").map_or(paragraph.len(), |at| at + 1);
    paragraph[..end].trim_end().to_owned()
}

fn owned(module: &str) -> Vec<String> {
    let own = resources(module).into_iter().filter(|resource| !resource.starts_with("data."));
    let mut kinds: Vec<String> =
        own.filter_map(|resource| Some(resource.split_once('.')?.0.to_owned())).collect();
    for (_, source) in calls(module) {
        let called = source.strip_prefix("../").unwrap_or_else(|| panic!("{module} calls {source}"));
        kinds.extend(owned(&format!("modules/{called}")));
    }
    kinds.sort();
    kinds.dedup();
    kinds
}

/// The text that an expression without variables is.
fn told(expression: &Expression) -> String {
    match expression.evaluate(&Context::new()) {
        Ok(Value::String(text)) => text,
        other => panic!("{expression:?} is no text: {other:?}"),
    }
}

/// An attribute of a variable as its author wrote it, moved to the left.
fn written(source: &str, variable: &str, attribute: &str) -> Option<String> {
    let (_, rest) = source.split_once(&format!("variable \"{variable}\" {{\n"))?;
    let (block, _) = rest.split_once("\n}")?;
    let mut lines = block.lines();
    let first = lines.by_ref().find_map(|line| {
        let value = line.strip_prefix("  ")?.strip_prefix(attribute)?.trim_start().strip_prefix("= ")?;
        Some(value.to_owned())
    })?;
    if !first.ends_with(['(', '[', '{']) {
        return Some(first);
    }
    let mut value = first;
    for line in lines {
        let line = line.strip_prefix("  ").unwrap_or(line);
        let _ = write!(value, "\n{line}");
        if line.starts_with([')', ']', '}']) {
            break;
        }
    }
    Some(value)
}

#[test]
fn attributes_are_read_as_they_were_written() {
    let source = "variable \"a\" {\n  type = object({\n    b = list(string)\n    c = object({\n      d = bool\n    })\n  })\n  \
                  default     = { b = [] }\n}\n\nvariable \"b\" {\n  type    = string\n  default = null\n}\n";
    for (variable, attribute, expected) in [
        ("a", "type", Some("object({\n  b = list(string)\n  c = object({\n    d = bool\n  })\n})")),
        ("a", "default", Some("{ b = [] }")),
        ("b", "type", Some("string")),
        ("b", "nullable", None),
    ] {
        assert_eq!(written(source, variable, attribute).as_deref(), expected, "{variable}.{attribute}");
    }
}

#[test]
fn a_page_begins_with_a_sentence() {
    for (page, expected) in [
        ("# a\n\nDoes a thing\nwith `b.c`. And more.\n\nNot this.\n", "Does a thing with `b.c`."),
        ("# a\n\nOnly this.\n", "Only this."),
    ] {
        assert_eq!(first_sentence(page), expected);
    }
}
