//! The page that says what becomes of plugins that are not published: which of them tasks of our own stand in for, which
//! are only judged, and what the tests execute with them. `docs/stand-ins.md` is what it looks like.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write,
};

use harness::Engine;
use schema::{KestraLine, catalog::Catalog};
use serde_json::Value;

use crate::{
    examples::text,
    golden::{self, Files},
    oracle::unpublished::unpublished,
    tidy::{none, texts},
};

const PAGE: &str = "docs/stand-ins.md";

const HEAD: &str = "\
# Plugins that are not published

Kestra's core is published as jars, most of its plugins are not. Flows that use those are checked with what is known of them,
and `flowsmith sandbox --engine --stand-ins` executes some of them. This page is made from the catalog, the stand-ins, the
modules and the tests: `just bless` rewrites it, and a test fails when it is out of date.

Every flow of the examples, which use all modules, and of the blocks in the modules' READMEs is judged by the parser and the
validator of Kestra 1.3 and 2.0 themselves. In place of a plugin below they have a class with exactly the properties that the
catalog lists: another property is refused, as is a flow without a required one.
";

const EXECUTED: &str = "
## Executed by stand-ins

A stand-in does the work of the plugin: it talks to the server, or starts the program. What it can't do, it says and fails.
The log of the execution says that it was one.

| Type | What stands in for it | Used by |
|---|---|---|
";

const JUDGED: &str = "
## Only judged

Nothing of ours executes these: an execution needs a Kestra with the plugin.

| Type | Used by |
|---|---|
";

const STORIES: &str = "
## What the tests execute

Each is applied by Terraform or OpenTofu, and executed by the engines of Kestra 1.3 and 2.0. Databases, programs and packages
are real, but for the dbt of the quick start, which only looks at what it is given. Airbyte, Hightouch, Slack and a CRM are
servers of the tests that answer as those do, and remember what they heard.

";

/// Where users of plugins are: folders of modules and examples.
const USERS: [&str; 3] = ["examples/", "modules/", "subflows/"];

/// Where what is executed is.
const TESTED: &str = "tests/executor/stories/";

/// What begins the name of a plugin's class.
const PLUGIN: &str = "io.kestra.plugin.";

/// What each stand-in does, in the words of its class, by the type that it stands in for.
fn stand_ins() -> BTreeMap<String, String> {
    const FOLDER: &str = "engine/src/main/java/flowsmith/engine/standins";
    let words = |class: &str| {
        let source = text(&format!("{FOLDER}/{class}.java"));
        let (_, comment) = source.split_once("\n/** ")?;
        Some(comment.split_once(" */")?.0.to_owned())
    };
    let registry = text(&format!("{FOLDER}/StandIns.java"));
    let registered = registry.split("Map.entry(\"").skip(1);
    let entry = |line: &str| {
        let (name, rest) = line.split_once("\", ")?;
        Some((name.to_owned(), words(rest.split_once(".class")?.0)?))
    };
    registered
        .map(|line| entry(line).unwrap_or_else(|| panic!("no stand-in with a comment: {line:.80}")))
        .collect()
}

/// The names of plugins in a text.
fn plugins_in(configuration: &str) -> impl Iterator<Item = &str> {
    configuration.match_indices(PLUGIN).map(|(at, _)| {
        let rest = &configuration[at..];
        let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '.').unwrap_or(rest.len());
        rest[..end].trim_end_matches('.')
    })
}

/// Which modules and examples name each plugin.
fn used() -> BTreeMap<String, BTreeSet<String>> {
    let mut used = BTreeMap::<String, BTreeSet<String>>::new();
    for (path, configuration) in texts() {
        let is_configuration = path.ends_with(".tf") || path.ends_with(".yaml");
        if !is_configuration || !USERS.iter().any(|folder| path.starts_with(folder)) {
            continue;
        }
        let depth = if path.starts_with("subflows/") { 1 } else { 2 };
        let user = path.split('/').take(depth).collect::<Vec<_>>().join("/");
        for plugin in plugins_in(&configuration) {
            used.entry(plugin.to_owned()).or_default().insert(user.clone());
        }
    }
    used
}

/// The users as links.
fn users(used: &BTreeMap<String, BTreeSet<String>>, name: &str) -> String {
    let users = used.get(name).into_iter().flatten();
    users.map(|user| format!("[{user}](../{user})")).collect::<Vec<_>>().join(", ")
}

/// What begins the documentation of a Rust module, as one line.
fn introduction(source: &str) -> String {
    let lines = source.lines().map_while(|line| line.strip_prefix("//! "));
    lines.collect::<Vec<_>>().join(" ")
}

fn page(used: &BTreeMap<String, BTreeSet<String>>) -> String {
    let unpublished: BTreeSet<&String> =
        KestraLine::ALL.into_iter().flat_map(unpublished).map(|(name, _)| name).collect();
    let stand_ins = stand_ins();
    let mut page = format!("{HEAD}{EXECUTED}");
    for (name, words) in &stand_ins {
        let _ = writeln!(page, "| `{name}` | {words} | {} |", users(used, name));
    }
    page += JUDGED;
    for name in unpublished.iter().filter(|name| name.starts_with(PLUGIN) && !stand_ins.contains_key(**name))
    {
        let _ = writeln!(page, "| `{name}` | {} |", users(used, name));
    }
    page += STORIES;
    for (path, source) in texts() {
        if path.starts_with(TESTED) && path.ends_with(".rs") {
            let _ = writeln!(page, "- {} [{path}](../{path})", introduction(&source));
        }
    }
    page
}

#[test]
fn the_page_of_stand_ins_is_up_to_date() {
    golden::compare(&Files::from([(PAGE.to_owned(), Some(page(&used())))]));
}

#[test]
fn every_plugin_that_a_module_names_is_in_the_catalog() {
    let used = used();
    assert!(used.len() > 30, "{used:?}");
    let is_known = |name: &str| KestraLine::ALL.iter().any(|line| Catalog::of(*line).plugin(name).is_some());
    let unknown = used.iter().filter(|(name, _)| !is_known(name));
    none(unknown.map(|(name, users)| format!("{users:?} use {name}, which no catalog has")).collect());
}

#[test]
fn names_of_plugins_end_where_their_sentence_does() {
    let text = "a `io.kestra.plugin.core.log.Log`, io.kestra.plugin.core.kv.Set.\n\"io.kestra.plugin.a.B\"";
    let expected = ["io.kestra.plugin.core.log.Log", "io.kestra.plugin.core.kv.Set", "io.kestra.plugin.a.B"];
    assert_eq!(plugins_in(text).collect::<Vec<_>>(), expected);
}

/// What stands on Kestra's library of scripts.
const SCRIPTS: [&str; 2] = ["io.kestra.plugin.dbt.cli.DbtCLI", "io.kestra.plugin.scripts.python.Script"];

/// The property that tasks of scripts have lost in 2.0, and the one that they have got: both come from Kestra's library.
const OF_SCRIPTS: [&str; 2] = ["docker", "executionContext"];

/// A stand-in is no more lenient than its plugin.
#[test]
fn stand_ins_take_the_properties_of_their_plugins_and_no_others() {
    for line in KestraLine::ALL {
        let Some(engine) = Engine::start(line, "stand-ins") else { return };
        let catalog = Catalog::of(line);
        let answers = engine.answers().into_iter().map(|answer| serde_json::from_str(&answer).expect("JSON"));
        let answers: Vec<Value> = answers.collect();
        let types = answers.iter().map(|answer| answer["type"].as_str().expect("a type"));
        assert!(types.eq(stand_ins().keys()), "{answers:#?}");
        for answer in answers {
            let name = answer["type"].as_str().expect("a type");
            let entry = catalog.plugin(name).unwrap_or_else(|| panic!("{name}"));
            let common = entry.base.as_deref().and_then(|base| catalog.model(base));
            let common = &common.expect("what all tasks or all triggers have").properties;
            let own = entry.properties.keys().filter(|property| !common.contains_key(*property));
            let known: BTreeSet<&str> = own.map(String::as_str).collect();
            let taken = answer["properties"].as_array().into_iter().flatten().filter_map(Value::as_str);
            let differing = known.symmetric_difference(&taken.collect()).copied().collect::<Vec<_>>();
            let has_changed = SCRIPTS.contains(&name) && line == KestraLine::V2_0;
            let expected = if has_changed { OF_SCRIPTS.as_slice() } else { &[] };
            assert_eq!(differing, expected, "{name} on {line}");
        }
    }
}
