//! The architecture's invariants that can be computed: who depends on whom, and that the map matches the tree.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    sync::LazyLock,
};

use cargo_metadata::{Metadata, MetadataCommand, Package};
use toml::Table;

use crate::tidy::{none, root, texts};

/// Each crate and what of ours it may depend on, development dependencies included. Tests may use everything.
const DIRECTION: [(&str, &[&str]); 9] = [
    ("tfplugin-derive", &[]),
    ("tfplugin", &["tfplugin-derive"]),
    ("schema", &[]),
    ("engine", &["schema"]),
    ("client", &["schema"]),
    ("provider", &["client", "schema", "tfplugin"]),
    ("sandbox", &["engine", "schema"]),
    ("cli", &["client", "engine", "provider", "sandbox", "schema"]),
    ("tests", &["cli", "client", "engine", "provider", "sandbox", "schema", "tfplugin"]),
];

/// The flow language does no input or output and knows no runtime.
const NOT_BELOW_SCHEMA: [&str; 6] = ["tokio", "tonic", "reqwest", "axum", "hyper", "rusqlite"];

const LONGEST_ARCHITECTURE: usize = 150;

/// The whole dependency graph, of all platforms.
pub(crate) static METADATA: LazyLock<Metadata> = LazyLock::new(|| {
    let manifest = root().join("Cargo.toml");
    MetadataCommand::new().manifest_path(manifest).exec().expect("cargo metadata")
});

fn ours() -> BTreeMap<&'static str, &'static Package> {
    METADATA.workspace_packages().into_iter().map(|package| (package.name.as_str(), package)).collect()
}

fn manifest(folder: &str) -> Table {
    let path = root().join(folder).join("Cargo.toml");
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    text.parse().unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

#[test]
fn dependencies_go_one_way() {
    let ours = ours();
    let known: Vec<&str> = DIRECTION.iter().map(|(name, _)| *name).collect();
    let mut findings: Vec<String> =
        ours.keys().filter(|name| !known.contains(name)).map(|name| format!("{name} has no row")).collect();
    for (name, allowed) in DIRECTION {
        for dependency in &ours[name].dependencies {
            let is_ours = ours.contains_key(dependency.name.as_str());
            if is_ours && !allowed.contains(&dependency.name.as_str()) {
                findings.push(format!("{name} must not depend on {}", dependency.name));
            }
        }
    }
    none(findings);
}

#[test]
fn the_flow_language_stays_pure() {
    let graph = METADATA.resolve.as_ref().expect("a resolved graph");
    let edges: BTreeMap<_, _> = graph.nodes.iter().map(|node| (&node.id, node)).collect();
    let (mut reached, mut next) = (BTreeSet::new(), vec![&ours()["schema"].id]);
    while let Some(id) = next.pop() {
        if reached.insert(id) {
            let normal = edges[id].deps.iter().filter(|dependency| {
                dependency.dep_kinds.iter().any(|kind| kind.kind == cargo_metadata::DependencyKind::Normal)
            });
            next.extend(normal.map(|dependency| &dependency.pkg));
        }
    }
    let names = reached.into_iter().map(|id| METADATA[id].name.as_str());
    none(
        names
            .filter(|name| NOT_BELOW_SCHEMA.contains(name))
            .map(|name| format!("schema reaches {name}"))
            .collect(),
    );
}

#[test]
fn the_protocol_library_does_not_know_kestra() {
    let mut findings = Vec::new();
    for (path, text) in texts().into_iter().filter(|(path, _)| path.starts_with("tfplugin/")) {
        let lines = (1..).zip(text.lines()).filter(|(_, line)| line.to_lowercase().contains("kestra"));
        findings.extend(lines.map(|(number, line)| format!("{path}:{number}: {line}")));
    }
    none(findings);
}

#[test]
fn only_the_wire_sees_generated_types() {
    // The wire itself, and the host that is at its other end.
    let ends = ["tfplugin/src/wire/", "tfplugin/src/testing/"];
    let elsewhere = texts().into_iter().filter(|(path, _)| {
        path.starts_with("tfplugin/src/") && !ends.iter().any(|end| path.starts_with(end))
    });
    let guilty = elsewhere
        .filter(|(_, text)| ["tonic::", "prost::", "tfplugin6"].iter().any(|word| text.contains(word)));
    none(guilty.map(|(path, _)| format!("{path} uses the wire's types")).collect());
}

#[test]
fn the_map_shows_every_folder() {
    let map = fs::read_to_string(root().join("ARCHITECTURE.md")).expect("ARCHITECTURE.md");
    let lines = map.lines().count();
    assert!(
        lines <= LONGEST_ARCHITECTURE,
        "ARCHITECTURE.md has {lines} lines, at most {LONGEST_ARCHITECTURE}"
    );
    let folders: BTreeSet<String> =
        texts().into_iter().filter_map(|(path, _)| Some(path.split_once('/')?.0.to_owned())).collect();
    let missing = folders.iter().filter(|folder| !map.contains(&format!("`{folder}/")));
    none(missing.map(|folder| format!("ARCHITECTURE.md does not name `{folder}/`")).collect());
}

#[test]
fn versions_live_in_one_place_and_are_used() {
    let workspace = manifest(".");
    let shared = workspace["workspace"]["dependencies"].as_table().expect("[workspace.dependencies]");
    let mut unused: BTreeSet<&str> = shared.keys().map(String::as_str).collect();
    let mut findings = Vec::new();
    for member in workspace["workspace"]["members"].as_array().expect("members") {
        let member = member.as_str().expect("a folder");
        let manifest = manifest(member);
        for table in ["dependencies", "dev-dependencies", "build-dependencies"] {
            for (name, dependency) in
                manifest.get(table).and_then(|table| table.as_table()).into_iter().flatten()
            {
                unused.remove(name.as_str());
                let shared = dependency.get("workspace").and_then(|given| given.as_bool()) == Some(true);
                (!shared).then(|| findings.push(format!("{member}: {name} has a version of its own")));
            }
        }
    }
    findings.extend(unused.into_iter().map(|name| format!("Cargo.toml: nobody uses {name}")));
    none(findings);
}
