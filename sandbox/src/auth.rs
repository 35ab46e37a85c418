//! Who may call: HTTP Basic, or the cookie Kestra's pages set; on Enterprise also a token.

use axum::http::{HeaderMap, header};
use base64::{Engine, prelude::BASE64_STANDARD};

use crate::{
    fault::Fault,
    options::{BasicAuth, Edition},
};

/// What anyone may call: liveness, the version, and webhooks, which carry their own key.
const OPEN: [&str; 5] = [
    "/ping",
    "/api/v1/configs",
    "/api/v1/basicAuthValidationErrors",
    "/api/v1/executions/webhook/",
    "/api/v1/main/executions/webhook/",
];

/// Lets a request pass, or answers 401.
pub(crate) fn check(
    required: Option<&BasicAuth>,
    edition: Edition,
    path: &str,
    headers: &HeaderMap,
) -> Result<(), Fault> {
    let Some(required) = required else { return Ok(()) };
    if open(path) || credentials(headers).iter().any(|given| accepts(required, edition, given)) {
        return Ok(());
    }
    let from_login = text(headers, header::REFERER).is_some_and(|referer| referer.ends_with("/login"));
    Err(Fault::Unauthorized { challenge: !from_login })
}

fn open(path: &str) -> bool {
    OPEN.iter().any(|open| if open.ends_with('/') { path.starts_with(open) } else { path == *open })
}

enum Given<'a> {
    /// Base64 of `user:password`.
    Basic(&'a str),
    Token(&'a str),
}

fn credentials(headers: &HeaderMap) -> Vec<Given<'_>> {
    let mut found = Vec::new();
    if let Some((scheme, value)) = text(headers, header::AUTHORIZATION).and_then(|line| line.split_once(' '))
    {
        match scheme.to_ascii_lowercase().as_str() {
            "basic" => found.push(Given::Basic(value.trim())),
            "bearer" => found.push(Given::Token(value.trim())),
            _ => {}
        }
    }
    for cookie in text(headers, header::COOKIE).into_iter().flat_map(|line| line.split(';')) {
        match cookie.trim().split_once('=') {
            Some(("BASIC_AUTH", value)) => found.push(Given::Basic(value)),
            Some(("JWT", value)) => found.push(Given::Token(value)),
            _ => {}
        }
    }
    found
}

fn accepts(required: &BasicAuth, edition: Edition, given: &Given<'_>) -> bool {
    match given {
        Given::Basic(encoded) => {
            let expected = format!("{}:{}", required.username, required.password);
            BASE64_STANDARD.decode(encoded).is_ok_and(|given| same(&given, expected.as_bytes()))
        }
        Given::Token(token) => edition == Edition::Ee && same(token.as_bytes(), required.password.as_bytes()),
    }
}

/// Compares without stopping at the first difference, so that time tells nothing about the password.
fn same(given: &[u8], expected: &[u8]) -> bool {
    let differences = expected
        .iter()
        .enumerate()
        .fold(0, |found, (at, byte)| found | (byte ^ given.get(at).copied().unwrap_or(!byte)));
    differences == 0 && given.len() == expected.len()
}

fn text(headers: &HeaderMap, name: header::HeaderName) -> Option<&str> {
    headers.get(name)?.to_str().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const RIGHT: &str = "Basic YW5uOnBhc3N3b3JkMQ==";

    fn check_one(edition: Edition, path: &str, name: &'static str, value: &str, expected: bool) {
        let auth = BasicAuth { username: "ann".into(), password: "password1".into() };
        let mut headers = HeaderMap::new();
        headers.insert(name, value.parse().unwrap());
        let passed = check(Some(&auth), edition, path, &headers).is_ok();
        assert_eq!(passed, expected, "{edition:?} {path} {name}: {value}");
    }

    #[test]
    fn only_the_right_credentials_pass() {
        let flows = "/api/v1/main/flows/search";
        for (name, value, oss, ee) in [
            ("authorization", RIGHT, true, true),
            ("authorization", "basic YW5uOnBhc3N3b3JkMQ==", true, true),
            ("authorization", "Basic YW5uOndyb25n", false, false),
            ("authorization", "Basic %%%", false, false),
            ("authorization", "Basic", false, false),
            ("authorization", "Bearer password1", false, true),
            ("authorization", "Bearer password", false, false),
            ("cookie", "a=b; BASIC_AUTH=YW5uOnBhc3N3b3JkMQ==", true, true),
            ("cookie", "JWT=password1", false, true),
            ("x-none", "", false, false),
        ] {
            check_one(Edition::Oss, flows, name, value, oss);
            check_one(Edition::Ee, flows, name, value, ee);
        }
    }

    #[test]
    fn open_paths_need_none() {
        for (path, open) in [
            ("/ping", true),
            ("/api/v1/configs", true),
            ("/api/v1/configs/login", false),
            ("/api/v1/main/executions/webhook/a/b/c", true),
            ("/api/v1/plugins/schemas/flow", false),
        ] {
            check_one(Edition::Oss, path, "x-none", "", open);
        }
    }

    #[test]
    fn the_login_page_gets_no_challenge() {
        let auth = BasicAuth { username: "ann".into(), password: "password1".into() };
        let headers = HeaderMap::from_iter([(header::REFERER, "http://x/ui/login".parse().unwrap())]);
        let refused = check(Some(&auth), Edition::Oss, "/api/v1/main/kv", &headers);
        assert!(matches!(refused, Err(Fault::Unauthorized { challenge: false })));
    }
}
