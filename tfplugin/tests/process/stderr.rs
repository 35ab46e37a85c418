//! What the process writes to stderr: nothing unasked, JSON lines when asked, and panics so that no host mistakes them.

use serde_json::Value;
use tokio::io::AsyncReadExt as _;

use crate::calls::validate;
use crate::host::{Identity, Plugin, hosted, output, ping, soon};

/// Lets the provider refuse a client, answer a call that panics, answer another and end; gives what it wrote to stderr.
async fn eventful_life(variables: &[(&str, &str)]) -> String {
    let host = Identity::go_plugin();
    let client_cert = ("PLUGIN_CLIENT_CERT", host.pem.as_str());
    let mut plugin = Plugin::start(hosted(&[variables, &[client_cert]].concat())).await;
    let mut stderr = plugin.child.stderr.take().unwrap();
    ping(plugin.plaintext().await).await.unwrap_err();
    let channel = plugin.tls(Some(&host), &rustls::version::TLS13).await.unwrap();
    let diagnostics = validate(&channel, "password hunter2").await;
    assert!(diagnostics.len() == 1 && !format!("{diagnostics:?}").contains("hunter2"), "{diagnostics:?}");
    assert_eq!(validate(&channel, "anything else").await, []);
    plugin.shutdown(channel).await;
    let mut text = String::new();
    soon(stderr.read_to_string(&mut text)).await.unwrap();
    text
}

fn levels_and_messages(stderr: &str) -> Vec<(String, String)> {
    let text = |line: &Value, key: &str| line[key].as_str().unwrap().to_owned();
    let lines = stderr.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    lines
        .map(|line| {
            assert!(text(&line, "@module").starts_with("process."), "{line}");
            assert!(text(&line, "@timestamp").ends_with('Z'), "{line}");
            (text(&line, "@level"), text(&line, "@message"))
        })
        .collect()
}

#[tokio::test]
async fn nothing_is_logged_unasked() {
    assert_eq!(eventful_life(&[]).await, "");
}

/// Proves: process/log-in-the-host-s-format
#[tokio::test]
async fn the_log_is_json_for_the_host() {
    for variable in ["TF_LOG", "TF_LOG_PROVIDER", "TF_LOG_PROVIDER_PROCESS"] {
        let lines = levels_and_messages(&eventful_life(&[(variable, "warn")]).await);
        let refused = ("warn".to_owned(), "refused a connection".to_owned());
        assert!(lines.contains(&refused), "{variable}: {lines:?}");
    }
}

#[tokio::test]
async fn a_call_that_panics_is_logged_without_its_message() {
    let stderr = eventful_life(&[("TF_LOG", "JSON")]).await;
    let panicked = ("error".to_owned(), "a task panicked".to_owned());
    assert!(levels_and_messages(&stderr).contains(&panicked), "{stderr}");
    assert!(!stderr.contains("hunter2"), "{stderr}");
}

/// Proves: process/log-in-the-host-s-format
#[tokio::test]
async fn a_line_names_its_call_at_every_level() {
    for level in ["error", "trace"] {
        let stderr = eventful_life(&[("TF_LOG", level)]).await;
        let mut lines = stderr.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
        let panicked = lines.find(|line| line["@message"] == "a task panicked").unwrap();
        assert_eq!(panicked["tf_rpc"], "ValidateProviderConfig", "{level}");
    }
}

#[tokio::test]
async fn a_fatal_panic_begins_as_hosts_expect() {
    let output = output(hosted(&[("PANIC_AT_START", "1")])).await;
    assert_eq!(output.status.code(), Some(101));
    assert_eq!(output.stdout, b"");
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert!(stderr.starts_with("panic: asked to panic\n"), "{stderr}");
}
