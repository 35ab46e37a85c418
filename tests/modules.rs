//! The HCL for people who write no YAML: every module passes its own tests, is used by a project that is applied, and
//! keeps the rules of the house.

mod readme;
mod refusals;
mod rules;
mod statements;
mod tables;

use std::collections::BTreeSet;

use harness::{Workspace, for_each_host};

use crate::{
    examples::{copy, folders, projects, text},
    tidy::{files, none},
};

/// The folders of all modules. The subflows are a module too.
fn modules() -> Vec<String> {
    let modules = folders("modules").into_iter().map(|name| format!("modules/{name}"));
    modules.chain(["subflows".to_owned()]).collect()
}

#[test]
fn every_module_passes_its_tests() {
    for_each_host(|host| {
        for module in modules() {
            let workspace = Workspace::new(host).rooted_at(&module);
            copy(&workspace, &["modules", "subflows"]);
            workspace.init();
            workspace.run(&["test", "-no-color"]).succeeds().says("Success!").says(", 0 failed");
        }
    });
}

#[test]
fn every_module_is_used_by_a_project_that_is_applied() {
    let projects = projects();
    // What is there for tests is used by the tests of a project, which are run elsewhere.
    let configurations = files().filter(|path| {
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let is_test = path.ends_with(".tftest.hcl");
        projects.contains(folder.strip_suffix("/tests").filter(|_| is_test).unwrap_or(folder))
            && (is_test || path.ends_with(".tf"))
    });
    let used = configurations.flat_map(|path| rules::sources(&text(&path)));
    let mut used: BTreeSet<String> = used.map(|source| source.trim_start_matches("../").to_owned()).collect();
    // What a module uses, the project applies with it.
    for module in modules() {
        let sources = rules::sources(&text(&format!("{module}/main.tf")));
        used.extend(
            sources.iter().filter_map(|source| Some(format!("modules/{}", source.strip_prefix("../")?))),
        );
    }
    let unused = modules().into_iter().filter(|module| !used.contains(module));
    none(unused.map(|module| format!("no project in examples/ uses {module}")).collect());
}

#[test]
fn configurations_are_formatted() {
    for_each_host(|host| {
        let workspace = Workspace::new(host);
        copy(&workspace, &["examples", "modules", "subflows"]);
        workspace.run(&["fmt", "-check", "-diff", "-recursive", "-no-color"]).succeeds();
    });
}

#[test]
fn a_module_is_five_files_and_its_tests() {
    let mut findings = Vec::new();
    for module in modules() {
        let name = module.rsplit('/').next().unwrap_or_default();
        let mut expected: BTreeSet<String> =
            ["README.md", "main.tf", "outputs.tf", "variables.tf", "versions.tf"].map(String::from).into();
        expected.insert(format!("tests/{name}.tftest.hcl"));
        let found: BTreeSet<String> = files()
            .filter_map(|path| path.strip_prefix(&format!("{module}/")).map(String::from))
            // A subflow is one file more.
            .filter(|file| module != "subflows" || !file.ends_with(".yaml"))
            .collect();
        let wrong = found.symmetric_difference(&expected);
        findings.extend(wrong.map(|file| format!("{module}/{file} is missing, or one too many")));
    }
    none(findings);
}
