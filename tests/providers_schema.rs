//! What hosts know of the provider, in full and committed: a change that users would notice is seen in review.

use std::collections::BTreeMap;

use cli::host::Host;
use harness::{Workspace, for_each_host, has_identities};
use serde_json::Value;

use crate::{acceptance::PROVIDER, examples::text, golden};

const GOLDEN: &str = "tests/golden/providers-schema.json";

/// What a host older than identities leaves out.
const LATER: [&str; 2] = ["deprecation_message", "resource_identity_schemas"];

/// The schemas as `providers schema -json` prints them, without the address, which differs between the hosts.
pub(crate) fn providers_schema(host: &Host) -> Value {
    let workspace = Workspace::new(host);
    workspace.file("provider.tf", PROVIDER);
    workspace.init();
    let mut schemas = workspace.run(&["providers", "schema", "-json"]).succeeds().json();
    let providers = schemas["provider_schemas"].as_object_mut().expect("schemas by provider");
    providers.values_mut().next().expect("the schemas of one provider").take()
}

#[test]
fn every_host_sees_the_schemas_that_are_committed() {
    for_each_host(|host| {
        let mut found = providers_schema(host);
        found.sort_all_objects();
        if has_identities(host) {
            let text = format!("{found:#}\n");
            golden::compare(&BTreeMap::from([(GOLDEN.to_owned(), Some(text))]));
        } else if !golden::blesses() {
            let mut committed = serde_json::from_str(&text(GOLDEN)).expect("JSON");
            LATER.iter().for_each(|name| remove(&mut committed, name));
            LATER.iter().for_each(|name| remove(&mut found, name));
            let (found, committed) = (format!("{found:#}"), format!("{committed:#}"));
            let first = found.lines().zip(committed.lines()).find(|(found, committed)| found != committed);
            assert!(found == committed, "{host} sees something else than {GOLDEN}, first {first:?}");
        }
    });
}

/// Removes the members of that name, however deep.
fn remove(json: &mut Value, name: &str) {
    match json {
        Value::Object(members) => {
            members.shift_remove(name);
            members.values_mut().for_each(|member| remove(member, name));
        }
        Value::Array(elements) => elements.iter_mut().for_each(|element| remove(element, name)),
        _ => {}
    }
}
