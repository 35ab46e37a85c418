//! Standard input, output and error in every state a host may leave them in: the provider depends on none of them.

use serde_json::Value;
use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::process::Command;

use crate::calls::{configure, create};
use crate::host::{Plugin, hosted, script, soon};

/// With this much to say, a stream that takes nothing would be noticed.
const LOG: (&str, &str) = ("TF_LOG", "trace");

/// Works and ends as if nothing was missing.
async fn is_well(plugin: Plugin) {
    let channel = plugin.plaintext().await.unwrap();
    configure(&channel, "set").await;
    assert_eq!(create(&channel, None, "text").await, Ok("set".into()));
    // A caught panic is logged.
    create(&channel, None, "password").await.unwrap_err();
    plugin.shutdown(channel).await;
}

/// Proves: process/standard-streams-closed
#[tokio::test]
async fn stdin_is_not_read() {
    let mut silent = hosted(&[LOG]);
    // A pipe whose other end is open and says nothing.
    silent.stdin(std::process::Stdio::piped());
    for command in [silent, script(r#"exec "$0" <&-"#, &[LOG])] {
        is_well(Plugin::start(command).await).await;
    }
}

/// Proves: process/standard-streams-closed
#[tokio::test]
async fn stderr_may_be_closed() {
    is_well(Plugin::start(script(r#"exec "$0" 2>&-"#, &[LOG])).await).await;
}

/// Proves: process/standard-streams-closed
#[tokio::test]
async fn stdout_may_be_closed() {
    is_well(unannounced(script(r#"exec "$0" >&-"#, &[LOG])).await).await;
}

/// Proves: process/standard-streams-closed
#[tokio::test]
async fn nothing_may_be_open_but_stderr() {
    is_well(unannounced(script(r#"exec "$0" <&- >&-"#, &[LOG])).await).await;
}

/// Starts a provider whose line nobody can read, and finds it by its log.
async fn unannounced(mut command: Command) -> Plugin {
    let mut child = command.spawn().unwrap();
    let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
    let socket = loop {
        let line = soon(lines.next_line()).await.unwrap().expect("a line that names the socket");
        let line: Value = serde_json::from_str(&line).unwrap();
        if line["@message"] == "listening" {
            break line["socket"].as_str().unwrap().to_owned();
        }
    };
    Plugin { child, stdout: None, line: format!("1|6|unix|{socket}|grpc|\n") }
}
