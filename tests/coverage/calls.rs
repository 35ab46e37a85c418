//! The calls that the client can make, read from its source: wherever it builds a route from a method and segments.

use std::collections::BTreeSet;

use syn::{Expr, ExprMethodCall, Lit, visit::Visit};

use crate::tidy::rust_files;

/// Every call as an endpoint without the names of variables.
///
/// # Panics
/// The client builds a route in a way that is not known here.
pub(super) fn of_client() -> BTreeSet<String> {
    let mut calls = Calls(BTreeSet::new());
    for (path, text) in rust_files() {
        let is_test = path.contains("/tests") || path.ends_with("testing.rs") || path.ends_with("route.rs");
        if path.starts_with("client/src/") && !is_test {
            calls.visit_file(&syn::parse_file(&text).unwrap_or_else(|error| panic!("{path}: {error}")));
        }
    }
    calls.0
}

struct Calls(BTreeSet<String>);

impl Visit<'_> for Calls {
    fn visit_expr_method_call(&mut self, call: &ExprMethodCall) {
        syn::visit::visit_expr_method_call(self, call);
        let arguments: Vec<&Expr> = call.args.iter().collect();
        let route = match (call.method.to_string().as_str(), &arguments[..]) {
            ("tenant", [method, segments]) => (method, "/{}", segments),
            ("instance", [method, segments]) => (method, "", segments),
            // Files are all below their namespace.
            ("route", [method, _, segments, _]) => (method, "/{}/namespaces/{}/files", segments),
            _ => return,
        };
        let (method, prefix, segments) = route;
        // A route that is handed on was built elsewhere.
        let (Some(method), Some(path)) = (constant(method), path(segments)) else { return };
        self.0.insert(format!("{method} /api/v1{prefix}{path}"));
    }
}

/// `Method::GET`.
fn constant(method: &Expr) -> Option<String> {
    let Expr::Path(path) = method else { return None };
    let name = path.path.segments.last()?.ident.to_string();
    (path.path.segments.len() == 2).then_some(name)
}

/// `&["flows", namespace]`: texts are literal, everything else varies.
fn path(segments: &Expr) -> Option<String> {
    let Expr::Reference(reference) = segments else { return None };
    let Expr::Array(array) = &*reference.expr else { return None };
    let segment = |segment: &Expr| match segment {
        Expr::Lit(literal) => match &literal.lit {
            Lit::Str(text) => format!("/{}", text.value()),
            _ => "/{}".to_owned(),
        },
        _ => "/{}".to_owned(),
    };
    Some(array.elems.iter().map(segment).collect())
}
