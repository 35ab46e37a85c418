//! Every example works: what is shown is applied, planned again without a difference, imported and destroyed.

use std::{collections::BTreeSet, fs};

use cli::host::Host;
use harness::{Server, Workspace, flowsmith, for_each_host};
use sandbox::{Edition, Options, Release};
use serde_json::json;

use crate::{
    acceptance::PROVIDER,
    golden::{self, Files},
    oracle::{self, Document},
    providers_schema::providers_schema,
    tidy::{files, none, root},
};

/// The names of the folders in a folder of the repository.
pub(crate) fn folders(parent: &str) -> Vec<String> {
    let entries = fs::read_dir(root().join(parent)).unwrap_or_else(|error| panic!("{parent}: {error}"));
    let paths = entries.map(|entry| entry.expect("a readable folder").path()).filter(|path| path.is_dir());
    let mut names: Vec<_> = paths.filter_map(|path| Some(path.file_name()?.to_str()?.to_owned())).collect();
    names.sort();
    names
}

/// Copies folders of the repository to the same places in the project, so that relative paths keep their meaning.
pub(crate) fn copy(workspace: &Workspace, folders: &[&str]) {
    for file in files().filter(|file| folders.iter().any(|folder| file.starts_with(&format!("{folder}/")))) {
        workspace.copy(&root().join(&file), &file);
    }
}

/// The complete projects: whatever has a provider block, the registry's snippet of one excepted.
pub(crate) fn projects() -> BTreeSet<String> {
    let configurations = files().filter(|path| path.starts_with("examples/") && path.ends_with(".tf"));
    let complete = configurations.filter(|path| text(path).contains("\nprovider \"kestra\""));
    let folders = complete.filter_map(|path| Some(path.rsplit_once('/')?.0.to_owned()));
    folders.filter(|folder| folder != "examples/provider").collect()
}

/// A file of the repository.
pub(crate) fn text(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn server(edition: Edition, emulate: Release) -> Server {
    Server::start_with(Options { edition, emulate, ..Options::default() })
}

#[test]
fn every_project_is_applied_settled_and_destroyed_on_both_lines_and_editions() {
    let projects = projects();
    assert!(projects.contains("examples/quickstart"), "{projects:?}");
    let pictures = files().filter(|path| path.starts_with("docs/images/examples/"));
    let mut pictures: Files = pictures.map(|path| (path, None)).collect();
    let mut rendered = BTreeSet::new();
    for_each_host(|host| {
        for project in &projects {
            let mut workspace = Workspace::new(host).rooted_at(project);
            copy(&workspace, &["examples", "modules", "subflows"]);
            workspace.init();
            for (edition, line) in [(Edition::Oss, Release::V1_3), (Edition::Ee, Release::V2_0)] {
                let server = server(edition, line);
                workspace = workspace.env("KESTRA_URL", server.url());
                workspace.validate().succeeds();
                workspace.apply_and_settle();
                let (namespaces, flows) = (namespaces(&server), flows(&server));
                pictures.insert(image(project), Some(drawn(&flows)));
                let named = |(name, source)| (line.line(), (format!("{project} {name}"), source));
                rendered.extend(flows.into_iter().map(named));
                workspace.destroy();
                is_empty(&server, &namespaces, project);
            }
        }
    });
    golden::compare(&pictures);
    // They are here, and applying all projects once more would take minutes.
    oracle::accepts(&rendered);
}

/// Where the picture of a project is.
fn image(project: &str) -> String {
    let name = project.trim_start_matches("examples/").replace('/', "-");
    format!("docs/images/examples/{name}.svg")
}

/// The flows of a server with their sources, as they were sent, by namespace and id.
fn flows(server: &Server) -> Vec<Document> {
    let flows = server.json("flows/search?size=200");
    let named = flows["results"].as_array().into_iter().flatten().map(|flow| {
        let [id, namespace] = ["id", "namespace"].map(|name| flow[name].as_str().expect("a text"));
        let flow = server.json(&format!("flows/{namespace}/{id}?source=true"));
        (format!("{namespace}.{id}"), flow["source"].as_str().expect("a source").to_owned())
    });
    named.collect()
}

/// The flows, those that call or start each other joined by arrows.
fn drawn(flows: &[Document]) -> String {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (name, source) in flows {
        fs::write(folder.path().join(format!("{name}.yaml")), source).expect("a file");
    }
    let (code, svg) = flowsmith::said(&mut flowsmith::flowsmith(folder.path(), &["graph", "."]));
    assert_eq!(code, Some(0), "{svg}");
    svg
}

#[test]
fn every_project_has_a_page_that_shows_its_flows() {
    let pictureless = projects().into_iter().filter(|project| {
        let pages = [project.as_str(), project.rsplit_once('/').map_or("", |(folder, _)| folder)];
        let shown = format!("/{})", image(project));
        !pages.into_iter().any(|folder| {
            let page = fs::read_to_string(root().join(folder).join("README.md"));
            page.is_ok_and(|page| page.contains(&shown))
        })
    });
    none(pictureless.map(|project| format!("no README shows {} of {project}", image(&project))).collect());
}

/// The namespaces that hold a flow or have settings, and the server's own.
fn namespaces(server: &Server) -> Vec<String> {
    let found = server.json("namespaces/search?size=100");
    let ids = found["results"].as_array().into_iter().flatten().filter_map(|found| found["id"].as_str());
    ids.map(String::from).collect()
}

/// Nothing of the example is left behind in the namespaces that it had.
fn is_empty(server: &Server, had: &[String], example: &str) {
    assert!(had.len() > 1, "{example} had no namespace: {had:?}");
    let flows = server.ask(async |kestra| kestra.flows().search(&[]).await);
    assert_eq!(flows, [], "{example}");
    let entries = server.json("kv");
    assert_eq!(entries["total"], 0, "{example} leaves {entries}");
    for namespace in had {
        let files = server.json(&format!("namespaces/{namespace}/files/search?q=/"));
        assert_eq!(files, json!([]), "{example} leaves files in {namespace}");
    }
    assert_eq!(namespaces(server), ["system"], "{example}");
}

/// The smallest uses of each type, as the registry shows them. The data sources look up what the resources made.
#[test]
fn every_snippet_is_applied_settled_imported_and_destroyed() {
    for_each_host(|host| {
        let server = server(Edition::Ee, Release::V1_3);
        let resources: Vec<Workspace> = folders("examples/resources")
            .iter()
            .map(|name| {
                let folder = format!("examples/resources/{name}");
                let workspace = applied(host, &server, &folder);
                imported(host, &server, &folder, &workspace);
                workspace
            })
            .collect();
        for name in folders("examples/data-sources") {
            applied(host, &server, &format!("examples/data-sources/{name}"));
        }
        let namespaces = namespaces(&server);
        for workspace in resources {
            workspace.destroy();
        }
        is_empty(&server, &namespaces, "examples/resources");
    });
}

/// A snippet with a provider block, which is all it lacks.
fn snippet(host: &Host, server: &Server, folder: &str) -> Workspace {
    let workspace = Workspace::new(host).rooted_at(folder).env("KESTRA_URL", server.url());
    copy(&workspace, &[folder]);
    workspace.file(format!("{folder}/provider.tf"), PROVIDER);
    workspace.init();
    workspace
}

fn applied(host: &Host, server: &Server, folder: &str) -> Workspace {
    let workspace = snippet(host, server, folder);
    workspace.apply_and_settle();
    workspace
}

/// Runs the line of `import.sh` on a state that knows nothing yet. The id of an execution is the server's to choose.
fn imported(host: &Host, server: &Server, folder: &str, made: &Workspace) {
    let line = text(&format!("{folder}/import.sh"));
    let words: Vec<&str> = line.split_whitespace().collect();
    let ["terraform", "import", address, id] = *words else {
        panic!("{folder}/import.sh: {line}");
    };
    let id =
        if address.starts_with("kestra_execution.") { &made.attributes(address)["id"] } else { &json!(id) };
    let id = id.as_str().expect("an id");
    let workspace = snippet(host, server, folder);
    workspace.import(address, id).succeeds();
    assert_eq!(workspace.attributes(address)["id"], id, "{folder}");
}

#[test]
fn the_registrys_provider_block_is_valid() {
    for_each_host(|host| {
        let workspace = Workspace::new(host).rooted_at("examples/provider");
        copy(&workspace, &["examples/provider"]);
        workspace.init();
        workspace.validate().succeeds();
    });
}

#[test]
fn every_type_has_an_example_and_no_example_is_left_over() {
    for_each_host(|host| {
        let provider = providers_schema(host);
        for (kind, schemas, file) in [
            ("examples/resources", "resource_schemas", "resource.tf"),
            ("examples/data-sources", "data_source_schemas", "data-source.tf"),
        ] {
            let types = provider[schemas].as_object().into_iter().flat_map(|types| types.keys().cloned());
            assert_eq!(types.collect::<Vec<_>>(), folders(kind), "{kind}");
            let lacking = folders(kind).into_iter().filter(|name| {
                let path = root().join(kind).join(name).join(file);
                !fs::read_to_string(path).is_ok_and(|text| text.contains(&format!("\"{name}\"")))
            });
            none(lacking.map(|name| format!("{kind}/{name}/{file} does not show {name}")).collect());
        }
    });
}
