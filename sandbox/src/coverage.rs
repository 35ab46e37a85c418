//! Every endpoint of Kestra that the sandbox knows, and whether it serves it: the documentation's page of that is made from
//! here.

use std::collections::BTreeMap;

use schema::KestraLine;

use crate::{options::Edition, routes};

/// One method on one path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Endpoint {
    /// As in HTTP: `GET`.
    pub method: String,
    /// With variables in braces: `/api/v1/{tenant}/flows/{namespace}`.
    pub template: String,
    /// The lines and editions of Kestra that have it, in order.
    pub servers: Vec<(KestraLine, Edition)>,
    /// Why the sandbox only answers 501; `None` where it serves the endpoint.
    pub why_unserved: Option<&'static str>,
    /// Whether the sandbox serves it with an engine only, and answers 501 without.
    pub is_by_engine: bool,
}

/// Path, method, why it is not served and whether an engine does it, in the order of a list.
type Key = (String, String, Option<&'static str>, bool);

/// All endpoints, ordered by path and method.
#[must_use]
pub fn endpoints() -> Vec<Endpoint> {
    let mut found: BTreeMap<Key, Vec<(KestraLine, Edition)>> = BTreeMap::new();
    for line in KestraLine::ALL {
        for edition in [Edition::Oss, Edition::Ee] {
            for route in routes::all(edition, line) {
                let (method, template) = route.name();
                let (why_unserved, is_by_engine) = (route.why_unserved(), route.is_by_engine());
                let key = (template.to_owned(), method.to_string(), why_unserved, is_by_engine);
                found.entry(key).or_default().push((line, edition));
            }
        }
    }
    let endpoint = |((template, method, why_unserved, is_by_engine), servers)| Endpoint {
        method,
        template,
        servers,
        why_unserved,
        is_by_engine,
    };
    found.into_iter().map(endpoint).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_endpoint_says_who_has_it_and_whether_it_is_served() {
        let endpoints = endpoints();
        let find = |method: &str, path: &str| {
            let template = format!("/api/v1/{{tenant}}{path}");
            endpoints.iter().find(|found| found.method == method && found.template == template).unwrap()
        };
        assert_eq!(find("GET", "/flows/{namespace}").servers.len(), 4);
        assert_eq!(find("GET", "/flows/{namespace}").why_unserved, None);
        let eval = find("POST", "/executions/{executionId}/eval");
        assert_eq!(eval.servers, [(KestraLine::V1_3, Edition::Oss), (KestraLine::V1_3, Edition::Ee)]);
        assert_eq!((eval.why_unserved, eval.is_by_engine), (None, true));
        assert!(find("POST", "/expressions/render").why_unserved.is_some());
        let create = find("POST", "/namespaces");
        assert_eq!(create.servers, [(KestraLine::V1_3, Edition::Ee), (KestraLine::V2_0, Edition::Ee)]);
    }
}
