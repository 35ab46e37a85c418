//! Plans of many objects: the time beside as many built-in resources, the requests of a steady refresh, the memory.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::time::Duration;

use harness::{Server, Workspace, for_each_host};
use tracing::field::{Field, Visit};
use tracing_subscriber::layer::{Context, Layer, SubscriberExt};
use tracing_subscriber::util::SubscriberInitExt;

use crate::Row;
use crate::stopwatch::{medians, ms, time};

const NAMESPACES: usize = 20;
const FLOWS: usize = 1_000;
const ENTRIES: usize = 250;

pub(crate) fn rows() -> Vec<Row> {
    tracing_subscriber::registry().with(CountRequests).init();
    let mut rows = Vec::new();
    for_each_host(|host| {
        let server = Server::start();
        let flows = Workspace::new(host).env("KESTRA_URL", server.url());
        flows.file("main.tf", &project());
        flows.init();
        flows.apply().succeeds();
        // The first refresh after a write learns what the next ones compare with.
        flows.run(&["apply", "-no-color", "-auto-approve", "-refresh-only"]).succeeds();
        REQUESTS.store(0, Ordering::Relaxed);
        let memory = peak_memory(|| drop(flows.plan().is_empty_plan()));
        let requests = REQUESTS.load(Ordering::Relaxed);
        let lists = format!("{NAMESPACES} namespaces of flows + {NAMESPACES} of KV entries + 1");
        rows.push((
            format!("requests of a refresh of {FLOWS} flows, {ENTRIES} KV entries ({host})"),
            requests.to_string(),
            lists,
        ));
        rows.push((
            format!("peak memory of the provider in that plan ({host})"),
            format!("{memory} MB"),
            "≤ 30 MB".to_owned(),
        ));

        let built_in = Workspace::new(host);
        built_in.file("main.tf", &as_many_built_in());
        built_in.init();
        built_in.apply().succeeds();
        let plan = |workspace: &Workspace| time(|| drop(workspace.plan().is_empty_plan()));
        let [ours, theirs] = medians(5, [&mut || plan(&flows), &mut || plan(&built_in)]);
        let ratio = ours.as_secs_f64() / theirs.as_secs_f64();
        let compared = format!("≤ 1.3 ×; {} beside {} of terraform_data", ms(ours), ms(theirs));
        rows.push((
            format!("plan of {FLOWS} flows + {ENTRIES} KV entries ({host})"),
            format!("{ratio:.2} ×"),
            compared,
        ));
    });
    rows
}

static REQUESTS: AtomicUsize = AtomicUsize::new(0);

/// The sandbox says in its log which calls it answered.
struct CountRequests;

impl<S: tracing::Subscriber> Layer<S> for CountRequests {
    fn on_event(&self, event: &tracing::Event<'_>, _context: Context<'_, S>) {
        struct IsAnswer(bool);
        impl Visit for IsAnswer {
            fn record_debug(&mut self, field: &Field, _value: &dyn std::fmt::Debug) {
                self.0 |= field.name() == "status";
            }
        }
        let mut answer = IsAnswer(false);
        event.record(&mut answer);
        if answer.0 && event.metadata().target().starts_with("sandbox") {
            REQUESTS.fetch_add(1, Ordering::Relaxed);
        }
    }
}

/// The texts of all flows, as an expression each.
fn flows() -> impl Iterator<Item = String> {
    (0..FLOWS).map(|number| {
        let namespace = number % NAMESPACES;
        format!(
            "yamlencode({{ id = \"flow{number}\", namespace = \"company.team{namespace}\", tasks = [{{ id = \"log\", type = \
             \"io.kestra.plugin.core.log.Log\", message = \"hello\" }}] }})"
        )
    })
}

fn project() -> String {
    let mut text = String::from(
        "terraform {\n  required_providers {\n    kestra = { source = \"flowsmith/kestra\" }\n  }\n}\n",
    );
    for (number, flow) in flows().enumerate() {
        let _ = writeln!(text, "resource \"kestra_flow\" \"flow{number}\" {{\n  content = {flow}\n}}");
    }
    for number in 0..ENTRIES {
        let namespace = number % NAMESPACES;
        let _ = writeln!(
            text,
            "resource \"kestra_kv\" \"entry{number}\" {{\n  namespace = \"company.team{namespace}\"\n  key = \"key{number}\"\n  \
             value = \"value {number}\"\n}}"
        );
    }
    text
}

/// Built-in resources that hold the same texts: the difference is the provider's, not the configuration's.
fn as_many_built_in() -> String {
    let values = flows().chain((0..ENTRIES).map(|number| format!("\"value {number}\"")));
    let resource =
        |(number, value)| format!("resource \"terraform_data\" \"data{number}\" {{\n  input = {value}\n}}\n");
    values.enumerate().map(resource).collect()
}

/// The most memory that any provider process held while `run` ran, in megabytes: the kernel's own high-water mark.
fn peak_memory(run: impl FnOnce()) -> u64 {
    let (peak, done) = (AtomicU64::new(0), AtomicBool::new(false));
    std::thread::scope(|scope| {
        scope.spawn(|| {
            while !done.load(Ordering::Relaxed) {
                peak.fetch_max(high_water_mark(), Ordering::Relaxed);
                std::thread::park_timeout(Duration::from_millis(5));
            }
        });
        run();
        done.store(true, Ordering::Relaxed);
    });
    peak.into_inner() / 1_024
}

fn high_water_mark() -> u64 {
    let processes = fs::read_dir("/proc").into_iter().flatten().flatten();
    processes.filter_map(|process| provider_memory(&process.path())).max().unwrap_or(0)
}

fn provider_memory(process: &Path) -> Option<u64> {
    let name = fs::read_to_string(process.join("comm")).ok()?;
    if !name.starts_with("terraform-provi") {
        return None;
    }
    let status = fs::read_to_string(process.join("status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.split_whitespace().next()?.parse().ok()
}
