//! Runs a test on every Terraform CLI: what works on one and fails on the other is a defect, not a detail.

use std::{env, sync::OnceLock};

use cli::host::{Choice, Host};

use crate::{RELEASES, Server, missing::skip};

/// Runs `test` on Terraform and on OpenTofu, or on those that `FLOWSMITH_HOSTS` names (`terraform,tofu`).
///
/// A CLI that is missing is skipped with a line on stderr. Where it was asked for by name, or where `CI` is set, it is
/// an error instead; OpenTofu is then built first.
///
/// # Panics
/// A required CLI is missing; the test failed.
pub fn for_each_host(mut test: impl FnMut(&Host)) {
    for host in hosts() {
        test(host);
    }
}

/// One CLI, for a test that is about something else than Terraform; `None` where there is none, which was said.
///
/// # Panics
/// A required CLI is missing.
#[must_use]
pub fn any_host() -> Option<&'static Host> {
    hosts().first()
}

/// As [`for_each_host`], once for each line of Kestra, with a server that answers as its newest release.
pub fn for_each_line(mut test: impl FnMut(&Host, &Server)) {
    for release in RELEASES {
        for_each_host(|host| test(host, &Server::start_as(release)));
    }
}

/// Whether the CLI is OpenTofu, where the two differ.
#[must_use]
pub fn is_tofu(host: &Host) -> bool {
    host.to_string() == "tofu"
}

/// Whether the CLI knows identities of resources: both do since 1.12, but the Terraform that the tests meet is older.
#[must_use]
pub fn has_identities(host: &Host) -> bool {
    is_tofu(host)
}

/// Found once per process, so that OpenTofu is built once however many tests wait for it.
fn hosts() -> &'static [Host] {
    static HOSTS: OnceLock<Vec<Host>> = OnceLock::new();
    HOSTS.get_or_init(|| {
        let named = env::var("FLOWSMITH_HOSTS").ok().filter(|names| !names.is_empty());
        let required = named.is_some() || env::var_os("CI").is_some();
        let names = named.unwrap_or_else(|| "terraform,tofu".to_owned());
        names.split(',').filter_map(|name| host(name.trim(), required)).collect()
    })
}

fn host(name: &str, required: bool) -> Option<Host> {
    let Ok(choice) = name.parse::<Choice>();
    let found = Host::find(Some(&choice));
    if found.is_none() && required {
        assert!(choice == Choice::Tofu, "{name} is required here, but is not on PATH");
        return Some(Host::build_tofu().unwrap_or_else(|error| panic!("{error}")));
    }
    if found.is_none() {
        skip(format_args!("there is no {name} on this machine (CI builds it)"));
    }
    found
}
