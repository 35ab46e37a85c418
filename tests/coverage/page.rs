//! The ledger as a page for readers: a table for each family of endpoints.

use std::{collections::BTreeMap, collections::BTreeSet, fmt::Write};

use sandbox::{Edition, Endpoint};
use schema::KestraLine;

use super::shape;

const HEAD: &str = "\
# What the sandbox serves

Every endpoint of Kestra's API, on which line it is, and whether `flowsmith sandbox` serves it there. This page is made from
the routes of the sandbox and the calls of the client: `just bless` rewrites it, and a test fails when it is out of date.
The administration of Kestra Enterprise but for groups and roles (users, apps, tests and the like) is not listed: a sandbox knows nothing of it
and answers 404.

*Served* is answered as Kestra answers it; *501* is answered with the reason, which stands below. *Engine* acts on an
execution that runs, so it takes `--engine`: without one the answer is Kestra's own refusal, or 501 where the state would allow
it. An empty cell means that Kestra of that line has no such endpoint. *EE* stands where only Kestra Enterprise has it, and the sandbox with
`--edition ee`. Paths are below `/api/v1/{tenant}`, but for those that begin with `/api/` and for `/ping`. The last column
says what the provider calls.
";

type Family<'a> = BTreeMap<(&'a str, &'a str), Vec<&'a Endpoint>>;

pub(super) fn page(endpoints: &[Endpoint], calls: &BTreeSet<String>) -> String {
    let mut families: BTreeMap<&str, Family<'_>> = BTreeMap::new();
    for endpoint in endpoints {
        let rows = families.entry(family(endpoint)).or_default();
        rows.entry((&endpoint.template, &endpoint.method)).or_default().push(endpoint);
    }
    let count =
        |is_served| endpoints.iter().filter(|endpoint| endpoint.why_unserved.is_none() == is_served).count();
    let mut page = format!("{HEAD}\n{} endpoints are served, {} are not.\n", count(true), count(false));
    for (name, rows) in families {
        let _ = write!(page, "\n## {name}\n\n| Endpoint | 1.3 | 2.0 | Provider |\n|---|---|---|---|\n");
        for ((template, method), endpoints) in rows {
            let cells: Vec<String> = KestraLine::ALL.iter().map(|line| cell(&endpoints, *line)).collect();
            let called =
                if endpoints.iter().any(|endpoint| calls.contains(&shape(endpoint))) { "yes" } else { "" };
            let path = template.strip_prefix("/api/v1/{tenant}").unwrap_or(template);
            let _ = writeln!(page, "| `{method} {path}` | {} | {called} |", cells.join(" | "));
        }
    }
    page + &reasons(endpoints)
}

/// The first part of the path that tells endpoints apart.
fn family(endpoint: &Endpoint) -> &str {
    let path = endpoint.template.strip_prefix("/api/v1").unwrap_or(&endpoint.template);
    let path = path.strip_prefix("/{tenant}").unwrap_or(path);
    path.split('/').nth(1).unwrap_or_default()
}

fn cell(endpoints: &[&Endpoint], line: KestraLine) -> String {
    let here = endpoints.iter().filter(|endpoint| endpoint.servers.iter().any(|(on, _)| *on == line));
    let words = here.map(|endpoint| {
        let state = match endpoint.why_unserved {
            Some(_) => "501",
            None if endpoint.is_by_engine => "engine",
            None => "served",
        };
        let everywhere = endpoint.servers.contains(&(line, Edition::Oss));
        if everywhere { state.to_owned() } else { format!("{state} (EE)") }
    });
    words.collect::<Vec<_>>().join(", ")
}

fn reasons(endpoints: &[Endpoint]) -> String {
    let mut reasons: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for endpoint in endpoints {
        let Some(why) = endpoint.why_unserved else { continue };
        reasons.entry(why).or_default().insert(format!("`{} {}`", endpoint.method, endpoint.template));
    }
    let mut text = "\n## Why not\n".to_owned();
    for (why, endpoints) in reasons {
        let list: Vec<String> = endpoints.into_iter().map(|endpoint| format!("- {endpoint}")).collect();
        let _ = write!(text, "\n{}{}:\n\n{}\n", why[..1].to_uppercase(), &why[1..], list.join("\n"));
    }
    text.replace("/api/v1/{tenant}", "")
}
