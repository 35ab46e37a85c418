//! The one place that builds the HTTP client: TLS, default headers and time-outs, with the failures of each setting
//! put down to its attribute.

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use reqwest::header::{AUTHORIZATION, COOKIE, HeaderMap, HeaderName, HeaderValue};
use reqwest::{Certificate, ClientBuilder, Identity, redirect};

use crate::config::{Auth, Config, ConfigError, Tls};

/// Builds the HTTP client. Proxies come from the environment (`HTTPS_PROXY`, `NO_PROXY`, ...).
///
/// A machine without any CA certificates cannot build a verifier, not even for `http://`; there the bundled roots of
/// Mozilla take the place of the machine's.
pub(crate) fn build(config: &Config) -> Result<reqwest::Client, ConfigError> {
    if config.timeout.is_zero() {
        return Err(ConfigError::new("timeout", "must be longer than 0 seconds"));
    }
    let authorities = authorities(&config.tls)?;
    let identity = identity(&config.tls)?;
    let headers = headers(config)?;
    let builder = || {
        let builder = reqwest::Client::builder()
            .user_agent(&config.user_agent)
            .default_headers(headers.clone())
            .timeout(config.timeout)
            .connect_timeout(config.connect_timeout)
            // Shorter than what servers and balancers allow: a creation on a connection that is just being closed
            // would fail, because it must not be sent again.
            .pool_idle_timeout(Duration::from_secs(15))
            // A redirected POST would arrive as a GET, and credentials could reach another host.
            .redirect(redirect::Policy::none())
            .tls_danger_accept_invalid_certs(config.tls.insecure);
        identity.iter().cloned().fold(builder, ClientBuilder::identity)
    };
    builder()
        .tls_certs_merge(authorities.clone())
        .build()
        .or_else(|_| {
            let bundled = webpki_root_certs::TLS_SERVER_ROOT_CERTS.iter();
            let bundled = bundled.filter_map(|root| Certificate::from_der(root).ok());
            builder().tls_certs_only(authorities.iter().cloned().chain(bundled)).build()
        })
        .map_err(|error| blame(&config.tls, &error))
}

/// A builder that fails with the bundled roots too fails because of what the user gave.
fn blame(tls: &Tls, error: &reqwest::Error) -> ConfigError {
    let attribute = match tls {
        Tls { client_certificate: Some(_), .. } => "client_certificate",
        Tls { ca_certificate: Some(_), .. } => "ca_certificate",
        _ => "url",
    };
    ConfigError::new(attribute, format!("cannot be used: {}", crate::error::deepest(error)))
}

fn authorities(tls: &Tls) -> Result<Vec<Certificate>, ConfigError> {
    let Some(pem) = &tls.ca_certificate else {
        return Ok(Vec::new());
    };
    match Certificate::from_pem_bundle(pem.as_bytes()) {
        Ok(found) if !found.is_empty() => Ok(found),
        _ => Err(ConfigError::new(
            "ca_certificate",
            "must hold PEM certificates (`-----BEGIN CERTIFICATE-----`)",
        )),
    }
}

fn identity(tls: &Tls) -> Result<Option<Identity>, ConfigError> {
    match (&tls.client_certificate, &tls.client_key) {
        (None, None) => Ok(None),
        (Some(certificate), Some(key)) => {
            let pem = zeroize::Zeroizing::new(format!("{certificate}\n{}\n", key.expose()));
            Identity::from_pem(pem.as_bytes()).map(Some).map_err(|_| {
                let problem =
                    "and `client_key` must be a PEM certificate and its unencrypted PEM private key";
                ConfigError::new("client_certificate", problem)
            })
        }
        (Some(_), None) => Err(ConfigError::new("client_key", "is needed beside `client_certificate`")),
        (None, Some(_)) => Err(ConfigError::new("client_certificate", "is needed beside `client_key`")),
    }
}

/// Credentials first, then the user's own headers, which win.
fn headers(config: &Config) -> Result<HeaderMap, ConfigError> {
    let mut headers = HeaderMap::new();
    if let Some((name, attribute, text)) = credentials(&config.auth) {
        headers.insert(name, secret_value(&text).ok_or_else(|| unsendable(attribute))?);
    }
    for (name, value) in &config.extra_headers {
        let header = HeaderName::try_from(name.as_str()).map_err(|_| {
            ConfigError::new("extra_headers", format!("has the name `{name}`, which no header can have"))
        })?;
        let value = secret_value(value.expose()).ok_or_else(|| {
            ConfigError::new("extra_headers", format!("has a value for `{name}` that no header can carry"))
        })?;
        headers.insert(header, value);
    }
    HeaderValue::try_from(&config.user_agent)
        .map_err(|_| ConfigError::new("user_agent", "has characters that no header can carry"))?;
    Ok(headers)
}

/// The header that proves who we are, and the attribute its text came from.
fn credentials(auth: &Auth) -> Option<(HeaderName, &'static str, zeroize::Zeroizing<String>)> {
    let (name, attribute, text) = match auth {
        Auth::None => return None,
        Auth::Basic { username, password } => {
            let pair = zeroize::Zeroizing::new(format!("{username}:{}", password.expose()));
            (AUTHORIZATION, "password", format!("Basic {}", STANDARD.encode(pair.as_bytes())))
        }
        Auth::Bearer(token) => (AUTHORIZATION, "api_token", format!("Bearer {}", token.expose())),
        Auth::JwtCookie(jwt) => (COOKIE, "jwt", format!("JWT={}", jwt.expose())),
    };
    Some((name, attribute, zeroize::Zeroizing::new(text)))
}

fn secret_value(text: &str) -> Option<HeaderValue> {
    let mut value = HeaderValue::from_str(text).ok()?;
    value.set_sensitive(true);
    Some(value)
}

fn unsendable(attribute: &'static str) -> ConfigError {
    ConfigError::new(attribute, "has characters (line breaks, for instance) that no header can carry")
}

#[cfg(test)]
mod tests;
