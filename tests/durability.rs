//! An acknowledged write survives the death of the sandbox's process at any moment.

use std::{
    collections::BTreeMap,
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, Command, Stdio},
};

use client::{Client, Config, Error, PutOptions, Retry};
use harness::binaries;
use tokio::{sync::mpsc, task::JoinSet};

const ROUNDS: u32 = 6;
const WRITERS: u32 = 4;
/// Acknowledgements awaited before the process is killed, while further writes are in flight.
const ACKNOWLEDGED_PER_ROUND: usize = 60;
const NAMESPACE: &str = "company.durability";

/// The shipped binary on a data folder; killed, never stopped.
struct Victim {
    process: Child,
    client: Client,
}

impl Victim {
    fn start(data: &Path) -> Self {
        let mut process = Command::new(binaries::flowsmith())
            .args(["sandbox", "--port", "0", "--data"])
            .arg(data)
            .stdout(Stdio::piped())
            .spawn()
            .expect("flowsmith starts");
        let mut line = String::new();
        let stdout = process.stdout.take().expect("a pipe");
        BufReader::new(stdout).read_line(&mut line).expect("a line");
        let url = line
            .trim_end()
            .strip_prefix("sandbox ready at ")
            .unwrap_or_else(|| panic!("not ready: {line:?}"));
        // A write that is sent twice would count twice: the revisions below are exact.
        let retry = Retry { max_attempts: 1, ..Retry::default() };
        let config = Config { url: url.to_owned(), retry, ..Config::default() };
        Self { process, client: Client::new(config).expect("a client") }
    }
}

impl Drop for Victim {
    /// SIGKILL: no destructor runs, no buffer is flushed.
    fn drop(&mut self) {
        self.process.kill().expect("the sandbox is alive until it is killed");
        self.process.wait().expect("the sandbox is gone");
    }
}

/// One writer's last acknowledged number, for its flow and for its KV entry.
type Acknowledged = BTreeMap<u32, u32>;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn acknowledged_writes_survive_sigkill() {
    let data = tempfile::tempdir().expect("a temporary folder");
    let mut acknowledged: Acknowledged = (0..WRITERS).map(|writer| (writer, 0)).collect();
    for _ in 0..ROUNDS {
        let victim = Victim::start(data.path());
        nothing_is_lost(&victim.client, &mut acknowledged).await;
        write_until_killed(victim, &mut acknowledged).await;
    }
    let survivor = Victim::start(data.path());
    nothing_is_lost(&survivor.client, &mut acknowledged).await;
}

/// Every writer finds its last acknowledged number, or the one that was in flight when the process died.
async fn nothing_is_lost(client: &Client, acknowledged: &mut Acknowledged) {
    for (writer, last) in acknowledged {
        let name = format!("writer-{writer}");
        let revision = match client.flows().get(NAMESPACE, &name).await {
            Err(Error::NotFound { .. }) if *last == 0 => continue,
            flow => {
                let flow = flow.expect("the flow is kept");
                assert_eq!(flow.source, Some(source(*writer, number(flow.revision))), "{name}");
                number(flow.revision)
            }
        };
        let kept = match client.kv().get(NAMESPACE, &name).await {
            Err(Error::NotFound { .. }) if *last == 0 => 0,
            value => number(value.expect("the entry is kept").value.as_u64().expect("a number")),
        };
        let possible = *last..=*last + 1;
        assert!(possible.contains(&kept), "{name}: the entry is {kept} after {last} was acknowledged");
        assert!(
            possible.contains(&revision) && revision >= kept,
            "{name}: revision {revision}, entry {kept}"
        );
        // The next round goes on from what is there.
        if kept < revision {
            put(client, *writer, revision).await.expect("an entry");
        }
        *last = revision;
    }
}

fn number(count: u64) -> u32 {
    u32::try_from(count).expect("a small number")
}

async fn write_until_killed(victim: Victim, acknowledged: &mut Acknowledged) {
    let (acknowledge, mut acknowledgements) = mpsc::unbounded_channel();
    let mut writers = JoinSet::new();
    for (&writer, &last) in &*acknowledged {
        let (client, acknowledge) = (victim.client.clone(), acknowledge.clone());
        writers.spawn(async move {
            let mut number = last;
            // The first write that fails is the one the kill interrupted.
            while write(&client, writer, number + 1).await.is_ok() {
                number += 1;
                let _ = acknowledge.send((writer, number));
            }
        });
    }
    drop(acknowledge);
    let mut victim = Some(victim);
    let mut count = 0;
    while let Some((writer, number)) = acknowledgements.recv().await {
        acknowledged.insert(writer, number);
        count += 1;
        if count == ACKNOWLEDGED_PER_ROUND {
            victim.take();
        }
    }
    assert!(victim.is_none(), "a write failed before the kill, after {count} acknowledgements");
    writers.join_all().await;
}

/// The flow first, the entry second: between the two the entry is one behind.
async fn write(client: &Client, writer: u32, number: u32) -> Result<(), Error> {
    let source = source(writer, number);
    let flows = client.flows();
    let stored = match number {
        1 => flows.create(&source).await?,
        _ => flows.update(NAMESPACE, &format!("writer-{writer}"), &source).await?,
    };
    assert_eq!(stored.revision, u64::from(number));
    put(client, writer, number).await
}

async fn put(client: &Client, writer: u32, number: u32) -> Result<(), Error> {
    let key = format!("writer-{writer}");
    client.kv().put(NAMESPACE, &key, number.to_string().into(), &PutOptions::default()).await
}

fn source(writer: u32, number: u32) -> String {
    format!(
        "id: writer-{writer}\nnamespace: {NAMESPACE}\ntasks:\n  - id: log\n    type: io.kestra.plugin.core.log.Log\n    message: \"{number}\"\n"
    )
}
