//! The sandbox: how soon it answers, empty and with many flows, what it takes, and how its writes stand beside the disk.

use std::fs::{self, File};
use std::io::{Seek as _, Write as _};
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use harness::Shipped;
use reqwest::Client;
use tokio::runtime::Runtime;
use tokio::task::JoinSet;

use crate::Row;
use crate::stopwatch::{median, ms};

const STARTS: usize = 15;
/// How often each rate is taken, in turn with the others, so that all meet the same noise.
const TURNS: usize = 7;
const TURN: Duration = Duration::from_millis(700);
const CLIENTS: usize = 16;
const MANY: u64 = 50_000;
/// What one commit of a flow writes to the journal of the store, in bytes: six pages with their headers.
const COMMIT: usize = 6 * (4_096 + 24);
/// How many commits the journal holds before it is written from its beginning again.
const JOURNAL: u32 = 160;

pub(crate) fn rows() -> Vec<Row> {
    let data = tempfile::tempdir().expect("a temporary folder");
    let mut rows = starts(data.path(), "empty", "≤ 50 ms", "≤ 20 MB");
    let runtime = Runtime::new().expect("threads can be started");
    rows.extend(runtime.block_on(rates(data.path())));
    rows.extend(starts(data.path(), &format!("{MANY} flows"), "≤ 300 ms", "no aim"));
    rows
}

/// A running sandbox; it is killed in the end, so that the next start is one after a crash.
struct Sandbox(Shipped);

impl Sandbox {
    fn start(data: &Path) -> Self {
        Self(Shipped::start_in(data, &[]))
    }

    fn tenant(&self, path: &str) -> String {
        format!("{}/api/v1/main/{path}", self.0.url())
    }

    /// The memory that the process holds, in megabytes.
    fn memory(&self) -> f64 {
        let file = format!("/proc/{}/status", self.0.process().id());
        let status = fs::read_to_string(file).unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        let kilobytes = line.and_then(|line| line.split_whitespace().next()?.parse().ok());
        kilobytes.unwrap_or(f64::NAN) / 1_024.0
    }
}

/// From exec to the answer to a first request, and the memory then.
fn starts(data: &Path, what: &str, aim: &str, memory_aim: &str) -> Vec<Row> {
    let runtime = Runtime::new().expect("threads can be started");
    let (mut times, mut memory) = (Vec::new(), 0.0_f64);
    for _ in 0..STARTS {
        let client = client();
        let start = Instant::now();
        let sandbox = Sandbox::start(data);
        runtime.block_on(ask(&client, &sandbox.tenant("flows/company.team0/flow0"), &[200, 404]));
        times.push(start.elapsed());
        memory = memory.max(sandbox.memory());
    }
    vec![
        (format!("sandbox, {what}: start to first answer"), ms(median(times)), aim.to_owned()),
        (format!("sandbox, {what}: memory then"), format!("{memory:.1} MB"), memory_aim.to_owned()),
    ]
}

fn client() -> Client {
    Client::builder().no_proxy().build().expect("a client")
}

async fn ask(client: &Client, url: &str, statuses: &[u16]) {
    let answer = client.get(url).send().await.expect("an answer");
    assert!(statuses.contains(&answer.status().as_u16()), "{url}: {}", answer.status());
    answer.bytes().await.expect("a body");
}

/// Writes and reads per second beside what the disk makes durable, and then as many flows as the next start wants.
async fn rates(data: &Path) -> Vec<Row> {
    let sandbox = Sandbox::start(data);
    let (client, written) = (client(), AtomicU64::new(0));
    let load = Load { sandbox: &sandbox, client: &client, written: &written };
    let mut found = [const { Vec::new() }; 5];
    for _ in 0..TURNS {
        found[0].push(fsyncs(data));
        found[1].push(load.writes(1).await);
        found[2].push(load.writes(CLIENTS).await);
        found[3].push(load.reads(1).await);
        found[4].push(load.reads(CLIENTS).await);
    }
    load.fill().await;
    let [raw, one, many, read, reads] = found.map(median);
    let beside = |rate: f64, aim: &str| format!("{aim}; {:.2} × the disk's {raw:.0}", rate / raw);
    let row = |what: &str, rate: f64, compared: String| {
        (format!("sandbox: {what}"), format!("{rate:.0} per second"), compared)
    };
    vec![
        row("durable writes of a flow, one client", one, beside(one, "≥ 0.5 ×")),
        row(&format!("durable writes of a flow, {CLIENTS} clients"), many, beside(many, "≥ 3 ×")),
        row("reads of a flow, one client", read, "no aim".into()),
        row(&format!("reads of a flow, {CLIENTS} clients"), reads, "no aim".into()),
    ]
}

/// How often a second the disk makes durable what one commit writes: in a file that does not grow, like the journal.
fn fsyncs(folder: &Path) -> f64 {
    let path = folder.join("bench");
    let mut file = File::create(&path).expect("a file");
    let block = [7_u8; COMMIT];
    (0..JOURNAL).for_each(|_| file.write_all(&block).expect("a block"));
    file.sync_all().expect("a durable file");
    let (start, mut count) = (Instant::now(), 0_u32);
    while start.elapsed() < TURN {
        if count.is_multiple_of(JOURNAL) {
            file.rewind().expect("the beginning");
        }
        file.write_all(&block).and_then(|()| file.sync_data()).expect("a durable block");
        count += 1;
    }
    let rate = f64::from(count) / start.elapsed().as_secs_f64();
    fs::remove_file(path).expect("a file");
    rate
}

/// Clients of one sandbox.
struct Load<'a> {
    sandbox: &'a Sandbox,
    client: &'a Client,
    /// How many flows there are.
    written: &'a AtomicU64,
}

impl Load<'_> {
    /// New flows per second by so many clients.
    async fn writes(&self, clients: usize) -> f64 {
        let (before, start) = (self.written.load(Ordering::Relaxed), Instant::now());
        self.write_while(clients, move |_| start.elapsed() < TURN).await;
        (self.written.load(Ordering::Relaxed) - before) as f64 / start.elapsed().as_secs_f64()
    }

    /// Writes until there are many flows.
    async fn fill(&self) {
        self.write_while(CLIENTS, |number| number < MANY).await;
    }

    async fn write_while(&self, clients: usize, goes_on: impl Fn(u64) -> bool + Clone + Send + 'static) {
        let url = self.sandbox.tenant("flows");
        let next = std::sync::Arc::new(AtomicU64::new(self.written.load(Ordering::Relaxed)));
        let mut writers = JoinSet::new();
        for _ in 0..clients {
            let (client, url, next, goes_on) =
                (self.client.clone(), url.clone(), next.clone(), goes_on.clone());
            writers.spawn(async move {
                while goes_on(next.load(Ordering::Relaxed)) {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    let request =
                        client.post(&url).header("content-type", "application/x-yaml").body(flow(number));
                    let answer = request.send().await.expect("an answer");
                    assert!(answer.status().is_success(), "flow {number}: {}", answer.status());
                    answer.bytes().await.expect("a body");
                }
            });
        }
        writers.join_all().await;
        self.written.store(next.load(Ordering::Relaxed), Ordering::Relaxed);
    }

    /// Flows read per second by so many clients.
    async fn reads(&self, clients: usize) -> f64 {
        let (there, start) = (self.written.load(Ordering::Relaxed), Instant::now());
        let mut readers = JoinSet::new();
        for reader in 0..clients as u64 {
            let (client, base) = (self.client.clone(), self.sandbox.tenant("flows"));
            readers.spawn(async move {
                let mut count = 0_u64;
                while start.elapsed() < TURN {
                    let number = (reader + count * 7) % there;
                    ask(&client, &format!("{base}/{}/flow{number}", namespace(number)), &[200]).await;
                    count += 1;
                }
                count
            });
        }
        let count: u64 = readers.join_all().await.into_iter().sum();
        count as f64 / start.elapsed().as_secs_f64()
    }
}

fn namespace(number: u64) -> String {
    format!("company.team{}", number % 20)
}

fn flow(number: u64) -> String {
    let namespace = namespace(number);
    format!(
        "id: flow{number}\nnamespace: {namespace}\ntasks:\n  - id: log\n    type: io.kestra.plugin.core.log.Log\n    message: hello\n"
    )
}
