//! What the lines do not share: the routes that 2.0 took away, and those it added and the sandbox does not serve.
//! The second table is part of the coverage ledger: it may only shrink.

use axum::http::Method;
use schema::KestraLine;

use super::{TENANT, unserved::Missing};
use crate::router::Route;

/// Routes of 1.3 below a tenant that 2.0 has no longer.
const REMOVED: &[Missing] = &[
    ("/cluster/services/{id}", &[Method::GET]),
    ("/executions/trigger/{namespace}/{id}", &[Method::POST]),
    ("/executions/{executionId}/eval", &[Method::POST]),
    ("/executions/{executionId}/eval/{taskRunId}", &[Method::POST]),
    ("/flows/{namespace}/{id}/{taskId}", &[Method::PATCH]),
    ("/namespaces/{id}/inherited-plugindefaults", &[Method::GET]),
    ("/namespaces/{namespace}/kv", &[Method::GET]),
    ("/namespaces/{namespace}/secrets", &[Method::GET]),
    ("/triggers", &[Method::PUT]),
];

/// Routes of the server itself that 2.0 added.
pub(super) const ADDED_TO_INSTANCE: &[Missing] = &[
    ("/api/v1/plugins/icons/{cls}", &[Method::GET]),
    ("/api/v1/plugins/icons/{cls}/icon.svg", &[Method::GET]),
    ("/api/v1/plugins/pluginUiManifest", &[Method::POST]),
    ("/api/v1/plugins/triggers", &[Method::GET]),
    ("/api/v1/plugins/{group}/pluginUi/{path}", &[Method::GET]),
];

/// Routes below a tenant that 2.0 added.
pub(super) const ADDED_BELOW_TENANT: &[Missing] = &[
    ("/dashboards/settings/default-dashboards", &[Method::GET]),
    ("/executions/{executionId}/actions/eval", &[Method::POST]),
    ("/executions/{executionId}/actions/eval/{taskRunId}", &[Method::POST]),
    ("/expressions/render", &[Method::POST]),
    ("/flows/expressions", &[Method::POST]),
];

/// Routes of 2.0 below a tenant that only Enterprise has.
pub(super) const ADDED_TO_ENTERPRISE: &[Missing] = &[
    ("/acls/permissions", &[Method::GET]),
    ("/acls/templates", &[Method::GET]),
    ("/blueprints/flow/{id}", &[Method::GET]),
    ("/blueprints/flows", &[Method::POST]),
    ("/blueprints/flows/{id}", &[Method::GET, Method::PUT, Method::DELETE]),
    ("/blueprints/flows/{id}/use-template", &[Method::POST]),
    ("/flows/policies/preview", &[Method::POST]),
    ("/stats/generate-reports", &[Method::GET]),
    ("/support/debug-info", &[Method::GET]),
    ("/support/forward", &[Method::POST]),
    ("/usages", &[Method::GET]),
    ("/worker-selectors/tags", &[Method::GET]),
];

/// Whether a line has a route, as far as this table and the route itself know.
pub(super) fn has(line: KestraLine, route: &Route) -> bool {
    let removed = || {
        REMOVED.iter().any(|(template, methods)| {
            methods.iter().any(|method| route.is(method, &format!("{TENANT}{template}")))
        })
    };
    route.is_of(line) && (line == KestraLine::V1_3 || !removed())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{options::Edition, routes::all};

    #[test]
    fn what_2_0_removed_was_there_in_1_3() {
        let routes = all(Edition::Ee, KestraLine::V1_3);
        for (template, methods) in REMOVED {
            for method in *methods {
                let found = routes.iter().any(|route| route.is(method, &format!("{TENANT}{template}")));
                assert!(found, "{method} {template}");
            }
        }
    }
}
