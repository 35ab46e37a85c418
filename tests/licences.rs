//! The rules of deny.toml, checked here too: cargo-deny is not on every machine, and a rule nobody runs is none.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    process::Command,
};

use cargo_metadata::Package;
use spdx::Expression;
use toml::{Table, Value};

use crate::{
    repository::METADATA,
    tidy::{none, root},
};

fn rules() -> Table {
    let text = fs::read_to_string(root().join("deny.toml")).expect("deny.toml");
    text.parse().unwrap_or_else(|error| panic!("deny.toml: {error}"))
}

fn texts<'t>(rules: &'t Table, section: &str, list: &str) -> Vec<&'t str> {
    rules[section][list].as_array().expect("a list").iter().filter_map(Value::as_str).collect()
}

fn tables<'t>(rules: &'t Table, section: &str, list: &str) -> Vec<&'t Table> {
    rules[section][list].as_array().expect("a list").iter().filter_map(Value::as_table).collect()
}

/// The `crate` of an entry, which may end in `@version`.
fn named(entry: &Table) -> (&str, Option<&str>) {
    let name = entry["crate"].as_str().expect("a crate");
    name.split_once('@').map_or((name, None), |(name, version)| (name, Some(version)))
}

/// What is built on some platform. The metadata alone holds more: optional packages that nothing turns on.
fn packages() -> impl Iterator<Item = &'static Package> {
    let tree = Command::new(env!("CARGO"))
        .current_dir(root())
        .args(["tree", "--workspace", "--target=all", "--edges=all", "--prefix=none", "--format={p}"])
        .output()
        .expect("cargo tree");
    assert!(tree.status.success(), "{}", String::from_utf8_lossy(&tree.stderr));
    let lines = String::from_utf8(tree.stdout).expect("UTF-8");
    let built: BTreeSet<(String, String)> = lines.lines().filter_map(name_and_version).collect();
    let is_built =
        move |package: &&Package| built.contains(&(package.name.to_string(), package.version.to_string()));
    METADATA.packages.iter().filter(is_built)
}

/// From `name v1.2.3 (where it is)`.
fn name_and_version(line: &str) -> Option<(String, String)> {
    let mut words = line.split(' ');
    Some((words.next()?.to_owned(), words.next()?.strip_prefix('v')?.to_owned()))
}

#[test]
fn every_licence_is_allowed() {
    let rules = rules();
    let allowed = texts(&rules, "licenses", "allow");
    let (mut used, mut findings) = (BTreeSet::new(), Vec::new());
    for package in packages() {
        let given = package.license.as_deref().unwrap_or_default();
        let Ok(expression) = Expression::parse_mode(given, spdx::ParseMode::LAX) else {
            findings.push(format!("{} {}: can't read the licence {given:?}", package.name, package.version));
            continue;
        };
        let fits = expression.evaluate(|requirement| {
            let name = requirement.to_string();
            allowed.iter().find(|allowed| **allowed == name).map(|allowed| used.insert(*allowed)).is_some()
        });
        (!fits)
            .then(|| findings.push(format!("{} {}: {given} is not allowed", package.name, package.version)));
    }
    let unused = allowed.iter().filter(|allowed| !used.contains(*allowed));
    findings.extend(unused.map(|allowed| format!("deny.toml allows {allowed}, which no package needs")));
    none(findings);
}

#[test]
fn banned_crates_are_absent() {
    let rules = rules();
    let banned: Vec<(&str, Option<&str>)> = tables(&rules, "bans", "deny").into_iter().map(named).collect();
    let present = packages().filter(|package| banned.iter().any(|(name, _)| package.name == *name));
    none(
        present
            .map(|package| format!("{} {} is banned in deny.toml", package.name, package.version))
            .collect(),
    );
}

#[test]
fn a_second_version_has_a_reason() {
    let rules = rules();
    let mut skipped: BTreeSet<(&str, Option<&str>)> = BTreeSet::new();
    let mut findings = Vec::new();
    for entry in tables(&rules, "bans", "skip") {
        let reasoned = entry.get("reason").and_then(Value::as_str).is_some_and(|reason| !reason.is_empty());
        (!reasoned).then(|| findings.push(format!("deny.toml skips {} without a reason", named(entry).0)));
        skipped.insert(named(entry));
    }
    let mut versions: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for package in packages() {
        versions.entry(&package.name).or_default().push(package.version.to_string());
    }
    for (name, versions) in versions.iter().filter(|(_, versions)| versions.len() > 1) {
        let counted = versions.iter().filter(|version| !skips(&mut skipped, name, version));
        let counted: Vec<_> = counted.cloned().collect();
        (counted.len() > 1).then(|| findings.push(format!("{name} is there as {}", counted.join(" and "))));
    }
    findings.extend(skipped.iter().map(|(name, _)| format!("deny.toml skips {name} for nothing")));
    none(findings);
}

/// Whether an entry covers this version; it is used up by that, so that entries without use come to light.
fn skips(skipped: &mut BTreeSet<(&str, Option<&str>)>, name: &str, version: &str) -> bool {
    let covers = |entry: &(&str, Option<&str>)| {
        entry.0 == name
            && entry.1.is_none_or(|given| version == given || version.starts_with(&format!("{given}.")))
    };
    let Some(entry) = skipped.iter().find(|entry| covers(entry)).copied() else {
        return false;
    };
    skipped.remove(&entry)
}
