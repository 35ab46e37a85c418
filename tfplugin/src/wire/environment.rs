//! Everything a go-plugin host tells the process through its environment, read once and checked before anything starts.

use std::ffi::OsString;
#[cfg(unix)]
use std::path::PathBuf;

use rustls::pki_types::CertificateDer;

use super::client_certificate::{self, ClientCertificateError};
#[cfg(unix)]
use super::socket_group::{self, SocketGroupError};

/// The one version of Terraform's protocol this crate speaks.
pub(super) const PROTOCOL_VERSION: u8 = 6;

pub(super) const COOKIE: &str = "TF_PLUGIN_MAGIC_COOKIE";
pub(super) const COOKIE_VALUE: &str = "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2";
const PROTOCOL_VERSIONS: &str = "PLUGIN_PROTOCOL_VERSIONS";
const CLIENT_CERT: &str = "PLUGIN_CLIENT_CERT";
#[cfg(unix)]
const SOCKET_DIR: &str = "PLUGIN_UNIX_SOCKET_DIR";
#[cfg(unix)]
const SOCKET_GROUP: &str = "PLUGIN_UNIX_SOCKET_GROUP";
#[cfg(unix)]
const TEMP_DIR: &str = "TMPDIR";
const MULTIPLEX: &str = "PLUGIN_MULTIPLEX_GRPC";
#[cfg(any(windows, test))]
const PORTS: [&str; 2] = ["PLUGIN_MIN_PORT", "PLUGIN_MAX_PORT"];

/// What the host asks for.
#[derive(Debug)]
pub(super) struct Environment {
    /// Whether the host offered [`PROTOCOL_VERSION`]. If not, it says so itself once it has read our line.
    pub(super) speaks_protocol: bool,
    /// The only client to let in, through mutual TLS; `None` asks for plaintext.
    pub(super) client_certificate: Option<CertificateDer<'static>>,
    /// Whether the handshake line has to say that brokered connections are not multiplexed.
    pub(super) asks_for_multiplexing: bool,
    /// Where to listen.
    pub(super) socket: SocketSettings,
}

/// Where to listen, and for whom.
#[derive(Debug)]
pub(super) struct SocketSettings {
    /// Where the socket has to be; `None` leaves the choice to us.
    #[cfg(unix)]
    pub(super) directory: Option<PathBuf>,
    /// The group that may connect, as its numeric id; `None` lets in the owner alone.
    #[cfg(unix)]
    pub(super) group: Option<u32>,
    /// The user's directory for temporary files.
    #[cfg(unix)]
    pub(super) temp_dir: Option<PathBuf>,
    /// First and last port to try, where there are no Unix sockets; 0 for both means any.
    #[cfg(any(windows, test))]
    pub(super) ports: std::ops::RangeInclusive<u16>,
}

/// Why the environment is not that of a plugin host. Each text has its cause in it, which is therefore no `source` as
/// well.
#[derive(Debug, thiserror::Error)]
pub(super) enum EnvironmentError {
    #[error(
        "This program is a Terraform provider: Terraform and OpenTofu start it, it does nothing on its own.\n\
         Name it under required_providers in a configuration and run `terraform init`.\n\
         To debug it, start it with `-debug` and follow what it prints."
    )]
    NotStartedByHost,
    #[error("the host's PLUGIN_CLIENT_CERT cannot be used: {0}")]
    ClientCertificate(ClientCertificateError),
    #[cfg(unix)]
    #[error("the host's PLUGIN_UNIX_SOCKET_GROUP cannot be used: {0}")]
    SocketGroup(SocketGroupError),
    #[cfg(any(windows, test))]
    #[error("the host's {variable} is {value:?}, which is not a port number from 0 to 65535")]
    Port { variable: &'static str, value: String },
    #[cfg(any(windows, test))]
    #[error("the host's PLUGIN_MIN_PORT ({first}) is above its PLUGIN_MAX_PORT ({last})")]
    PortOrder { first: u16, last: u16 },
}

impl Environment {
    /// Reads the variables through `lookup`; an empty variable counts as absent, as it does for Go's plugins.
    pub(super) fn read(lookup: impl Fn(&str) -> Option<OsString>) -> Result<Self, EnvironmentError> {
        let given = |name: &str| lookup(name).filter(|value| !value.is_empty());
        if given(COOKIE).is_none_or(|cookie| cookie != COOKIE_VALUE) {
            return Err(EnvironmentError::NotStartedByHost);
        }
        Ok(Self {
            speaks_protocol: given(PROTOCOL_VERSIONS).is_some_and(offers_protocol),
            client_certificate: given(CLIENT_CERT)
                .map(client_certificate::from_pem)
                .transpose()
                .map_err(EnvironmentError::ClientCertificate)?,
            asks_for_multiplexing: given(MULTIPLEX).is_some(),
            socket: SocketSettings::read(&lookup)?,
        })
    }
}

impl SocketSettings {
    /// Reads the variables that also count when a developer starts the process.
    pub(super) fn read(lookup: impl Fn(&str) -> Option<OsString>) -> Result<Self, EnvironmentError> {
        let given = |name: &str| lookup(name).filter(|value| !value.is_empty());
        Ok(Self {
            #[cfg(unix)]
            directory: given(SOCKET_DIR).map(PathBuf::from),
            #[cfg(unix)]
            group: given(SOCKET_GROUP)
                .map(socket_group::find)
                .transpose()
                .map_err(EnvironmentError::SocketGroup)?,
            #[cfg(unix)]
            temp_dir: given(TEMP_DIR).map(PathBuf::from),
            #[cfg(any(windows, test))]
            ports: ports(PORTS.map(given))?,
        })
    }
}

fn offers_protocol(versions: OsString) -> bool {
    versions.to_string_lossy().split(',').any(|version| version.trim().parse() == Ok(PROTOCOL_VERSION))
}

#[cfg(any(windows, test))]
fn ports(values: [Option<OsString>; 2]) -> Result<std::ops::RangeInclusive<u16>, EnvironmentError> {
    let port = |index: usize| match &values[index] {
        None => Ok(0),
        Some(value) => value.to_string_lossy().parse().map_err(|_| EnvironmentError::Port {
            variable: PORTS[index],
            value: value.to_string_lossy().into_owned(),
        }),
    };
    let (first, last) = (port(0)?, port(1)?);
    if first > last { Err(EnvironmentError::PortOrder { first, last }) } else { Ok(first..=last) }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// Reads the given variables, with the right cookie unless it is among them.
    pub(in crate::wire) fn read(variables: &[(&str, &str)]) -> Result<Environment, String> {
        let lookup = |name: &str| {
            let cookie = (COOKIE, COOKIE_VALUE);
            let given = variables.iter().find(|(variable, _)| *variable == name).copied();
            given.or((name == COOKIE).then_some(cookie)).map(|(_, value)| OsString::from(value))
        };
        Environment::read(lookup).map_err(|error| error.to_string())
    }

    #[test]
    fn only_a_host_knows_the_cookie() {
        for cookie in ["", "d602", &COOKIE_VALUE.to_uppercase()] {
            let error = read(&[(COOKIE, cookie)]).unwrap_err();
            assert!(error.starts_with("This program is a Terraform provider"), "{cookie}: {error}");
        }
        assert!(read(&[]).is_ok());
    }

    #[test]
    fn protocol_versions_come_in_any_order() {
        for (versions, expected) in [
            ("5,6", true),
            ("6,5", true),
            ("6", true),
            ("5, 6", true),
            ("5", false),
            ("", false),
            ("66,x", false),
        ] {
            let environment = read(&[(PROTOCOL_VERSIONS, versions)]).unwrap();
            assert_eq!(environment.speaks_protocol, expected, "{versions:?}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn absent_and_empty_variables_mean_the_same() {
        let all = [CLIENT_CERT, SOCKET_DIR, SOCKET_GROUP, MULTIPLEX, TEMP_DIR, PORTS[0], PORTS[1]];
        let empty: Vec<_> = all.iter().map(|name| (*name, "")).collect();
        for environment in [read(&[]).unwrap(), read(&empty).unwrap()] {
            assert!(environment.client_certificate.is_none());
            assert!(environment.socket.directory.is_none());
            assert!(environment.socket.group.is_none());
            assert!(environment.socket.temp_dir.is_none());
            assert!(!environment.asks_for_multiplexing);
            assert_eq!(environment.socket.ports, 0..=0);
        }
    }

    #[test]
    fn multiplexing_is_asked_for_by_any_value() {
        for value in ["true", "1", "false"] {
            assert!(read(&[(MULTIPLEX, value)]).unwrap().asks_for_multiplexing, "{value}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn unusable_values_name_their_variable() {
        for (variable, value, expected) in [
            (
                CLIENT_CERT,
                "hello",
                "the host's PLUGIN_CLIENT_CERT cannot be used: it holds no certificate in PEM form",
            ),
            (
                SOCKET_GROUP,
                "no such group",
                "the host's PLUGIN_UNIX_SOCKET_GROUP cannot be used: no group is called \"no such group\"",
            ),
            (
                PORTS[0],
                "http",
                "the host's PLUGIN_MIN_PORT is \"http\", which is not a port number from 0 to 65535",
            ),
            (
                PORTS[1],
                "70000",
                "the host's PLUGIN_MAX_PORT is \"70000\", which is not a port number from 0 to 65535",
            ),
            (PORTS[0], "9", "the host's PLUGIN_MIN_PORT (9) is above its PLUGIN_MAX_PORT (0)"),
        ] {
            assert_eq!(read(&[(variable, value)]).unwrap_err(), expected);
        }
    }

    #[test]
    fn ports_are_a_range() {
        let environment = read(&[(PORTS[0], "10000"), (PORTS[1], "25000")]).unwrap();
        assert_eq!(environment.socket.ports, 10_000..=25_000);
    }
}
