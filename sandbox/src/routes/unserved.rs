//! What Kestra serves and the sandbox doesn't, and why. The page of the documentation that shows what is served is made from
//! these rows too; they may only get fewer.

use axum::http::Method;
use schema::KestraLine::{self, V1_3, V2_0};

use super::TENANT;
use crate::{
    fault::Fault,
    options::Edition,
    router::{ANY, Route, route},
};

/// Routes that are missing for one reason, on the lines and in the editions that have them.
struct Missing {
    why: &'static str,
    /// The only line that has them; both have them where this is `None`.
    line: Option<KestraLine>,
    /// Open source has them too where this is `Edition::Oss`.
    edition: Edition,
    /// Path templates and their methods; what does not start with `/api/` is below a tenant.
    routes: &'static [(&'static str, &'static [Method])],
}

const GET: &[Method] = &[Method::GET];
const POST: &[Method] = &[Method::POST];
const PUT: &[Method] = &[Method::PUT];
const DELETE: &[Method] = &[Method::DELETE];

const PICTURES: &str = "icons and pages are in the jars of plugins; the sandbox has their schemas";
const DOCUMENTATION: &str = "the sandbox has the schemas of plugins, and not their documentation";
const INSTALLATION: &str = "the sandbox loads no plugins, so it installs none";
const CHARTS: &str = "the data of charts is aggregated in Kestra's own database";
const EXPRESSIONS: &str = "rendering an expression takes Kestra's own engine";
const COMMUNITY: &str = "Kestra gets these from its own website, and the sandbox asks no other server";
const RUNNING: &str = "it takes executions that run, and their history";
const OPERATIONS: &str = "it is about running Kestra itself, and a sandbox is one process";
const LOGIN: &str = "the one user of a sandbox is chosen when it starts";
const SECRETS: &str = "the sandbox keeps no secrets";
const GOVERNANCE: &str = "the sandbox keeps only namespaces, groups and roles of what Enterprise adds";
const MEMBERS: &str = "the sandbox has one user";
const UNSEEN: &str = "nobody has recorded what Kestra 1.3 answers";
const SEARCH: &str = "nobody has asked for it yet";

const MISSING: &[Missing] = &[
    Missing {
        why: PICTURES,
        line: None,
        edition: Edition::Oss,
        routes: &[("/api/v1/plugins/icons", GET), ("/api/v1/plugins/icons/groups", GET)],
    },
    Missing {
        why: PICTURES,
        line: Some(V2_0),
        edition: Edition::Oss,
        routes: &[
            ("/api/v1/plugins/icons/{cls}", GET),
            ("/api/v1/plugins/icons/{cls}/icon.svg", GET),
            ("/api/v1/plugins/pluginUiManifest", POST),
            ("/api/v1/plugins/{group}/pluginUi/{path}", GET),
        ],
    },
    Missing {
        why: DOCUMENTATION,
        line: None,
        edition: Edition::Oss,
        routes: &[
            ("/api/v1/plugins/groups/subgroups", GET),
            ("/api/v1/plugins/inputs/{type}", GET),
            ("/api/v1/plugins/properties/{type}", GET),
            ("/api/v1/plugins/{cls}/versions", GET),
            ("/api/v1/plugins/{cls}/versions/{version}", GET),
        ],
    },
    Missing {
        why: UNSEEN,
        line: Some(V1_3),
        edition: Edition::Oss,
        routes: &[("/api/v1/pebble/functions", GET)],
    },
    Missing {
        why: DOCUMENTATION,
        line: Some(V2_0),
        edition: Edition::Oss,
        routes: &[("/api/v1/plugins/triggers", GET)],
    },
    Missing {
        why: INSTALLATION,
        line: Some(V2_0),
        edition: Edition::Oss,
        routes: &[
            ("/api/v1/plugins/auto-install/detect", POST),
            ("/api/v1/plugins/install", POST),
            ("/api/v1/plugins/install/{jobId}", GET),
        ],
    },
    Missing {
        why: CHARTS,
        line: None,
        edition: Edition::Oss,
        routes: &[
            ("/dashboards/charts/export/to-csv", POST),
            ("/dashboards/charts/preview", POST),
            ("/dashboards/validate", POST),
            ("/dashboards/validate/chart", POST),
            ("/dashboards/{id}/charts/{chartId}", POST),
            ("/dashboards/{id}/charts/{chartId}/export/to-csv", POST),
        ],
    },
    Missing {
        why: CHARTS,
        line: Some(V2_0),
        edition: Edition::Oss,
        routes: &[
            ("/dashboards/charts/export", POST),
            ("/dashboards/settings/default-dashboards", GET),
            ("/dashboards/{id}/charts/{chartId}/export", POST),
        ],
    },
    Missing {
        why: COMMUNITY,
        line: None,
        edition: Edition::Oss,
        routes: &[
            ("/blueprints/community/{kind}", GET),
            ("/blueprints/community/{kind}/{id}", GET),
            ("/blueprints/community/{kind}/{id}/graph", GET),
            ("/blueprints/community/{kind}/{id}/source", GET),
        ],
    },
    Missing {
        why: RUNNING,
        line: None,
        edition: Edition::Oss,
        routes: &[
            ("/concurrency-limit/search", GET),
            ("/concurrency-limit/{namespace}/{flowId}", PUT),
            ("/executions/{executionId}/file/preview", GET),
            ("/metrics/aggregates/{namespace}/{flowId}/{metric}", GET),
            ("/metrics/aggregates/{namespace}/{flowId}/{taskId}/{metric}", GET),
            ("/metrics/names/{namespace}/{flowId}", GET),
            ("/metrics/names/{namespace}/{flowId}/{taskId}", GET),
            ("/metrics/tasks/{namespace}/{flowId}", GET),
            ("/metrics/{executionId}", GET),
        ],
    },
    Missing {
        why: RUNNING,
        line: Some(V2_0),
        edition: Edition::Oss,
        routes: &[("/executions/namespaces/{namespace}/flows/{flowId}/average-duration", GET)],
    },
    Missing {
        why: EXPRESSIONS,
        line: Some(V2_0),
        edition: Edition::Oss,
        routes: &[("/expressions/render", POST), ("/flows/expressions", POST)],
    },
    Missing {
        why: SEARCH,
        line: Some(V2_0),
        edition: Edition::Oss,
        routes: &[
            ("/flows/hashes/by-ids", POST),
            ("/flows/source/replace/apply", POST),
            ("/flows/source/replace/line", POST),
            ("/flows/source/replace/preview", POST),
        ],
    },
    Missing { why: LOGIN, line: None, edition: Edition::Oss, routes: &[("/basicAuth", POST)] },
    Missing { why: OPERATIONS, line: None, edition: Edition::Oss, routes: &[("/usages/all", GET)] },
    Missing {
        why: OPERATIONS,
        line: Some(V1_3),
        edition: Edition::Oss,
        routes: &[("/cluster/services/{id}", GET)],
    },
    Missing {
        why: SECRETS,
        line: None,
        edition: Edition::Ee,
        routes: &[
            ("/namespaces/{namespace}/secrets", PUT),
            ("/namespaces/{namespace}/secrets/{key}", &[Method::PATCH, Method::DELETE]),
        ],
    },
    Missing {
        why: MEMBERS,
        line: None,
        edition: Edition::Ee,
        routes: &[
            ("/groups/{id}/members", GET),
            ("/groups/{id}/members/{userId}", &[Method::PUT, Method::DELETE]),
            ("/groups/{id}/members/membership/{userId}", PUT),
        ],
    },
    Missing {
        why: GOVERNANCE,
        line: None,
        edition: Edition::Ee,
        routes: &[
            ("/blueprints/custom", &[Method::GET, Method::POST]),
            ("/blueprints/custom/{id}", &[Method::GET, Method::PUT, Method::DELETE]),
            ("/blueprints/custom/{id}/source", GET),
            ("/namespaces/{id}/inherited-variables", GET),
        ],
    },
    Missing {
        why: GOVERNANCE,
        line: Some(V1_3),
        edition: Edition::Ee,
        routes: &[("/namespaces/{id}/inherited-plugindefaults", GET)],
    },
    Missing {
        why: GOVERNANCE,
        line: Some(V2_0),
        edition: Edition::Ee,
        routes: &[
            ("/acls/permissions", GET),
            ("/acls/templates", GET),
            ("/blueprints/flow/{id}", GET),
            ("/blueprints/flows", POST),
            ("/blueprints/flows/{id}", &[Method::GET, Method::PUT, Method::DELETE]),
            ("/blueprints/flows/{id}/use-template", POST),
            ("/flows/policies/preview", POST),
        ],
    },
    Missing {
        why: OPERATIONS,
        line: Some(V2_0),
        edition: Edition::Ee,
        routes: &[
            ("/stats/generate-reports", GET),
            ("/support/debug-info", GET),
            ("/support/forward", POST),
            ("/usages", GET),
            ("/worker-selectors/tags", GET),
        ],
    },
    Missing {
        why: OPERATIONS,
        line: Some(V2_0),
        edition: Edition::Ee,
        routes: &[
            ("/api/v1/license-info", GET),
            ("/api/v1/license/refresh", GET),
            ("/api/v1/main-tenant-flows", GET),
        ],
    },
    Missing {
        why: INSTALLATION,
        line: Some(V2_0),
        edition: Edition::Ee,
        routes: &[
            ("/api/v1/instance/versioned-plugins", GET),
            ("/api/v1/instance/versioned-plugins/available", GET),
            ("/api/v1/instance/versioned-plugins/available/secrets-managers", GET),
            ("/api/v1/instance/versioned-plugins/available/storages", GET),
            ("/api/v1/instance/versioned-plugins/install", POST),
            ("/api/v1/instance/versioned-plugins/resolve", POST),
            ("/api/v1/instance/versioned-plugins/uninstall", DELETE),
            ("/api/v1/instance/versioned-plugins/upload", POST),
            ("/api/v1/instance/versioned-plugins/{groupId}/{artifactId}", GET),
            ("/api/v1/instance/versioned-plugins/{groupId}/{artifactId}/icon.svg", GET),
            ("/api/v1/instance/versioned-plugins/{groupId}/{artifactId}/release-notes", GET),
            ("/api/v1/instance/versioned-plugins/{groupId}/{artifactId}/{version}", GET),
        ],
    },
    Missing {
        why: LOGIN,
        line: Some(V2_0),
        edition: Edition::Ee,
        routes: &[
            ("/api/v1/configs/login", GET),
            ("/api/v1/login", POST),
            ("/api/v1/logout", POST),
            ("/api/v1/setup", &[Method::GET, Method::POST]),
        ],
    },
];

/// Every missing route of an edition, on both lines.
pub(super) fn routes(edition: Edition) -> impl Iterator<Item = Route> {
    let of_edition =
        MISSING.iter().filter(move |missing| missing.edition == Edition::Oss || edition == Edition::Ee);
    of_edition.flat_map(Missing::all)
}

impl Missing {
    fn all(&'static self) -> impl Iterator<Item = Route> {
        self.routes.iter().flat_map(move |(template, methods)| {
            let prefix = if template.starts_with("/api/") { "" } else { TENANT };
            methods.iter().map(move |method| self.one(method, &format!("{prefix}{template}")))
        })
    }

    fn one(&self, method: &Method, template: &str) -> Route {
        let name = format!("{method} {template} ({})", self.why);
        let answer = move |_| {
            let name = name.clone();
            async move { Err(Fault::Unserved(name)) }
        };
        let route = route(method.clone(), template, answer).producing(ANY).unserved(self.why);
        self.line.into_iter().fold(route, Route::only)
    }
}
