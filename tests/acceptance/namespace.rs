//! `kestra_namespace` and `data.kestra_namespace`: settings in Kestra Enterprise, and a clear word in open source.

use client::Namespace;
use harness::{RELEASES, Server, Workspace, for_each_host};
use sandbox::{Edition, Options, Release};
use serde_json::{Value, json};

use super::{actions, project};

const CONFIGURATION: &str = r#"
resource "kestra_namespace" "this" {
  namespace_id = "company.team"
  description  = "What the team runs."
  variables    = file("${path.module}/variables.yaml")

  allowed_namespaces {
    namespace = "company.sales"
  }

  allowed_namespaces {
    namespace = "company.shared"
  }
}
"#;

const VARIABLES: &str = "\
# Where the data is.
region: eu-west-1
limits: {rows: 10000, share: 0.5}
";

const ADDRESS: &str = "kestra_namespace.this";

fn enterprise() -> Server {
    enterprise_as(Release::default())
}

fn enterprise_as(emulate: Release) -> Server {
    Server::start_with(Options { edition: Edition::Ee, emulate, ..Options::default() })
}

fn deployed(host: &cli::host::Host, server: &Server) -> Workspace {
    let workspace = project(host, server, CONFIGURATION);
    workspace.file("variables.yaml", VARIABLES);
    workspace.apply_and_settle();
    workspace
}

fn stored(server: &Server) -> Namespace {
    server.ask(async |kestra| kestra.namespaces().get("company.team").await)
}

/// Changes the namespace behind Terraform's back.
fn edit(server: &Server, change: impl FnOnce(&mut Namespace)) {
    let mut namespace = stored(server);
    change(&mut namespace);
    server.ask(async |kestra| kestra.namespaces().update(&namespace).await);
}

fn limits(namespace: &Namespace) -> Value {
    namespace.variables.as_ref().map_or(Value::Null, |variables| variables["limits"].clone())
}

#[test]
fn a_namespace_is_created_changed_imported_and_destroyed() {
    for_each_host(|host| {
        for release in RELEASES {
            lives_on(host, &enterprise_as(release));
        }
    });
}

/// Every step of a namespace's life on one server.
fn lives_on(host: &cli::host::Host, server: &Server) {
    let workspace = deployed(host, server);
    let created = stored(server);
    assert_eq!(created.description.as_deref(), Some("What the team runs."));
    assert_eq!(limits(&created), json!({"rows": 10000, "share": 0.5}));
    let allowed = created.allowed_namespaces.into_iter().flatten().map(|allowed| allowed.namespace);
    assert_eq!(allowed.collect::<Vec<_>>(), ["company.sales", "company.shared"]);

    let other = project(host, server, CONFIGURATION);
    other.file("variables.yaml", VARIABLES);
    other
        .apply()
        .fails_with("Namespace already exists")
        .says("terraform import kestra_namespace.NAME company.team");
    other.import(ADDRESS, "company.team").succeeds();
    other.plan().is_empty_plan();

    // Empty settings are none, and settle too.
    let nothing = CONFIGURATION.split("\n  allowed").next().unwrap_or_default().to_owned() + "}\n";
    workspace.file("main.tf", &nothing.replace("What the team runs.", ""));
    workspace.file("variables.yaml", "{}\n");
    workspace.apply_and_settle().says("0 added, 1 changed, 0 destroyed");
    let emptied = stored(server);
    assert_eq!(emptied.variables.map(|variables| variables.len()), Some(0));
    assert_eq!(emptied.allowed_namespaces.map(|allowed| allowed.len()), Some(0));

    workspace.destroy();
    let gone = server.try_ask(async |kestra| kestra.namespaces().get("company.team").await);
    assert!(gone.is_err_and(|error| error.is_gone()));
}

#[test]
fn what_others_changed_is_put_back_and_what_is_not_managed_is_kept() {
    for_each_host(|host| {
        let server = enterprise();
        let workspace = deployed(host, &server);
        edit(&server, |namespace| {
            namespace.extra.insert("storageType".into(), json!("s3"));
            namespace.extra.insert("workerGroup".into(), json!({"key": "gpu", "fallback": "WAIT"}));
        });
        workspace.plan().is_empty_plan();

        let edits: [fn(&mut Namespace); 3] = [
            |namespace| namespace.description = Some("Theirs.".into()),
            |namespace| namespace.variables = None,
            |namespace| namespace.allowed_namespaces = None,
        ];
        for change in edits {
            edit(&server, change);
            assert_eq!(actions(&workspace), json!(["update"]));
            workspace.apply().succeeds().says("1 changed");
        }
        workspace.plan().is_empty_plan();
        let restored = stored(&server);
        assert_eq!(restored.description.as_deref(), Some("What the team runs."));
        assert_eq!(limits(&restored), json!({"rows": 10000, "share": 0.5}));
        assert_eq!(restored.extra["storageType"], "s3");
        assert_eq!(restored.extra["workerGroup"], json!({"key": "gpu", "fallback": "WAIT"}));

        let delete = async |kestra: client::Client| kestra.namespaces().delete("company.team").await;
        server.ask(delete);
        assert_eq!(actions(&workspace), json!(["create"]));
        workspace.apply_and_settle();
        server.ask(delete);
        workspace.run(&["destroy", "-no-color", "-auto-approve", "-refresh=false"]).succeeds();
    });
}

#[test]
fn open_source_refuses_a_namespace_while_planning() {
    for_each_host(|host| {
        let server = Server::start();
        let workspace = project(host, &server, CONFIGURATION);
        workspace.file("variables.yaml", VARIABLES);
        workspace
            .plan()
            .fails_with("Namespaces need Kestra Enterprise")
            .says("exists as soon as a flow, file or KV entry");
        workspace.apply().fails_with("Namespaces need Kestra Enterprise");
    });
}

#[test]
fn variables_that_are_no_map_are_refused_with_their_place() {
    for_each_host(|host| {
        let workspace = project(host, &Server::start(), CONFIGURATION);
        for (variables, words) in [
            ("a: 1\nb: [2\n", "line 2, column 4"),
            ("- a\n", "a YAML map of names to values"),
            ("a: 1\na: 2\n", "line 2"),
        ] {
            workspace.file("variables.yaml", variables);
            workspace.validate().fails_with("Invalid variables").says(words).says("variables = file(");
        }
    });
}

#[test]
fn a_namespace_is_looked_up_in_both_editions() {
    let configuration = r#"
        data "kestra_namespace" "this" {
          namespace_id = "company.team"
        }

        output "namespace" {
          value = {
            id          = data.kestra_namespace.this.id
            description = data.kestra_namespace.this.description
            region      = try(jsondecode(data.kestra_namespace.this.variables).region, "")
            allowed     = data.kestra_namespace.this.allowed_namespaces
          }
        }
    "#;
    for_each_host(|host| {
        let server = enterprise();
        let reader = project(host, &server, configuration);
        reader.apply().fails_with("Could not look up the namespace");
        deployed(host, &server);
        reader.apply_and_settle();
        let expected = json!({
            "id": "company.team", "description": "What the team runs.", "region": "eu-west-1",
            "allowed": ["company.sales", "company.shared"],
        });
        assert_eq!(reader.output("namespace"), expected);

        let server = Server::start();
        let reader = project(host, &server, configuration);
        reader.apply_and_settle();
        let expected = json!({"id": "company.team", "description": null, "region": "", "allowed": []});
        assert_eq!(reader.output("namespace"), expected);
    });
}
