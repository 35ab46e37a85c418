//! From the provider block and the environment to the client's configuration: the block wins, attribute by attribute.

use std::collections::BTreeMap;
use std::time::Duration;

use client::{Auth, Config, Secret, Tls};
use tfplugin::diagnostics::{Diagnostic, Diagnostics, Result};
use tfplugin::model::Attr;
use tfplugin::value::Path;

use crate::config::{ProviderConfig, json_flows};

/// Looks up an environment variable; a test gives its own.
pub(crate) type Environment<'a> = &'a dyn Fn(&str) -> Option<String>;

/// The settings that the provider's environment variables make without a provider block; `url` wins over `KESTRA_URL`.
///
/// # Errors
/// There is no address, or a variable has a value that cannot work.
pub fn settings_of_environment(url: Option<&str>) -> Result<Config> {
    let config = ProviderConfig { url: url.map(String::from).into(), ..ProviderConfig::default() };
    client_config(&config, "none", &|name| std::env::var(name).ok())
}

pub(crate) fn client_config(config: &ProviderConfig, host_version: &str, env: Environment) -> Result<Config> {
    let text = |attr: &Attr<String>, variable: &str| text(attr, variable, env);
    let default = Config::default();
    refuse_json_flows(config, env)?;
    Ok(Config {
        url: text(&config.url, "KESTRA_URL").ok_or_else(no_url)?,
        tenant: text(&config.tenant_id, "KESTRA_TENANT_ID").unwrap_or(default.tenant),
        auth: auth(config, env)?,
        extra_headers: extra_headers(config),
        timeout: timeout(config, env)?.unwrap_or(default.timeout),
        tls: Tls {
            ca_certificate: pem("ca_certificate", text(&config.ca_certificate, "KESTRA_CA_CERTIFICATE"))?,
            client_certificate: pem(
                "client_certificate",
                text(&config.client_certificate, "KESTRA_CLIENT_CERTIFICATE"),
            )?,
            client_key: pem("client_key", text(&config.client_key, "KESTRA_CLIENT_KEY"))?.map(Secret::from),
            insecure: insecure(config, env)?,
        },
        user_agent: format!("terraform-provider-kestra/{} (host {host_version})", env!("CARGO_PKG_VERSION")),
        ..default
    })
}

fn refuse_json_flows(config: &ProviderConfig, env: Environment) -> Result<()> {
    let variable = "KESTRA_KEEP_ORIGINAL_SOURCE";
    let asked = config.keep_original_source.is_null()
        && parsed("keep_original_source", variable, env)? == Some(false);
    if asked { Err(json_flows(&format!("unset the environment variable {variable}")).into()) } else { Ok(()) }
}

/// An empty text counts as not given, in the block and in the environment.
fn text(attr: &Attr<String>, variable: &str, env: Environment) -> Option<String> {
    let given = attr.known().filter(|text| !text.is_empty()).cloned();
    given.or_else(|| env(variable).filter(|text| !text.is_empty()))
}

/// One way to log in. The block's wins over the environment's, where a user name and a password complete each other;
/// within one place a token wins over a JWT and a JWT over a password, as in the official provider.
fn auth(config: &ProviderConfig, env: Environment) -> Result<Auth> {
    let block = |attr: &Attr<String>| attr.known().filter(|text| !text.is_empty()).cloned();
    let environment = |variable: &str| env(variable).filter(|text| !text.is_empty());
    if let Some(auth) = by_token(block(&config.api_token), block(&config.jwt)) {
        return Ok(auth);
    }
    let (username, password) = (block(&config.username), block(&config.password));
    let by_token = by_token(environment("KESTRA_API_TOKEN"), environment("KESTRA_JWT"));
    if let (None, None, Some(auth)) = (&username, &password, by_token) {
        return Ok(auth);
    }
    let username = username.or_else(|| environment("KESTRA_USERNAME"));
    let password = password.or_else(|| environment("KESTRA_PASSWORD"));
    Auth::choose(username, password.map(Secret::from), None, None).map_err(|error| config_error(&error))
}

fn by_token(api_token: Option<String>, jwt: Option<String>) -> Option<Auth> {
    let bearer = api_token.map(|token| Auth::Bearer(Secret::from(token)));
    bearer.or_else(|| jwt.map(|jwt| Auth::JwtCookie(Secret::from(jwt))))
}

fn extra_headers(config: &ProviderConfig) -> BTreeMap<String, Secret> {
    let headers = config.extra_headers.known().into_iter().flatten();
    headers.filter_map(|(name, value)| Some((name.clone(), Secret::from(value.as_str()?)))).collect()
}

fn timeout(config: &ProviderConfig, env: Environment) -> Result<Option<Duration>> {
    let seconds = match config.timeout.known() {
        Some(seconds) => Some(*seconds),
        None => parsed("timeout", "KESTRA_TIMEOUT", env)?,
    };
    let positive = |seconds: i64| match u64::try_from(seconds) {
        Ok(seconds @ 1..) => Ok(Duration::from_secs(seconds)),
        _ => Err(invalid("timeout", "must be at least 1 second".to_owned())),
    };
    seconds.map(positive).transpose()
}

fn insecure(config: &ProviderConfig, env: Environment) -> Result<bool> {
    match config.insecure.known() {
        Some(insecure) => Ok(*insecure),
        None => Ok(parsed("insecure", "KESTRA_INSECURE", env)?.unwrap_or(false)),
    }
}

fn parsed<T: std::str::FromStr>(
    attribute: &'static str,
    variable: &str,
    env: Environment,
) -> Result<Option<T>> {
    let Some(text) = env(variable).filter(|text| !text.is_empty()) else {
        return Ok(None);
    };
    let problem = || {
        invalid(attribute, format!("has an unusable value {text:?} in the environment variable {variable}"))
    };
    text.parse().map(Some).map_err(|_| problem())
}

/// A value that is not PEM text is the path of a file that holds it.
fn pem(attribute: &'static str, value: Option<String>) -> Result<Option<String>> {
    match value {
        Some(path) if !path.trim_start().starts_with("-----BEGIN ") => {
            std::fs::read_to_string(&path).map(Some).map_err(|error| {
                invalid(attribute, format!("names the file {path:?}, which cannot be read: {error}"))
            })
        }
        text => Ok(text),
    }
}

pub(crate) fn config_error(error: &client::ConfigError) -> Diagnostics {
    invalid(error.attribute, error.problem.clone())
}

fn invalid(attribute: &'static str, problem: String) -> Diagnostics {
    let diagnostic = Diagnostic::error("Invalid provider configuration", format!("`{attribute}` {problem}."));
    diagnostic.at(Path::root().attribute(attribute)).into()
}

fn no_url() -> Diagnostics {
    invalid("url", "is missing; set it here or in the environment variable KESTRA_URL".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    type Pairs<'a> = &'a [(&'a str, &'a str)];

    fn block(values: Pairs<'_>) -> ProviderConfig {
        let mut config = ProviderConfig { url: Attr::from("http://kestra"), ..ProviderConfig::default() };
        for (name, value) in values {
            let attribute = match *name {
                "url" => &mut config.url,
                "tenant_id" => &mut config.tenant_id,
                "username" => &mut config.username,
                "password" => &mut config.password,
                "api_token" => &mut config.api_token,
                "jwt" => &mut config.jwt,
                "ca_certificate" => &mut config.ca_certificate,
                other => panic!("no attribute {other}"),
            };
            *attribute = Attr::from(*value);
        }
        config
    }

    fn settings(given: Pairs<'_>, variables: Pairs<'_>) -> Result<Config> {
        let variables: BTreeMap<&str, &str> = variables.iter().copied().collect();
        client_config(&block(given), "1.11.4", &|name| variables.get(name).map(|value| (*value).to_owned()))
    }

    fn basic(username: &str, password: &str) -> Auth {
        Auth::Basic { username: username.to_owned(), password: password.into() }
    }

    #[test]
    fn one_way_to_log_in() {
        let (user, password) = (("username", "ann"), ("password", "pw"));
        let env = [("KESTRA_USERNAME", "env"), ("KESTRA_PASSWORD", "env-pw")];
        let cases: [(Pairs<'_>, Pairs<'_>, Auth); 9] = [
            (&[], &[], Auth::None),
            (&[user, password], &[], basic("ann", "pw")),
            (&[], &env, basic("env", "env-pw")),
            (&[user], &env, basic("ann", "env-pw")),
            (&[user, password], &[("KESTRA_API_TOKEN", "t")], basic("ann", "pw")),
            (&[user, password, ("jwt", "j")], &[], Auth::JwtCookie("j".into())),
            (&[user, password, ("jwt", "j"), ("api_token", "t")], &[], Auth::Bearer("t".into())),
            (&[], &[("KESTRA_API_TOKEN", "t"), ("KESTRA_JWT", "j")], Auth::Bearer("t".into())),
            (&[("api_token", "")], &[("KESTRA_JWT", "j")], Auth::JwtCookie("j".into())),
        ];
        for (given, variables, expected) in cases {
            assert_eq!(settings(given, variables).unwrap().auth, expected, "{given:?} {variables:?}");
        }
    }

    #[test]
    fn the_block_wins_over_the_environment() {
        let variables = [("KESTRA_URL", "http://env"), ("KESTRA_TENANT_ID", "env"), ("KESTRA_TIMEOUT", "30")];
        let config = settings(&[("tenant_id", "block")], &variables).unwrap();
        assert_eq!((config.url.as_str(), config.tenant.as_str()), ("http://kestra", "block"));
        assert_eq!(config.timeout, Duration::from_secs(30));
        let config = settings(&[("url", "")], &variables).unwrap();
        assert_eq!((config.url.as_str(), config.tenant.as_str()), ("http://env", "env"));
    }

    #[test]
    fn what_cannot_work_names_the_attribute() {
        let cases: [(Pairs<'_>, Pairs<'_>, &str); 7] = [
            (&[("url", "")], &[], "url"),
            (&[], &[("KESTRA_KEEP_ORIGINAL_SOURCE", "false")], "keep_original_source"),
            (&[("username", "ann")], &[], "password"),
            (&[], &[("KESTRA_TIMEOUT", "soon")], "timeout"),
            (&[], &[("KESTRA_TIMEOUT", "0")], "timeout"),
            (&[], &[("KESTRA_INSECURE", "maybe")], "insecure"),
            (&[("ca_certificate", "/nonexistent/ca.pem")], &[], "ca_certificate"),
        ];
        for (given, variables, attribute) in cases {
            let errors = settings(given, variables).unwrap_err();
            assert!(errors.iter().all(|error| error.attribute.to_string() == attribute), "{errors}");
        }
    }

    #[test]
    fn pem_text_is_taken_as_it_is() {
        let pem = "-----BEGIN CERTIFICATE-----\nMII=\n-----END CERTIFICATE-----\n";
        let config = settings(&[("ca_certificate", pem)], &[]).unwrap();
        assert_eq!(config.tls.ca_certificate.as_deref(), Some(pem));
    }
}
