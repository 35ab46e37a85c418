//! What happens while calls run: many at once, large ones, some that panic, and some whose caller has gone away.

use futures_util::future::join_all;
use tempfile::TempDir;
use tfplugin::value::Value;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{UnixListener, UnixStream};
use tonic::transport::Channel;

use crate::calls::{configure, create, read, validate};
use crate::host::{Plugin, hosted, ping, soon};

/// More than hosts make, whose limit is ten unless the user raises it.
const AT_ONCE: usize = 100;

/// Where creates wait until the test lets them through.
struct Gate {
    path: String,
    listener: UnixListener,
    _folder: TempDir,
}

impl Gate {
    fn new() -> Self {
        let folder = tempfile::tempdir_in("/tmp").unwrap();
        let path = folder.path().join("gate").to_str().unwrap().to_owned();
        Self { listener: UnixListener::bind(&path).unwrap(), path, _folder: folder }
    }

    /// The next create that waits.
    async fn waiting(&self) -> UnixStream {
        soon(self.listener.accept()).await.unwrap().0
    }

    /// A create that waits, and whose caller has given up on it.
    async fn abandoned(&self, channel: &Channel) -> UnixStream {
        tokio::select! {
            created = create(channel, Some(&self.path), "text") => panic!("it did not wait: {created:?}"),
            waiting = self.waiting() => waiting,
        }
    }
}

/// Lets a create through, and waits until it is.
async fn let_through(mut waiting: UnixStream) {
    waiting.write_u8(7).await.unwrap();
    assert_eq!(soon(waiting.read_u8()).await.unwrap(), 7);
}

/// Proves: process/100-calls-at-once
#[tokio::test]
async fn a_hundred_calls_run_at_once() {
    let plugin = Plugin::start(hosted(&[])).await;
    let channel = plugin.plaintext().await.unwrap();
    configure(&channel, "set").await;
    let gate = Gate::new();
    let creates = (0..AT_ONCE).map(|_| create(&channel, Some(&gate.path), "text"));
    let release = async {
        // Nobody is let through before all of them wait.
        let mut waiting = Vec::new();
        while waiting.len() < AT_ONCE {
            waiting.push(gate.waiting().await);
        }
        join_all(waiting.into_iter().map(let_through)).await;
    };
    let (settings, ()) = tokio::join!(join_all(creates), release);
    assert!(settings.iter().all(|setting| *setting == Ok(Value::from("set"))), "{settings:?}");
    plugin.shutdown(channel).await;
}

/// Proves: resources/call-cancelled-by-the-host
#[tokio::test]
async fn a_create_outlives_the_call_that_asked_for_it() {
    let plugin = Plugin::start(hosted(&[])).await;
    let channel = plugin.plaintext().await.unwrap();
    configure(&channel, "set").await;
    let gate = Gate::new();
    let waiting = gate.abandoned(&channel).await;
    // The call is gone, and the provider has read that it is once it answers what came after.
    ping(Ok(channel.clone())).await.unwrap();
    let_through(waiting).await;
    plugin.shutdown(channel).await;
}

/// Proves: resources/call-cancelled-by-the-host
#[tokio::test]
async fn a_create_outlives_the_connection_that_asked_for_it() {
    let plugin = Plugin::start(hosted(&[])).await;
    let channel = plugin.plaintext().await.unwrap();
    configure(&channel, "set").await;
    let gate = Gate::new();
    let waiting = gate.abandoned(&channel).await;
    drop(channel);
    let channel = plugin.plaintext().await.unwrap();
    ping(Ok(channel.clone())).await.unwrap();
    let_through(waiting).await;
    plugin.shutdown(channel).await;
}

/// Proves: process/panic-in-a-handler
#[tokio::test]
async fn calls_that_panic_are_diagnostics_and_nothing_else() {
    let plugin = Plugin::start(hosted(&[])).await;
    let channel = plugin.plaintext().await.unwrap();
    configure(&channel, "set").await;
    let texts: Vec<_> = (0..AT_ONCE).map(|i| if i % 2 == 0 { "password" } else { "text" }).collect();
    let results = join_all(texts.iter().map(|text| create(&channel, None, text))).await;
    for (text, result) in texts.iter().zip(results) {
        match (*text, result) {
            ("text", result) => assert_eq!(result, Ok(Value::from("set"))),
            (_, Ok(setting)) => panic!("it should have panicked: {setting:?}"),
            (_, Err(diagnostics)) => {
                assert_eq!(diagnostics.len(), 1);
                assert_eq!(diagnostics[0].summary, "Provider bug");
                assert!(!diagnostics[0].detail.contains("password"), "{diagnostics:?}");
            }
        }
    }
    assert_eq!(create(&channel, None, "text").await, Ok(Value::from("set")));
    plugin.shutdown(channel).await;
}

/// Proves: provider/calls-before-the-schema-is-asked-for
#[tokio::test]
async fn the_last_configuration_counts() {
    let plugin = Plugin::start(hosted(&[])).await;
    let (one, two) = (plugin.plaintext().await.unwrap(), plugin.plaintext().await.unwrap());
    for (channel, text) in [(&one, "first"), (&two, "second"), (&one, "third")] {
        configure(channel, text).await;
        for channel in [&one, &two] {
            assert_eq!(read(channel, "text").await, (Value::from("text"), Value::from(text)));
        }
    }
    plugin.shutdown(one).await;
}

/// Proves: process/messages-beyond-4-mib
#[tokio::test]
async fn messages_may_be_larger_than_grpcs_usual_limit() {
    let plugin = Plugin::start(hosted(&[])).await;
    let channel = plugin.plaintext().await.unwrap();
    configure(&channel, "set").await;
    for megabytes in [5, 100] {
        let text = "x".repeat(megabytes << 20);
        assert_eq!(validate(&channel, &text).await, []);
        // There and back.
        assert!(read(&channel, &text).await == (Value::from(text), Value::from("set")), "{megabytes} MiB");
    }
    plugin.shutdown(channel).await;
}
