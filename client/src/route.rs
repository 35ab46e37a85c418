//! URLs of Kestra's API. All percent-encoding happens here, so that no id, key or file name can leave its place in a
//! path or query.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use reqwest::{Method, Url};

use crate::config::ConfigError;
use crate::error::{Error, Request};

/// Everything but RFC 3986's unreserved characters. A space becomes `%20`, never the ambiguous `+`.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

fn encode(text: &str) -> String {
    utf8_percent_encode(text, RESERVED).to_string()
}

/// The root of a server's API and the tenant whose objects are meant.
#[derive(Clone, Debug)]
pub(crate) struct Base {
    url: Url,
    tenant: String,
}

impl Base {
    /// Checks `url` and `tenant_id`. A trailing slash is dropped, a path prefix is kept.
    pub(crate) fn new(url: &str, tenant: &str) -> Result<Self, ConfigError> {
        let bad = |problem: &str| ConfigError::new("url", problem);
        if url.is_empty() {
            return Err(bad("is missing; give the server's address, such as `https://kestra.example.com`"));
        }
        let url =
            Url::parse(url.trim_end_matches('/')).map_err(|error| bad(&format!("is not a URL: {error}")))?;
        if !matches!(url.scheme(), "http" | "https") || url.host_str().is_none_or(str::is_empty) {
            return Err(bad("must start with `http://` or `https://` and name a host"));
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(bad("must not hold credentials; use `username` and `password`"));
        }
        if url.query().is_some() || url.fragment().is_some() {
            return Err(bad("must not have a `?` query or a `#` fragment"));
        }
        if matches!(tenant, "" | "." | "..") {
            return Err(ConfigError::new("tenant_id", "must be a tenant's id; leave it out for `main`"));
        }
        Ok(Self { url, tenant: tenant.to_owned() })
    }

    /// `host:port`, for messages.
    pub(crate) fn host(&self) -> String {
        let host = self.url.host_str().unwrap_or_default();
        self.url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
    }

    /// A route below `/api/v1/{tenant}`.
    pub(crate) fn tenant(&self, method: Method, segments: &[&str]) -> Result<Route, Error> {
        self.route(method, [self.tenant.as_str()].into_iter().chain(segments.iter().copied()))
    }

    /// A route below `/api/v1`, the same for all tenants.
    pub(crate) fn instance(&self, method: Method, segments: &[&str]) -> Result<Route, Error> {
        self.route(method, segments.iter().copied())
    }

    fn route<'s>(&self, method: Method, segments: impl Iterator<Item = &'s str>) -> Result<Route, Error> {
        let mut path = format!("{}/api/v1", self.url.path().trim_end_matches('/'));
        for segment in segments {
            // URL parsers resolve dot segments even when they are encoded, so these would address another object.
            if matches!(segment, "" | "." | "..") {
                return Err(Error::Argument {
                    argument: "id",
                    problem: format!("`{segment}` names no object"),
                });
            }
            path.push('/');
            path.push_str(&encode(segment));
        }
        let mut url = self.url.clone();
        url.set_path(&path);
        Ok(Route { method, url })
    }
}

/// A method and the full URL it goes to.
#[derive(Clone, Debug)]
pub(crate) struct Route {
    pub(crate) method: Method,
    pub(crate) url: Url,
}

impl Route {
    /// Adds a query parameter.
    pub(crate) fn query(mut self, name: &str, value: impl ToString) -> Self {
        let pair = format!("{}={}", encode(name), encode(&value.to_string()));
        let query = self.url.query().map_or_else(|| pair.clone(), |query| format!("{query}&{pair}"));
        self.url.set_query(Some(&query));
        self
    }

    /// How errors name this call: without the query, which may hold values.
    pub(crate) fn request(&self) -> Request {
        Request { method: self.method.to_string(), path: self.url.path().to_owned() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_url_is_checked() {
        let cases = [
            ("http://localhost:8080", Ok("http://localhost:8080/api/v1/main/flows")),
            ("https://k.example/kestra/", Ok("https://k.example/kestra/api/v1/main/flows")),
            ("http://[::1]:8080/", Ok("http://[::1]:8080/api/v1/main/flows")),
            ("", Err("is missing")),
            ("localhost:8080", Err("must start with `http://`")),
            ("kestra", Err("is not a URL")),
            ("ftp://kestra", Err("must start with `http://`")),
            ("http://u:p@kestra", Err("must not hold credentials")),
            ("http://kestra/?a=b", Err("must not have a `?` query")),
            ("http://kestra/#a", Err("must not have a `?` query")),
        ];
        for (url, expected) in cases {
            match (Base::new(url, "main"), expected) {
                (Ok(base), Ok(expected)) => {
                    assert_eq!(base.tenant(Method::GET, &["flows"]).unwrap().url.as_str(), expected);
                }
                (Err(error), Err(problem)) => {
                    assert_eq!(error.attribute, "url");
                    assert!(error.problem.starts_with(problem), "{url}: {error}");
                    assert!(!error.to_string().contains("u:p"), "{error}");
                }
                (outcome, expected) => panic!("{url}: {outcome:?} instead of {expected:?}"),
            }
        }
    }

    #[test]
    fn segments_and_queries_keep_their_place() {
        let base = Base::new("http://k", "main").unwrap();
        let cases = [
            ("company.team", "/api/v1/main/flows/company.team", "p=company.team"),
            ("a/b", "/api/v1/main/flows/a%2Fb", "p=a%2Fb"),
            ("a b+c", "/api/v1/main/flows/a%20b%2Bc", "p=a%20b%2Bc"),
            ("ü?#&=;%", "/api/v1/main/flows/%C3%BC%3F%23%26%3D%3B%25", "p=%C3%BC%3F%23%26%3D%3B%25"),
            ("...", "/api/v1/main/flows/...", "p=..."),
        ];
        for (text, path, query) in cases {
            let route = base.tenant(Method::GET, &["flows", text]).unwrap().query("p", text);
            assert_eq!((route.url.path(), route.url.query()), (path, Some(query)), "{text}");
        }
        for text in ["", ".", ".."] {
            assert!(
                matches!(base.tenant(Method::GET, &["flows", text]), Err(Error::Argument { .. })),
                "{text}"
            );
        }
    }

    #[test]
    fn a_bad_tenant_is_refused() {
        assert_eq!(Base::new("http://k", "..").unwrap_err().attribute, "tenant_id");
    }
}
