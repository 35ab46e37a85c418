//! The numbers of the release build, each beside something it can be compared with in the same run. `just bench`.
#![allow(clippy::print_stdout, reason = "a table is what a benchmark is for")]

mod process;
mod refresh;
mod sandbox;
mod stopwatch;

use harness::binaries;

/// What is measured; names on the command line choose: `just bench sandbox`.
const GROUPS: [(&str, Group); 3] =
    [("process", process::rows), ("refresh", refresh::rows), ("sandbox", sandbox::rows)];

fn main() {
    // Cargo itself adds `--bench`.
    let wanted: Vec<String> = std::env::args().skip(1).filter(|name| !name.starts_with('-')).collect();
    let provider = binaries::provider();
    let size = std::fs::metadata(&provider).map_or(0, |file| file.len());
    let mut rows =
        vec![("binary, stripped".to_owned(), format!("{:.1} MB", size as f64 / 1e6), "≤ 14 MB".to_owned())];
    for (name, measure) in GROUPS {
        if wanted.is_empty() || wanted.iter().any(|wanted| wanted == name) {
            rows.extend(measure());
        }
    }
    println!("| what | measured | aim or comparison |\n|---|---|---|");
    for (what, measured, aim) in rows {
        println!("| {what} | {measured} | {aim} |");
    }
}

/// Measures some lines of the table.
type Group = fn() -> Vec<Row>;

/// One line of the table: what, measured, aim or comparison.
type Row = (String, String, String);
