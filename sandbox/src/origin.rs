//! Who asked a browser to call: a page of another site must not drive the sandbox of whoever looks at it.
//!
//! Browsers say in `Origin` which site a call comes from, and no other client does. A site can also take an address of this
//! machine for its own name; the `Host` of its calls is then that name.

use std::net::IpAddr;

use axum::http::{HeaderMap, header};

use crate::fault::Fault;

/// Refuses what another site's page sends. A sandbox that lets everyone in takes calls to this machine's own names and
/// addresses only; the credentials of another one no page can know.
pub(crate) fn check(headers: &HeaderMap, is_protected: bool) -> Result<(), Fault> {
    let text = |name| headers.get(name).map(|value| value.to_str().unwrap_or_default());
    let host = text(header::HOST);
    if let Some(host) = host.filter(|host| !is_protected && !is_local(host)) {
        return Err(Fault::Forbidden(format!(
            "the sandbox is not called '{host}'; with --auth it takes calls to any name"
        )));
    }
    let site = text(header::ORIGIN).map(|origin| origin.split_once("://").map_or(origin, |(_, site)| site));
    // A browser sends this header to another site only after it has asked there, and it is told no.
    let is_known = headers.contains_key(header::AUTHORIZATION) && is_protected;
    match site {
        Some(site) if Some(site) != host && !is_known => {
            Err(Fault::Forbidden(format!("a page of '{site}' may not call the sandbox")))
        }
        _ => Ok(()),
    }
}

/// Whether a `Host` names this machine, or an address, which no site can be called.
fn is_local(host: &str) -> bool {
    let name = without_port(host).trim_end_matches('.').to_ascii_lowercase();
    let address = name.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(&name);
    name == "localhost" || name.ends_with(".localhost") || address.parse::<IpAddr>().is_ok()
}

fn without_port(host: &str) -> &str {
    match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) && !name.ends_with(':') => name,
        _ => host,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_one(headers: &[(&'static str, &str)], is_protected: bool, expected: bool) {
        let headers = headers.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap()));
        let headers: HeaderMap = headers.collect();
        assert_eq!(check(&headers, is_protected).is_ok(), expected, "{headers:?} {is_protected}");
    }

    #[test]
    fn an_open_sandbox_has_the_names_of_this_machine() {
        for (host, expected) in [
            ("127.0.0.1:8080", true),
            ("localhost", true),
            ("LocalHost.:8080", true),
            ("kestra.localhost:8080", true),
            ("[::1]:8080", true),
            ("192.168.0.7:80", true),
            ("evil.example:8080", false),
            ("localhost.evil.example", false),
            ("127.0.0.1.evil.example", false),
            ("", false),
        ] {
            check_one(&[("host", host)], false, expected);
            check_one(&[("host", host)], true, true);
        }
        check_one(&[], false, true);
    }

    #[test]
    fn pages_of_other_sites_are_refused() {
        for (origin, expected) in [
            ("http://localhost:8080", true),
            ("http://localhost:9090", false),
            ("https://evil.example", false),
            ("null", false),
        ] {
            let headers = [("host", "localhost:8080"), ("origin", origin)];
            check_one(&headers, false, expected);
            check_one(&headers, true, expected);
            let headers = [&headers[..], &[("authorization", "Basic eA==")]].concat();
            check_one(&headers, false, expected);
            check_one(&headers, true, true);
        }
    }
}
