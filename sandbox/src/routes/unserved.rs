//! What Kestra serves and the sandbox doesn't. These tables, with those of what 2.0 added, are the coverage ledger:
//! they may only shrink.

use axum::http::Method;
use schema::KestraLine::{self, V1_3, V2_0};

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
    ("/concurrency-limit/search", &[Method::GET]),
    ("/concurrency-limit/{namespace}/{flowId}", &[Method::PUT]),
    ("/dashboards/charts/export/to-csv", &[Method::POST]),
    ("/dashboards/charts/preview", &[Method::POST]),
    ("/dashboards/validate", &[Method::POST]),
    ("/dashboards/validate/chart", &[Method::POST]),
    ("/dashboards/{id}/charts/{chartId}", &[Method::POST]),
    ("/dashboards/{id}/charts/{chartId}/export/to-csv", &[Method::POST]),
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
    ("/namespaces/{id}/inherited-variables", &[Method::GET]),
    ("/namespaces/{namespace}/secrets", &[Method::PUT]),
    ("/namespaces/{namespace}/secrets/{key}", &[Method::PATCH, Method::DELETE]),
];

/// The tables of both lines, and those of one.
pub(super) fn routes(edition: Edition) -> impl Iterator<Item = Route> {
    let tables = [
        ("", INSTANCE, None),
        (TENANT, BELOW_TENANT, None),
        (TENANT, lines::REMOVED_BELOW_TENANT, Some(V1_3)),
        ("", lines::ADDED_TO_INSTANCE, Some(V2_0)),
        (TENANT, lines::ADDED_BELOW_TENANT, Some(V2_0)),
    ];
    let of_enterprise = [
        (TENANT, ENTERPRISE, None),
        (TENANT, lines::REMOVED_FROM_ENTERPRISE, Some(V1_3)),
        (TENANT, lines::ADDED_TO_ENTERPRISE, Some(V2_0)),
    ];
    let of_enterprise = of_enterprise.into_iter().filter(move |_| edition == Edition::Ee);
    tables.into_iter().chain(of_enterprise).flat_map(|(prefix, missing, line)| table(prefix, missing, line))
}

fn table(
    prefix: &'static str,
    missing: &'static [Missing],
    line: Option<KestraLine>,
) -> impl Iterator<Item = Route> {
    let routes = missing.iter().flat_map(move |missing| unserved(prefix, missing));
    routes.map(move |route| line.into_iter().fold(route, Route::only))
}

fn unserved(prefix: &'static str, (template, methods): &'static Missing) -> impl Iterator<Item = Route> {
    methods.iter().map(move |method| {
        let answer = move |_| async move { Err(Fault::Unserved(format!("{method} {prefix}{template}"))) };
        route(method.clone(), template, answer).below(prefix)
    })
}
