//! The numbers of the release build, each beside something it can be compared with in the same run. `just bench`.
#![allow(clippy::print_stdout, reason = "a table is what a benchmark is for")]

mod process;
mod refresh;
mod stopwatch;

use harness::binaries;

fn main() {
    let provider = binaries::provider();
    let size = std::fs::metadata(&provider).map_or(0, |file| file.len());
    let mut rows =
        vec![("binary, stripped".to_owned(), format!("{:.1} MB", size as f64 / 1e6), "≤ 14 MB".to_owned())];
    rows.extend(process::rows());
    rows.extend(refresh::rows());
    println!("| what | measured | aim or comparison |\n|---|---|---|");
    for (what, measured, aim) in rows {
        println!("| {what} | {measured} | {aim} |");
    }
}

/// One line of the table: what, measured, aim or comparison.
type Row = (String, String, String);
