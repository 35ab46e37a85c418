//! What a person sees while the demo works: a spinner for the step in progress, and a line for each finished one.

use std::{
    future::Future,
    time::{Duration, Instant},
};

use anstyle::{AnsiColor, Style};
use indicatif::{ProgressBar, ProgressStyle};

/// Runs a step of the demo and reports it; `note` says in a few words what came out.
///
/// # Errors
/// The step's own error; the failed step's line is printed first.
pub(super) async fn step<T>(
    name: &str,
    work: impl Future<Output = anyhow::Result<T>>,
    note: impl FnOnce(&T) -> String,
) -> anyhow::Result<T> {
    let (spinner, start) = (spinner(name), Instant::now());
    let result = work.await;
    spinner.finish_and_clear();
    let took = start.elapsed();
    match &result {
        Ok(value) => finished("✓", AnsiColor::Green, name, &note(value), took),
        Err(_) => finished("✗", AnsiColor::Red, name, "failed", took),
    }
    result
}

/// Shown on stderr while the step runs, and only where stderr is a terminal.
fn spinner(name: &str) -> ProgressBar {
    let spinner = ProgressBar::new_spinner().with_message(name.to_owned());
    if let Ok(style) = ProgressStyle::with_template("{spinner} {msg}  {elapsed}") {
        spinner.set_style(style);
    }
    spinner.enable_steady_tick(Duration::from_millis(100));
    spinner
}

fn finished(mark: &str, color: AnsiColor, name: &str, note: &str, took: Duration) {
    let (color, dim) = (color.on_default(), Style::new().dimmed());
    let seconds = took.as_secs_f64();
    anstream::println!("{color}{mark}{color:#} {name:<18} {note}  {dim}{seconds:.1} s{dim:#}");
}
