//! What Kestra 1.3 serves and the sandbox doesn't. This table is the coverage ledger: it may only shrink.

use axum::http::Method;

use crate::{
    fault::Fault,
    router::{Route, route},
};

/// Path templates with the methods that are missing on them.
const ROUTES: &[(&str, &[Method])] = &[
    ("/api/v1/pebble/filters", &[Method::GET]),
    ("/api/v1/pebble/functions", &[Method::GET]),
    ("/api/v1/plugins", &[Method::GET]),
    ("/api/v1/plugins/groups/subgroups", &[Method::GET]),
    ("/api/v1/plugins/icons", &[Method::GET]),
    ("/api/v1/plugins/icons/groups", &[Method::GET]),
    ("/api/v1/plugins/inputs", &[Method::GET]),
    ("/api/v1/plugins/inputs/{type}", &[Method::GET]),
    ("/api/v1/plugins/properties/{type}", &[Method::GET]),
    ("/api/v1/plugins/schemas/{type}", &[Method::GET]),
    ("/api/v1/plugins/{cls}", &[Method::GET]),
    ("/api/v1/plugins/{cls}/versions", &[Method::GET]),
    ("/api/v1/plugins/{cls}/versions/{version}", &[Method::GET]),
    ("/api/v1/{tenant}/basicAuth", &[Method::POST]),
    ("/api/v1/{tenant}/blueprints/community/{kind}", &[Method::GET]),
    (
        "/api/v1/{tenant}/blueprints/community/{kind}/{id}",
        &[Method::GET],
    ),
    (
        "/api/v1/{tenant}/blueprints/community/{kind}/{id}/graph",
        &[Method::GET],
    ),
    (
        "/api/v1/{tenant}/blueprints/community/{kind}/{id}/source",
        &[Method::GET],
    ),
    ("/api/v1/{tenant}/cluster/services/{id}", &[Method::GET]),
    ("/api/v1/{tenant}/concurrency-limit/search", &[Method::GET]),
    (
        "/api/v1/{tenant}/concurrency-limit/{namespace}/{flowId}",
        &[Method::PUT],
    ),
    (
        "/api/v1/{tenant}/dashboards/charts/export/to-csv",
        &[Method::POST],
    ),
    ("/api/v1/{tenant}/dashboards/charts/preview", &[Method::POST]),
    ("/api/v1/{tenant}/dashboards/validate", &[Method::POST]),
    ("/api/v1/{tenant}/dashboards/validate/chart", &[Method::POST]),
    ("/api/v1/{tenant}/dashboards/{id}", &[Method::PUT]),
    (
        "/api/v1/{tenant}/dashboards/{id}/charts/{chartId}",
        &[Method::POST],
    ),
    (
        "/api/v1/{tenant}/dashboards/{id}/charts/{chartId}/export/to-csv",
        &[Method::POST],
    ),
    ("/api/v1/{tenant}/executions/by-ids", &[Method::DELETE]),
    ("/api/v1/{tenant}/executions/by-query", &[Method::DELETE]),
    (
        "/api/v1/{tenant}/executions/change-status/by-ids",
        &[Method::POST],
    ),
    (
        "/api/v1/{tenant}/executions/change-status/by-query",
        &[Method::POST],
    ),
    ("/api/v1/{tenant}/executions/export/by-query/csv", &[Method::GET]),
    (
        "/api/v1/{tenant}/executions/flows/{namespace}/{flowId}",
        &[Method::GET],
    ),
    ("/api/v1/{tenant}/executions/force-run/by-ids", &[Method::POST]),
    ("/api/v1/{tenant}/executions/force-run/by-query", &[Method::POST]),
    ("/api/v1/{tenant}/executions/kill/by-ids", &[Method::DELETE]),
    ("/api/v1/{tenant}/executions/kill/by-query", &[Method::DELETE]),
    ("/api/v1/{tenant}/executions/labels/by-ids", &[Method::POST]),
    ("/api/v1/{tenant}/executions/labels/by-query", &[Method::POST]),
    ("/api/v1/{tenant}/executions/latest", &[Method::POST]),
    ("/api/v1/{tenant}/executions/namespaces", &[Method::GET]),
    (
        "/api/v1/{tenant}/executions/namespaces/{namespace}/flows",
        &[Method::GET],
    ),
    ("/api/v1/{tenant}/executions/pause/by-ids", &[Method::POST]),
    ("/api/v1/{tenant}/executions/pause/by-query", &[Method::POST]),
    ("/api/v1/{tenant}/executions/replay/by-ids", &[Method::POST]),
    ("/api/v1/{tenant}/executions/replay/by-query", &[Method::POST]),
    ("/api/v1/{tenant}/executions/restart/by-ids", &[Method::POST]),
    ("/api/v1/{tenant}/executions/restart/by-query", &[Method::POST]),
    ("/api/v1/{tenant}/executions/resume/by-ids", &[Method::POST]),
    ("/api/v1/{tenant}/executions/resume/by-query", &[Method::POST]),
    (
        "/api/v1/{tenant}/executions/trigger/{namespace}/{id}",
        &[Method::POST],
    ),
    ("/api/v1/{tenant}/executions/unqueue/by-ids", &[Method::POST]),
    ("/api/v1/{tenant}/executions/unqueue/by-query", &[Method::POST]),
    (
        "/api/v1/{tenant}/executions/webhook/{namespace}/{id}/{key}",
        &[Method::GET, Method::POST, Method::PUT],
    ),
    (
        "/api/v1/{tenant}/executions/webhook/{namespace}/{id}/{key}/{path}",
        &[Method::GET, Method::POST, Method::PUT],
    ),
    (
        "/api/v1/{tenant}/executions/{executionId}/change-status",
        &[Method::POST],
    ),
    ("/api/v1/{tenant}/executions/{executionId}/eval", &[Method::POST]),
    (
        "/api/v1/{tenant}/executions/{executionId}/eval/{taskRunId}",
        &[Method::POST],
    ),
    ("/api/v1/{tenant}/executions/{executionId}/file", &[Method::GET]),
    (
        "/api/v1/{tenant}/executions/{executionId}/file/metas",
        &[Method::GET],
    ),
    (
        "/api/v1/{tenant}/executions/{executionId}/file/preview",
        &[Method::GET],
    ),
    ("/api/v1/{tenant}/executions/{executionId}/flow", &[Method::GET]),
    ("/api/v1/{tenant}/executions/{executionId}/follow", &[Method::GET]),
    (
        "/api/v1/{tenant}/executions/{executionId}/follow-dependencies",
        &[Method::GET],
    ),
    (
        "/api/v1/{tenant}/executions/{executionId}/force-run",
        &[Method::POST],
    ),
    ("/api/v1/{tenant}/executions/{executionId}/graph", &[Method::GET]),
    (
        "/api/v1/{tenant}/executions/{executionId}/kill",
        &[Method::DELETE],
    ),
    (
        "/api/v1/{tenant}/executions/{executionId}/labels",
        &[Method::POST],
    ),
    ("/api/v1/{tenant}/executions/{executionId}/pause", &[Method::POST]),
    (
        "/api/v1/{tenant}/executions/{executionId}/replay",
        &[Method::POST],
    ),
    (
        "/api/v1/{tenant}/executions/{executionId}/replay-with-inputs",
        &[Method::POST],
    ),
    (
        "/api/v1/{tenant}/executions/{executionId}/restart",
        &[Method::POST],
    ),
    (
        "/api/v1/{tenant}/executions/{executionId}/resume",
        &[Method::POST],
    ),
    (
        "/api/v1/{tenant}/executions/{executionId}/resume-from-breakpoint",
        &[Method::POST],
    ),
    (
        "/api/v1/{tenant}/executions/{executionId}/resume/validate",
        &[Method::POST],
    ),
    ("/api/v1/{tenant}/executions/{executionId}/state", &[Method::POST]),
    (
        "/api/v1/{tenant}/executions/{executionId}/unqueue",
        &[Method::POST],
    ),
    ("/api/v1/{tenant}/executions/{namespace}/{id}", &[Method::POST]),
    (
        "/api/v1/{tenant}/executions/{namespace}/{id}/validate",
        &[Method::POST],
    ),
    ("/api/v1/{tenant}/flows/deprecated", &[Method::GET]),
    ("/api/v1/{tenant}/flows/export/by-query/csv", &[Method::GET]),
    ("/api/v1/{tenant}/flows/graph", &[Method::POST]),
    ("/api/v1/{tenant}/flows/validate/task", &[Method::POST]),
    ("/api/v1/{tenant}/flows/validate/trigger", &[Method::POST]),
    ("/api/v1/{tenant}/flows/{namespace}/{id}/graph", &[Method::GET]),
    (
        "/api/v1/{tenant}/flows/{namespace}/{id}/{taskId}",
        &[Method::PATCH],
    ),
    ("/api/v1/{tenant}/logs/search", &[Method::GET]),
    (
        "/api/v1/{tenant}/logs/{executionId}",
        &[Method::GET, Method::DELETE],
    ),
    ("/api/v1/{tenant}/logs/{executionId}/download", &[Method::GET]),
    ("/api/v1/{tenant}/logs/{executionId}/follow", &[Method::GET]),
    ("/api/v1/{tenant}/logs/{namespace}/{flowId}", &[Method::DELETE]),
    (
        "/api/v1/{tenant}/metrics/aggregates/{namespace}/{flowId}/{metric}",
        &[Method::GET],
    ),
    (
        "/api/v1/{tenant}/metrics/aggregates/{namespace}/{flowId}/{taskId}/{metric}",
        &[Method::GET],
    ),
    (
        "/api/v1/{tenant}/metrics/names/{namespace}/{flowId}",
        &[Method::GET],
    ),
    (
        "/api/v1/{tenant}/metrics/names/{namespace}/{flowId}/{taskId}",
        &[Method::GET],
    ),
    (
        "/api/v1/{tenant}/metrics/tasks/{namespace}/{flowId}",
        &[Method::GET],
    ),
    ("/api/v1/{tenant}/metrics/{executionId}", &[Method::GET]),
    ("/api/v1/{tenant}/triggers", &[Method::PUT]),
    ("/api/v1/{tenant}/triggers/backfill/delete", &[Method::POST]),
    (
        "/api/v1/{tenant}/triggers/backfill/delete/by-query",
        &[Method::POST],
    ),
    (
        "/api/v1/{tenant}/triggers/backfill/delete/by-triggers",
        &[Method::POST],
    ),
    ("/api/v1/{tenant}/triggers/backfill/pause", &[Method::PUT]),
    (
        "/api/v1/{tenant}/triggers/backfill/pause/by-query",
        &[Method::POST],
    ),
    (
        "/api/v1/{tenant}/triggers/backfill/pause/by-triggers",
        &[Method::POST],
    ),
    ("/api/v1/{tenant}/triggers/backfill/unpause", &[Method::PUT]),
    (
        "/api/v1/{tenant}/triggers/backfill/unpause/by-query",
        &[Method::POST],
    ),
    (
        "/api/v1/{tenant}/triggers/backfill/unpause/by-triggers",
        &[Method::POST],
    ),
    ("/api/v1/{tenant}/triggers/delete/by-query", &[Method::DELETE]),
    ("/api/v1/{tenant}/triggers/delete/by-triggers", &[Method::DELETE]),
    ("/api/v1/{tenant}/triggers/export/by-query/csv", &[Method::GET]),
    ("/api/v1/{tenant}/triggers/search", &[Method::GET]),
    ("/api/v1/{tenant}/triggers/set-disabled/by-query", &[Method::POST]),
    (
        "/api/v1/{tenant}/triggers/set-disabled/by-triggers",
        &[Method::POST],
    ),
    ("/api/v1/{tenant}/triggers/unlock/by-query", &[Method::POST]),
    ("/api/v1/{tenant}/triggers/unlock/by-triggers", &[Method::POST]),
    ("/api/v1/{tenant}/triggers/{namespace}/{flowId}", &[Method::GET]),
    (
        "/api/v1/{tenant}/triggers/{namespace}/{flowId}/{triggerId}",
        &[Method::DELETE],
    ),
    (
        "/api/v1/{tenant}/triggers/{namespace}/{flowId}/{triggerId}/restart",
        &[Method::POST],
    ),
    (
        "/api/v1/{tenant}/triggers/{namespace}/{flowId}/{triggerId}/unlock",
        &[Method::POST],
    ),
    ("/api/v1/{tenant}/usages/all", &[Method::GET]),
];

pub(super) fn routes() -> impl Iterator<Item = Route> {
    let each = |(template, methods): &'static (&'static str, &'static [Method])| {
        methods.iter().map(move |method| {
            let what = format!("{method} {template}");
            route(method.clone(), template, move |_| {
                let what = what.clone();
                async move { Err(Fault::Unserved(what)) }
            })
        })
    };
    ROUTES.iter().flat_map(each)
}
