//! What happens to an entry over time: others change or delete it, it expires, it gets another name.

use client::{Client, PutOptions};
use harness::{Server, for_each_host, for_each_line};
use serde_json::json;

use super::{is_gone, project, put, stored};
use crate::acceptance::actions;

const ADDRESS: &str = "kestra_kv.this";

/// An entry with these further attributes.
fn configuration(key: &str, more: &str) -> String {
    format!(
        "resource \"kestra_kv\" \"this\" {{\n  namespace = \"company.team\"\n  key = {key:?}\n  value = \"ours\"\n  \
         {more}\n}}\n"
    )
}

#[test]
fn what_others_changed_is_put_back() {
    for_each_host(|host| {
        let server = Server::start();
        let described =
            |text: &str| configuration("greeting", &format!("ttl = \"PT24H\"\n description = {text:?}"));
        let workspace = project(host, &server, &described("Für alle."));
        workspace.apply_and_settle();
        let listed = || server.ask(async |kestra| kestra.kv().list("company.team").await).remove(0);
        assert_eq!(listed().description.as_deref(), Some("Für alle."));
        assert!(listed().expiration_date.is_some(), "{:?}", listed());

        put(&server, "greeting", "\"theirs\"");
        assert_eq!(actions(&workspace), json!(["update"]));
        workspace.apply_and_settle();
        assert_eq!(stored(&server, "greeting"), ("STRING".to_owned(), json!("ours")));
        assert_eq!(listed().description.as_deref(), Some("Für alle."));

        put(&server, "greeting", "17");
        workspace.apply_and_settle().says("1 changed");
        assert_eq!(stored(&server, "greeting"), ("STRING".to_owned(), json!("ours")));

        workspace.file("main.tf", &described("Für wenige."));
        assert_eq!(actions(&workspace), json!(["update"]));
        workspace.apply_and_settle();
        assert_eq!(listed().description.as_deref(), Some("Für wenige."));
    });
}

#[test]
fn the_description_is_part_of_the_entry() {
    for_each_host(|host| {
        let server = Server::start();
        let put = |description: &str| {
            let options = PutOptions { description: Some(description.to_owned()), ttl: None };
            server.ask(async |kestra| {
                kestra.kv().put("company.team", "greeting", "\"ours\"".into(), &options).await
            });
        };
        put("For all.");
        let workspace = project(host, &server, &configuration("greeting", "description = \"For all.\""));
        workspace.import(ADDRESS, "company.team/greeting").succeeds();
        workspace.plan().is_empty_plan();
        workspace.run(&["apply", "-no-color", "-auto-approve", "-refresh-only"]).succeeds();

        put("For few.");
        assert_eq!(actions(&workspace), json!(["update"]));
        workspace.apply_and_settle();
        let listed = server.ask(async |kestra| kestra.kv().list("company.team").await).remove(0);
        assert_eq!(listed.description.as_deref(), Some("For all."));
    });
}

#[test]
fn a_deleted_or_expired_entry_is_planned_again() {
    for_each_line(|host, server| {
        let workspace = project(host, server, &configuration("greeting", ""));
        let delete = async |kestra: Client| kestra.kv().delete("company.team", "greeting").await;
        workspace.apply_and_settle();

        server.ask(delete);
        assert_eq!(actions(&workspace), json!(["create"]));
        workspace.apply_and_settle();
        server.ask(delete);
        workspace.run(&["destroy", "-no-color", "-auto-approve", "-refresh=false"]).succeeds();

        workspace.file("main.tf", &configuration("greeting", "ttl = \"PT0S\""));
        workspace.apply().succeeds();
        assert_eq!(workspace.attributes(ADDRESS)["ttl"], "PT0S");
        assert_eq!(actions(&workspace), json!(["create"]), "it has expired");
        workspace.destroy();
    });
}

#[test]
fn another_key_or_tenant_is_another_entry() {
    for_each_host(|host| {
        let server = Server::start();
        let workspace = project(host, &server, &configuration("before", ""));
        workspace.apply_and_settle();
        workspace.file("main.tf", &configuration("after", ""));
        assert_eq!(actions(&workspace), json!(["delete", "create"]));
        workspace.apply_and_settle();
        assert!(is_gone(&server, "before") && !is_gone(&server, "after"));
        assert_eq!(workspace.attributes(ADDRESS)["id"], "company.team/after");

        let abroad = workspace.env("KESTRA_TENANT_ID", "abroad");
        let plan = abroad.run(&["plan", "-no-color", "-detailed-exitcode", "-refresh=false"]).plans_changes();
        plan.says("must be replaced").says("\"main\" -> \"abroad\"");
        // The open-source edition has but one tenant; the plan that asks the server says so.
        abroad.plan().fails_with("Tenant must be 'main'");
    });
}
