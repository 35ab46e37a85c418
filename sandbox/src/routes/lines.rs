//! What one line has, the other has not, and the sandbox does not serve. These tables are part of the coverage ledger: they
//! may only shrink.

use axum::http::Method;

use super::unserved::Missing;

/// Routes of 1.3 below a tenant that 2.0 has no longer.
pub(super) const REMOVED_BELOW_TENANT: &[Missing] = &[
    ("/cluster/services/{id}", &[Method::GET]),
    ("/executions/{executionId}/eval", &[Method::POST]),
    ("/executions/{executionId}/eval/{taskRunId}", &[Method::POST]),
];

/// Routes of 1.3 below a tenant that only Enterprise had.
pub(super) const REMOVED_FROM_ENTERPRISE: &[Missing] =
    &[("/namespaces/{id}/inherited-plugindefaults", &[Method::GET])];

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
