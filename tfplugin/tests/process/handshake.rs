//! What the process prints before anything else, and what it refuses to start with.

use std::fs::Permissions;
use std::os::unix::fs::PermissionsExt as _;

use crate::host::{Identity, Plugin, hosted, output, ping, program, soon};

/// Proves: process/started-by-a-human
#[tokio::test]
async fn a_human_gets_a_sentence_and_stdout_stays_silent() {
    for variables in [&[][..], &[("TF_PLUGIN_MAGIC_COOKIE", "wrong")], &[("PLUGIN_PROTOCOL_VERSIONS", "6")]] {
        let output = output(program(variables)).await;
        assert_eq!(output.status.code(), Some(1));
        assert_eq!(output.stdout, b"");
        let stderr = String::from_utf8(output.stderr).unwrap();
        assert!(stderr.starts_with("This program is a Terraform provider: "), "{stderr}");
    }
}

#[tokio::test]
async fn a_host_that_makes_no_sense_is_told_so_on_stderr() {
    for (variables, expected, cause) in [
        (
            ("PLUGIN_CLIENT_CERT", "hello"),
            "[ERROR] the host's PLUGIN_CLIENT_CERT cannot be used: ",
            "it holds no certificate in PEM form",
        ),
        (
            ("PLUGIN_UNIX_SOCKET_DIR", "/no/such"),
            "[ERROR] cannot make a directory for the plugin's socket in /no/such: ",
            "No such file or directory",
        ),
    ] {
        let output = output(hosted(&[variables])).await;
        assert_eq!(output.status.code(), Some(1));
        assert_eq!(output.stdout, b"");
        let stderr = String::from_utf8(output.stderr).unwrap();
        assert!(stderr.starts_with(&format!("{expected}{cause}")), "{stderr}");
        assert_eq!(stderr.matches(cause).count(), 1, "{stderr}");
    }
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_line_that_cannot_be_written_ends_the_process() {
    let base = tempfile::tempdir_in("/tmp").unwrap();
    let mut command = hosted(&[("PLUGIN_UNIX_SOCKET_DIR", base.path().to_str().unwrap())]);
    command.stdout(std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap());
    let output = soon(command.spawn().unwrap().wait_with_output()).await.unwrap();
    assert_eq!(output.status.code(), Some(1));
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert!(stderr.starts_with("[ERROR] cannot tell the host on stdout where to connect: "), "{stderr}");
    assert_eq!(std::fs::read_dir(base.path()).unwrap().count(), 0);
}

/// Proves: process/handshake-line, process/negotiation-of-the-protocol-version
#[tokio::test]
async fn the_line_says_protocol_6_whatever_is_offered() {
    let offers = ["5,6", "6,5", "6", "5", "4,5,6,7", "6, 5", ",", "", "nonsense"];
    let offers = offers.map(|versions| Some(("PLUGIN_PROTOCOL_VERSIONS", versions)));
    for offer in offers.into_iter().chain([None]) {
        let plugin = Plugin::start(hosted(offer.as_slice())).await;
        let expected = format!("1|6|unix|{}|grpc|\n", plugin.socket().display());
        assert_eq!(plugin.line, expected, "{offer:?}");
        let channel = plugin.plaintext().await.unwrap();
        ping(Ok(channel.clone())).await.unwrap();
        plugin.shutdown(channel).await;
    }
}

/// Proves: process/handshake-line
#[tokio::test]
async fn the_certificate_is_in_the_line_if_there_is_tls() {
    let client = Identity::go_plugin();
    let plugin = Plugin::start(hosted(&[("PLUGIN_CLIENT_CERT", &client.pem)])).await;
    let certificate = plugin.field(6);
    assert!(certificate.len() > 50 && !certificate.contains('='), "{certificate}");
    assert_eq!(plugin.line.matches('|').count(), 5);
}

/// Proves: process/multiplexing-declined
#[tokio::test]
async fn multiplexing_is_declined_when_asked_for() {
    let plugin = Plugin::start(hosted(&[("PLUGIN_MULTIPLEX_GRPC", "true")])).await;
    assert_eq!((plugin.field(6), plugin.field(7)), ("", "false"));
}

/// Proves: process/socket-in-any-temporary-folder
#[tokio::test]
async fn a_temp_dir_that_cannot_hold_a_socket_is_no_obstacle() {
    let base = tempfile::tempdir().unwrap();
    let folder = |name: &str, mode: u32| {
        let path = base.path().join(name);
        std::fs::create_dir(&path).unwrap();
        std::fs::set_permissions(&path, Permissions::from_mode(mode)).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let too_long = folder(&"x".repeat(120), 0o700);
    // Only root can write to the second of these, and nobody to the others.
    for temp_dir in [&*too_long, &folder("read-only", 0o500), "/dev/null", "/no/such/folder"] {
        let plugin = Plugin::start(hosted(&[("TMPDIR", temp_dir)])).await;
        let channel = plugin.plaintext().await.unwrap();
        ping(Ok(channel.clone())).await.unwrap();
        assert!(plugin.socket().to_str().unwrap().len() < 104, "{temp_dir}");
        plugin.shutdown(channel).await;
        assert_eq!(std::fs::read_dir(&too_long).unwrap().count(), 0, "{temp_dir}");
    }
}

/// Proves: process/two-instances-at-once
#[tokio::test]
async fn two_providers_do_not_meet() {
    let (one, two) = tokio::join!(Plugin::start(hosted(&[])), Plugin::start(hosted(&[])));
    assert_ne!(one.socket(), two.socket());
    let channel = one.plaintext().await.unwrap();
    one.shutdown(channel).await;
    ping(two.plaintext().await).await.unwrap();
}
