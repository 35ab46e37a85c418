//! What Kestra serves and the sandbox doesn't. These tables, with those of what 2.0 added, are the coverage ledger:
//! they may only shrink.

use axum::http::Method;
use schema::KestraLine;

use super::{TENANT, lines};
use crate::{
    fault::Fault,
    options::Edition,
    router::{Route, route},
};

/// A path template and the methods that are missing on it.
pub(super) type Missing = (&'static str, &'static [Method]);

/// Routes of the server itself.
const INSTANCE: &[Missing] = &[
    ("/api/v1/plugins/groups/subgroups", &[Method::GET]),
    ("/api/v1/plugins/icons", &[Method::GET]),
    ("/api/v1/plugins/icons/groups", &[Method::GET]),
    ("/api/v1/plugins/inputs/{type}", &[Method::GET]),
    ("/api/v1/plugins/properties/{type}", &[Method::GET]),
    ("/api/v1/plugins/{cls}/versions", &[Method::GET]),
    ("/api/v1/plugins/{cls}/versions/{version}", &[Method::GET]),
];

/// Routes below a tenant.
const BELOW_TENANT: &[Missing] = &[
    ("/basicAuth", &[Method::POST]),
    ("/blueprints/community/{kind}", &[Method::GET]),
    ("/blueprints/community/{kind}/{id}", &[Method::GET]),
    ("/blueprints/community/{kind}/{id}/graph", &[Method::GET]),
    ("/blueprints/community/{kind}/{id}/source", &[Method::GET]),
    ("/cluster/services/{id}", &[Method::GET]),
    ("/concurrency-limit/search", &[Method::GET]),
    ("/concurrency-limit/{namespace}/{flowId}", &[Method::PUT]),
    ("/dashboards/charts/export/to-csv", &[Method::POST]),
    ("/dashboards/charts/preview", &[Method::POST]),
    ("/dashboards/validate", &[Method::POST]),
    ("/dashboards/validate/chart", &[Method::POST]),
    ("/dashboards/{id}/charts/{chartId}", &[Method::POST]),
    ("/dashboards/{id}/charts/{chartId}/export/to-csv", &[Method::POST]),
    ("/executions/{executionId}/eval", &[Method::POST]),
    ("/executions/{executionId}/eval/{taskRunId}", &[Method::POST]),
    ("/executions/{executionId}/file/preview", &[Method::GET]),
    ("/metrics/aggregates/{namespace}/{flowId}/{metric}", &[Method::GET]),
    ("/metrics/aggregates/{namespace}/{flowId}/{taskId}/{metric}", &[Method::GET]),
    ("/metrics/names/{namespace}/{flowId}", &[Method::GET]),
    ("/metrics/names/{namespace}/{flowId}/{taskId}", &[Method::GET]),
    ("/metrics/tasks/{namespace}/{flowId}", &[Method::GET]),
    ("/metrics/{executionId}", &[Method::GET]),
    ("/usages/all", &[Method::GET]),
];

/// Routes below a tenant that only Enterprise has.
const ENTERPRISE: &[Missing] = &[
    ("/blueprints/custom", &[Method::GET, Method::POST]),
    ("/blueprints/custom/{id}", &[Method::GET, Method::PUT, Method::DELETE]),
    ("/blueprints/custom/{id}/source", &[Method::GET]),
    ("/namespaces/{id}/inherited-plugindefaults", &[Method::GET]),
    ("/namespaces/{id}/inherited-variables", &[Method::GET]),
    ("/namespaces/{namespace}/secrets", &[Method::PUT]),
    ("/namespaces/{namespace}/secrets/{key}", &[Method::PATCH, Method::DELETE]),
];

/// The tables of both lines, and those of 2.0.
pub(super) fn routes(edition: Edition) -> impl Iterator<Item = Route> {
    let (enterprise, added) = match edition {
        Edition::Ee => (ENTERPRISE, lines::ADDED_TO_ENTERPRISE),
        Edition::Oss => (&[][..], &[][..]),
    };
    let both = table("", INSTANCE).chain(table(TENANT, BELOW_TENANT)).chain(table(TENANT, enterprise));
    let new = [("", lines::ADDED_TO_INSTANCE), (TENANT, lines::ADDED_BELOW_TENANT), (TENANT, added)];
    let new = new.into_iter().flat_map(|(prefix, missing)| table(prefix, missing));
    both.chain(new.map(|route| route.only(KestraLine::V2_0)))
}

fn table(prefix: &'static str, missing: &'static [Missing]) -> impl Iterator<Item = Route> {
    missing.iter().flat_map(move |missing| unserved(prefix, missing))
}

fn unserved(prefix: &'static str, (template, methods): &'static Missing) -> impl Iterator<Item = Route> {
    methods.iter().map(move |method| {
        let answer = move |_| async move { Err(Fault::Unserved(format!("{method} {prefix}{template}"))) };
        route(method.clone(), template, answer).below(prefix)
    })
}
