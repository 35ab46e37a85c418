//! Every route of the sandbox, one file per family of Kestra's API; each parses, applies, encodes.

mod configs;
mod dashboards;
mod documents;
mod executions;
mod flows;
mod kv;
mod logs;
mod namespace_files;
mod namespaces;
mod pebble;
mod plugins;
mod secrets;
mod triggers;
mod unserved;

pub(crate) use flows::find_flows;
pub(crate) use namespaces::known as known_namespaces;
use schema::KestraLine;

use crate::{options::Edition, router::Route};

/// The prefix of everything that belongs to a tenant.
const TENANT: &str = "/api/v1/{tenant}";

/// Every route of an edition on a line.
pub(crate) fn all(edition: Edition, line: KestraLine) -> Vec<Route> {
    let tenant = [
        executions::routes(),
        flows::routes(),
        kv::routes(),
        logs::routes(),
        namespace_files::routes(),
        namespaces::routes(edition),
        secrets::routes(),
        triggers::routes(),
        dashboards::routes(),
    ];
    let enterprise = if edition == Edition::Ee { documents::routes() } else { Vec::new() };
    let below_tenant = tenant.into_iter().flatten().chain(enterprise).map(|route| route.below(TENANT));
    configs::routes()
        .into_iter()
        .chain(pebble::routes())
        .chain(plugins::routes())
        .chain(below_tenant)
        .chain(unserved::routes(edition))
        .filter(|route| route.is_of(line))
        .collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn no_route_is_served_twice_or_served_and_unserved() {
        for line in KestraLine::ALL {
            for edition in [Edition::Oss, Edition::Ee] {
                let mut seen = BTreeSet::new();
                for route in all(edition, line) {
                    let shape = route.shape();
                    assert!(seen.insert(shape.clone()), "{line} {shape}");
                }
            }
        }
    }
}
