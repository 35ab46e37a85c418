//! A use case hands its variables on to the modules that check them; whoever gave the wrong value is still told which it was.
//! A secret in the place of its name is the exception: nobody shows it.

use harness::{Server, Workspace, for_each_host};

use crate::{acceptance::PROVIDER, examples::copy};

/// What stands in the wrong place.
const SECRET: &str = "hunter2";

/// A wrong value of a module, among right ones, and what is said of it.
const REFUSALS: [(&str, &str, &str); 10] = [
    (
        "airbyte-then-dbt",
        r#"airbyte = { connections = { orders = "the orders" } }"#,
        "The id of a connection is a UUID or an expression; got orders = \"the orders\".",
    ),
    (
        "airbyte-sync",
        r#"airbyte = { connections = { orders = "{{ kv('orders') }}" }, max_duration = "3h" }"#,
        "such as PT90M; got \"3h\".",
    ),
    ("dbt-run", r#"retry = { max_attempts = 0 }"#, "retry.max_attempts is a whole number, 1 or more; got 0."),
    (
        "dbt-run",
        r#"alert = { subflow = { namespace = "a", flow_id = "tell", inputs = { text = { type = "STRING" } } } }"#,
        "The alert goes to a subflow with an input message; tell takes text.",
    ),
    (
        "hightouch-sync",
        "hightouch = { syncs = { crm = 1 } }\nkestra_version = \"0.24\"",
        "is a version of Kestra 1.3 or 2.0, such as 1.3.31; got \"0.24\".",
    ),
    (
        "postgres-query",
        r#"connection = { host = "db:5432", database = "d", username = "u" }
           query = { sql = "SELECT 1" }"#,
        "connection.host is the name or address of a server, without a port, or an expression; got \"db:5432\".",
    ),
    (
        "s3-copy",
        r#"aws = { region = "Frankfurt (1)" }
           copies = [{ id = "one", from = { bucket = "company-a", key = "b" }, to = { bucket = "company-c" } }]"#,
        "aws.region is a region such as eu-central-1; got \"Frankfurt (1)\".",
    ),
    (
        "github-sync",
        r#"repository = { url = "https://me:hunter2@github.com/company/flows.git" }
           sync_flows = { namespace = "company" }"#,
        "without a password; got \"https://...@github.com/company/flows.git\".",
    ),
    (
        "hightouch-sync",
        r#"hightouch = { syncs = { crm = 1 }, token_secret = "hunter2!" }"#,
        "hightouch.token_secret is the name of a Kestra secret",
    ),
    (
        "postgres-query",
        r#"connection = { host = "db", database = "d", username = "u", password_secret = "hunter2!" }
           query = { sql = "SELECT 1" }"#,
        "connection.password_secret is the name of a Kestra secret",
    ),
];

#[test]
fn a_value_that_is_handed_on_is_refused_with_the_value_in_the_message() {
    let server = Server::start();
    for_each_host(|host| {
        let workspace = Workspace::new(host).rooted_at("examples/refused").env("KESTRA_URL", server.url());
        copy(&workspace, &["modules"]);
        workspace.file("examples/refused/provider.tf", PROVIDER);
        for (module, value, said) in REFUSALS {
            let call = format!(
                "module \"refused\" {{\nsource = \"../../modules/{module}\"\nid = \"refused\"\nnamespace = \"a.b\"\n{value}\n}}\n"
            );
            workspace.file("examples/refused/main.tf", &call);
            workspace.init();
            let refused = workspace.plan().fails_with(said).text();
            assert!(!refused.contains(SECRET), "{refused}");
        }
    });
}
