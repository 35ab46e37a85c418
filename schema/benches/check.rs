//! How fast flows are checked, beside how fast the same texts are only read as YAML, on one core.
#![allow(clippy::print_stdout, reason = "a table is what a benchmark is for")]

use std::hint::black_box;
use std::time::{Duration, Instant};

use peak_alloc::PeakAlloc;
use schema::KestraLine;
use schema::flow::check_source;

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

/// Flows as people write them, about 60 lines each.
const FLOWS: [&str; 3] = [
    include_str!("flows/morning-load.yaml"),
    include_str!("../../examples/getting-started/flows/product-ratings.yaml"),
    include_str!("../../subflows/postgres-query.yaml"),
];

/// Runs of which the fastest counts: others of the machine only ever make a run slower.
const RUNS: usize = 5;

fn main() {
    let texts = texts(1_000);
    let bytes: usize = texts.iter().map(String::len).sum();
    println!("| what | flows/s | MB/s | time beside reading |\n|---|---|---|---|");
    let read = measured(&texts, |text| drop(black_box(schema::yaml::parse(text))));
    row("reading the YAML", &texts, bytes, read, read);
    let one = |line: KestraLine| move |text: &str| drop(black_box(check_source(text, &[line])));
    for line in KestraLine::ALL {
        row(&format!("checking for {line}"), &texts, bytes, measured(&texts, one(line)), read);
    }
    let all = |text: &str| drop(black_box(check_source(text, &KestraLine::ALL)));
    row("checking for all lines", &texts, bytes, measured(&texts, all), read);

    println!("\n| flows checked | peak memory beyond the texts |\n|---|---|");
    for count in [10, 100, 1_000, 10_000] {
        let texts = self::texts(count);
        let before = MEMORY.current_usage();
        MEMORY.reset_peak_usage();
        texts.iter().for_each(|text| all(text));
        println!("| {count} | {} kB |", (MEMORY.peak_usage() - before) / 1000);
    }
}

/// As many flows, no two of which are the same.
fn texts(count: usize) -> Vec<String> {
    let numbered = |(number, flow): (usize, &&str)| format!("{flow}# {number}\n");
    FLOWS.iter().cycle().take(count).enumerate().map(numbered).collect()
}

/// How long it takes to do something with every text.
fn measured(texts: &[String], work: impl Fn(&str)) -> Duration {
    let run = || {
        let start = Instant::now();
        texts.iter().for_each(|text| work(text));
        start.elapsed()
    };
    (0..RUNS).map(|_| run()).min().unwrap_or_default()
}

fn row(what: &str, texts: &[String], bytes: usize, time: Duration, reading: Duration) {
    let seconds = time.as_secs_f64();
    println!(
        "| {what} | {:.0} | {:.1} | × {:.1} |",
        texts.len() as f64 / seconds,
        bytes as f64 / 1e6 / seconds,
        seconds / reading.as_secs_f64()
    );
}
