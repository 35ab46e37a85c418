//! The page that says what becomes of plugins that are not published: which of them tasks of our own stand in for, which
//! are only judged, and what the tests execute with them. `docs/stand-ins.md` is what it looks like.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write,
};

use schema::{
    KestraLine,
    catalog::{Catalog, Entry, Kind, Origin},
};

use crate::{
    examples::text,
    golden::{self, Files},
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
const TESTED: [&str; 2] = ["tests/executor/quickstart.rs", "tests/executor/stories/"];

/// What begins the name of a plugin's class.
const PLUGIN: &str = "io.kestra.plugin.";

/// The plugins that nobody publishes, by each of their names.
fn unpublished() -> BTreeMap<&'static str, &'static Entry> {
    let catalogs = KestraLine::ALL.map(Catalog::of).into_iter();
    let plugins = catalogs.flat_map(|catalog| [Kind::Task, Kind::Trigger].map(|kind| catalog.plugins(kind)));
    let named = |entry: &'static Entry| {
        entry.aliases.iter().chain([&entry.name]).map(move |name| (name.as_str(), entry))
    };
    plugins.flatten().filter(|entry| entry.origin == Origin::ByHand).flat_map(named).collect()
}

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
    let (unpublished, stand_ins) = (unpublished(), stand_ins());
    let mut page = format!("{HEAD}{EXECUTED}");
    for (name, words) in &stand_ins {
        let _ = writeln!(page, "| `{name}` | {words} | {} |", users(used, name));
    }
    page += JUDGED;
    for name in unpublished.keys().filter(|name| name.starts_with(PLUGIN) && !stand_ins.contains_key(**name))
    {
        let _ = writeln!(page, "| `{name}` | {} |", users(used, name));
    }
    page += STORIES;
    for (path, source) in texts() {
        if TESTED.iter().any(|tested| path.starts_with(tested)) && path.ends_with(".rs") {
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
