//! Every example works: projects are applied, planned again without a difference and destroyed, snippets are valid.

use std::fs;

use harness::{Server, Workspace, for_each_host};

use crate::tidy::{files, root};

/// The names of the folders in a folder of the repository.
pub(crate) fn folders(parent: &str) -> Vec<String> {
    let entries = fs::read_dir(root().join(parent)).unwrap_or_else(|error| panic!("{parent}: {error}"));
    let paths = entries
        .map(|entry| entry.expect("a readable folder").path())
        .filter(|path| path.is_dir());
    let mut names: Vec<_> = paths
        .filter_map(|path| Some(path.file_name()?.to_str()?.to_owned()))
        .collect();
    names.sort();
    names
}

/// Copies folders of the repository to the same places in the project, so that relative paths keep their meaning.
pub(crate) fn copy(workspace: &Workspace, folders: &[&str]) {
    for file in files().filter(|file| {
        folders
            .iter()
            .any(|folder| file.starts_with(&format!("{folder}/")))
    }) {
        let text = fs::read_to_string(root().join(&file)).unwrap_or_else(|error| panic!("{file}: {error}"));
        workspace.file(file, &text);
    }
}

#[test]
fn every_project_is_applied_settled_and_destroyed() {
    let is_project = |folder: &String| root().join(folder).join("main.tf").is_file();
    let projects = folders("examples")
        .into_iter()
        .map(|name| format!("examples/{name}"))
        .filter(is_project);
    let projects: Vec<String> = projects.collect();
    assert!(
        projects.contains(&"examples/quickstart".to_owned()),
        "{projects:?}"
    );
    for_each_host(|host| {
        for project in &projects {
            let server = Server::start();
            let workspace = Workspace::new(host)
                .rooted_at(project)
                .env("KESTRA_URL", server.url());
            copy(&workspace, &[project, "modules", "subflows"]);
            workspace.init();
            workspace.validate().succeeds();
            workspace.apply_and_settle();
            workspace.destroy();
            let left = server.ask(async |kestra| kestra.flows().search(&[]).await);
            assert_eq!(left, [], "{project} leaves flows behind");
        }
    });
}

#[test]
fn every_snippet_is_valid() {
    for_each_host(|host| {
        for kind in ["examples/resources", "examples/data-sources"] {
            for name in folders(kind) {
                let snippet = format!("{kind}/{name}");
                let workspace = Workspace::new(host).rooted_at(&snippet);
                copy(&workspace, &[&snippet]);
                let provider =
                    fs::read_to_string(root().join("examples/provider/provider.tf")).expect("provider.tf");
                workspace.file(format!("{snippet}/provider.tf"), &provider);
                workspace.init();
                workspace.validate().succeeds();
            }
        }
    });
}
