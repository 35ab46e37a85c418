//! The one line on stdout that tells the host where and how to connect.

use std::fmt;
use std::io::{self, Write as _};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use rustls::pki_types::CertificateDer;

use super::environment::PROTOCOL_VERSION;
use super::listener::Address;

/// The version of go-plugin's own handshake.
const CORE_PROTOCOL_VERSION: u8 = 1;

/// What the line says.
pub(super) struct Handshake<'a> {
    pub(super) address: &'a Address,
    /// `None` announces plaintext; a certificate without mutual TLS would crash the host.
    pub(super) certificate: Option<&'a CertificateDer<'static>>,
    /// Adds the field that older hosts cannot split: brokered connections are not multiplexed.
    pub(super) answers_multiplexing: bool,
}

impl Handshake<'_> {
    /// Writes the line to stdout. The host connects at once, so the listener must be up; nothing may be written after.
    pub(super) fn announce(&self) -> io::Result<()> {
        let mut stdout = io::stdout().lock();
        stdout.write_all(format!("{self}\n").as_bytes())?;
        stdout.flush()
    }
}

impl fmt::Display for Handshake<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let certificate = self.certificate.map(|der| STANDARD_NO_PAD.encode(der)).unwrap_or_default();
        write!(f, "{CORE_PROTOCOL_VERSION}|{PROTOCOL_VERSION}|{}|grpc|{certificate}", self.address)?;
        if self.answers_multiplexing { f.write_str("|false") } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_has_six_fields_or_seven() {
        let certificate = CertificateDer::from(vec![0xfb, 0xff, 0xfe, 0x01]);
        for (certificate, answers_multiplexing, expected) in [
            (None, false, "1|6|unix|/tmp/a b|grpc|"),
            (None, true, "1|6|unix|/tmp/a b|grpc||false"),
            (Some(&certificate), false, "1|6|unix|/tmp/a b|grpc|+//+AQ"),
            (Some(&certificate), true, "1|6|unix|/tmp/a b|grpc|+//+AQ|false"),
        ] {
            let address = &Address { network: "unix", address: "/tmp/a b".to_owned() };
            assert_eq!(Handshake { address, certificate, answers_multiplexing }.to_string(), expected);
        }
    }
}
