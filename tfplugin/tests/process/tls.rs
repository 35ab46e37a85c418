//! Whom the process lets in: the host that started it, over TLS 1.2 or 1.3, and nobody else.

use rustls::version::{TLS12, TLS13};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::UnixStream;

use crate::host::{Identity, Plugin, hosted, ping, soon};

/// Proves: process/mutual-tls-with-the-host-s-certificate
#[tokio::test]
async fn only_the_host_is_let_in() {
    let host = Identity::go_plugin();
    let stranger = Identity::go_plugin();
    let other_kind = Identity::generate(&rcgen::PKCS_ECDSA_P256_SHA256);
    // The certificate is no secret; its key is.
    let thief =
        Identity { pem: String::new(), certificate: host.certificate.clone(), key: stranger.key.clone_key() };
    let plugin = Plugin::start(hosted(&[("PLUGIN_CLIENT_CERT", &host.pem)])).await;
    for version in [&TLS13, &TLS12] {
        for (who, client) in [
            ("nobody", None),
            ("stranger", Some(&stranger)),
            ("other kind", Some(&other_kind)),
            ("thief", Some(&thief)),
        ] {
            let refused = ping(plugin.tls(client, version).await).await;
            assert!(refused.is_err(), "{who} came in over {version:?}");
        }
        assert!(ping(plugin.plaintext().await).await.is_err(), "plaintext came in");
        ping(plugin.tls(Some(&host), version).await).await.unwrap();
    }
    let channel = plugin.tls(Some(&host), &TLS13).await.unwrap();
    plugin.shutdown(channel).await;
}

#[tokio::test]
async fn a_silent_client_holds_up_nobody() {
    let host = Identity::go_plugin();
    let plugin = Plugin::start(hosted(&[("PLUGIN_CLIENT_CERT", &host.pem)])).await;
    let silent = UnixStream::connect(plugin.socket()).await.unwrap();
    let mut rude = UnixStream::connect(plugin.socket()).await.unwrap();
    rude.write_all(b"GET / HTTP/1.1\r\n\r\n").await.unwrap();
    soon(rude.read_to_end(&mut Vec::new())).await.unwrap();
    let channel = plugin.tls(Some(&host), &TLS13).await.unwrap();
    ping(Ok(channel.clone())).await.unwrap();
    plugin.shutdown(channel).await;
    drop(silent);
}

/// Proves: process/plaintext-without-a-host-s-certificate
#[tokio::test]
async fn without_a_client_certificate_there_is_no_tls() {
    let plugin = Plugin::start(hosted(&[])).await;
    assert_eq!(plugin.field(6), "");
    ping(plugin.plaintext().await).await.unwrap();
}
