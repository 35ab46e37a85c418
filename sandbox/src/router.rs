//! Which route serves a request, by Kestra's own rules.
//!
//! Kestra's framework picks, among the routes of the request's *method and media type*, the template with the
//! most literal text, and names the methods of every template that fits the path in a 405. A tree over paths (axum's) would
//! answer 405 where Kestra answers 200: `GET flows/bulk` lists namespace `bulk` although `POST flows/bulk` exists.

use std::{future::Future, pin::Pin};

use axum::http::Method;
use percent_encoding::percent_decode_str;
use schema::KestraLine;

use crate::{call::Call, fault::Fault, reply::Reply};

type Handler = Box<dyn Fn(Call) -> Pin<Box<dyn Future<Output = Reply> + Send>> + Send + Sync>;

/// Path variables in the order of the template, percent-decoded.
pub(crate) type Variables = Vec<(String, String)>;

/// A method, a path template such as `/flows/{namespace}/{id}`, and what serves it.
pub(crate) struct Route {
    method: Method,
    template: String,
    segments: Vec<Segment>,
    consumes: &'static [&'static str],
    /// The only line that has the route; both have it where this is `None`.
    line: Option<KestraLine>,
    produces: &'static str,
    /// Why the sandbox only says that it does not serve the route.
    why_unserved: Option<&'static str>,
    is_by_engine: bool,
    handler: Handler,
}

/// In place of a media type: the client has to take whatever comes.
pub(crate) const ANY: &str = "*/*";

#[derive(Clone, Debug, PartialEq, Eq)]
enum Segment {
    Literal(String),
    Variable(String),
}

pub(crate) fn route<F, R>(method: Method, template: &str, handler: F) -> Route
where
    F: Fn(Call) -> R + Send + Sync + 'static,
    R: Future<Output = Reply> + Send + 'static,
{
    Route {
        method,
        template: template.into(),
        segments: segments(template),
        consumes: &[],
        line: None,
        produces: "application/json",
        why_unserved: None,
        is_by_engine: false,
        handler: Box::new(move |call| Box::pin(handler(call))),
    }
}

impl Route {
    /// The same route below a path prefix.
    pub(crate) fn below(self, prefix: &str) -> Route {
        let template = format!("{prefix}{}", self.template);
        Route { segments: segments(&template), template, ..self }
    }

    /// The same route for bodies of these media types only; a request that names none is taken as well.
    pub(crate) fn consuming(self, consumes: &'static [&'static str]) -> Route {
        Route { consumes, ..self }
    }

    /// The same route on this line only.
    pub(crate) fn only(self, line: KestraLine) -> Route {
        Route { line: Some(line), ..self }
    }

    /// Whether a line has the route.
    pub(crate) fn is_of(&self, line: KestraLine) -> bool {
        self.line.is_none_or(|only| only == line)
    }

    /// The same route, answering with this media type.
    pub(crate) fn producing(self, produces: &'static str) -> Route {
        Route { produces, ..self }
    }

    /// The same route, which only says that it is not served.
    pub(crate) fn unserved(self, why: &'static str) -> Route {
        Route { why_unserved: Some(why), ..self }
    }

    /// Why it is not served; `None` for a route that is.
    pub(crate) fn why_unserved(&self) -> Option<&'static str> {
        self.why_unserved
    }

    /// The same route, which takes an engine: without one it answers 501, or why Kestra would refuse.
    pub(crate) fn by_engine(self) -> Route {
        Route { is_by_engine: true, ..self }
    }

    /// Whether it takes an engine.
    pub(crate) fn is_by_engine(&self) -> bool {
        self.is_by_engine
    }

    /// Its method and the template of its path.
    pub(crate) fn name(&self) -> (&Method, &str) {
        (&self.method, &self.template)
    }

    /// The media type of its answers.
    pub(crate) fn produces(&self) -> &'static str {
        self.produces
    }

    fn takes(&self, media_type: &str) -> bool {
        self.consumes.is_empty() || media_type.is_empty() || self.consumes.contains(&media_type)
    }

    /// The method and template without the names of variables: two routes of one shape could not be told apart.
    #[cfg(test)]
    pub(crate) fn shape(&self) -> String {
        let segment = |segment: &Segment| match segment {
            Segment::Literal(literal) => format!("/{literal}"),
            Segment::Variable(_) => "/{}".into(),
        };
        format!("{} {}", self.method, self.segments.iter().map(segment).collect::<String>())
    }

    pub(crate) fn handle(&self, call: Call) -> impl Future<Output = Reply> + Send + use<> {
        (self.handler)(call)
    }

    fn variables(&self, path: &[&str]) -> Option<Variables> {
        if path.len() != self.segments.len() {
            return None;
        }
        let mut variables = Variables::new();
        for (segment, text) in self.segments.iter().zip(path) {
            match segment {
                Segment::Literal(literal) if literal == text => {}
                Segment::Variable(name) if !text.is_empty() => variables.push((name.clone(), decoded(text)?)),
                _ => return None,
            }
        }
        Some(variables)
    }

    /// Literal segments sort before variables, the leftmost difference deciding.
    fn generality(&self) -> Vec<bool> {
        self.segments.iter().map(|segment| matches!(segment, Segment::Variable(_))).collect()
    }
}

/// All routes of a sandbox.
pub(crate) struct Router(Vec<Route>);

/// A route that fits a request, and what its template caught.
pub(crate) struct Match<'a> {
    pub(crate) route: &'a Route,
    pub(crate) variables: Variables,
}

impl Router {
    pub(crate) fn new(mut routes: Vec<Route>) -> Router {
        routes.sort_by_key(Route::generality);
        Router(routes)
    }

    /// The route for a request, why none serves it (405, 415), or `None` for a path nobody knows.
    pub(crate) fn find(
        &self,
        method: &Method,
        path: &str,
        media_type: &str,
    ) -> Option<Result<Match<'_>, Fault>> {
        let fitting = self.fitting(path);
        if fitting.is_empty() {
            return None;
        }
        let allowed = allowed(fitting.iter().map(|found| &found.route.method));
        // HEAD is answered by GET without the body.
        let wanted = if method == Method::HEAD { &Method::GET } else { method };
        let mut refused: Option<&Route> = None;
        for found in fitting.into_iter().filter(|found| found.route.method == wanted) {
            if found.route.takes(media_type) {
                return Some(Ok(found));
            }
            refused = refused.or(Some(found.route));
        }
        Some(Err(match refused {
            Some(route) => Fault::MediaType { given: media_type.into(), allowed: route.consumes.join(", ") },
            None => Fault::Method { method: method.clone(), path: path.into(), allowed },
        }))
    }

    fn fitting(&self, path: &str) -> Vec<Match<'_>> {
        let path: Vec<&str> = split(path).collect();
        let fit = |route| Route::variables(route, &path).map(|variables| Match { route, variables });
        self.0.iter().filter_map(fit).collect()
    }
}

/// Kestra names allowed methods in the order of a Java hash set.
const METHOD_ORDER: [Method; 6] =
    [Method::HEAD, Method::DELETE, Method::POST, Method::GET, Method::PUT, Method::PATCH];

fn allowed<'a>(methods: impl Iterator<Item = &'a Method> + Clone) -> String {
    let has = |wanted: &Method| {
        let wanted = if wanted == Method::HEAD { &Method::GET } else { wanted };
        methods.clone().any(|method| method == wanted)
    };
    let names: Vec<&str> = METHOD_ORDER.iter().filter(|method| has(method)).map(Method::as_str).collect();
    names.join(", ")
}

fn segments(template: &str) -> Vec<Segment> {
    let segment = |text: &str| match text.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')) {
        Some(name) => Segment::Variable(name.into()),
        None => Segment::Literal(text.into()),
    };
    split(template).map(segment).collect()
}

/// One trailing slash does not matter; a double slash does.
fn split(path: &str) -> impl Iterator<Item = &str> {
    path.strip_suffix('/').unwrap_or(path).split('/').skip(1)
}

fn decoded(text: &str) -> Option<String> {
    Some(percent_decode_str(text).decode_utf8().ok()?.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROUTES: [(Method, &str); 5] = [
        (Method::GET, "/flows/{namespace}"),
        (Method::POST, "/flows/{namespace}"),
        (Method::GET, "/flows/search"),
        (Method::POST, "/flows/bulk"),
        (Method::GET, "/flows/{namespace}/{id}"),
    ];

    fn check(method: Method, path: &str, expected: &str) {
        let routes =
            ROUTES.map(|(method, template)| route(method, template, |_| async { Err(Fault::NotFound) }));
        let router = Router::new(routes.into());
        let found = match router.find(&method, path, "") {
            Some(Ok(found)) => format!("{} {:?}", found.route.template, found.variables),
            Some(Err(fault)) => fault.to_string(),
            None => "unknown".into(),
        };
        assert_eq!(found, expected, "{method} {path}");
    }

    #[test]
    fn the_most_literal_template_of_the_method_wins() {
        check(Method::GET, "/flows/search", "/flows/search []");
        check(Method::HEAD, "/flows/search/", "/flows/search []");
        check(Method::GET, "/flows/bulk", r#"/flows/{namespace} [("namespace", "bulk")]"#);
        check(Method::POST, "/flows/bulk", "/flows/bulk []");
        check(
            Method::GET,
            "/flows/a%20b/c",
            r#"/flows/{namespace}/{id} [("namespace", "a b"), ("id", "c")]"#,
        );
        check(Method::GET, "/flows//search", "unknown");
        check(Method::GET, "/flows/%FF", "unknown");
        check(
            Method::PATCH,
            "/flows/search",
            "Method Not Allowed: Method [PATCH] not allowed for URI [/flows/search]. Allowed methods: [HEAD, POST, GET]",
        );
    }
}
