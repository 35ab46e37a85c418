//! Makes Kestra's engine ready while a person watches.

use std::time::Duration;

use anyhow::Context;
use engine::Engine;
use indicatif::{ProgressBar, ProgressStyle};
use schema::KestraLine;

/// The engine of a line. What is being done is shown on stderr, where that is a terminal.
pub(super) async fn prepare(line: KestraLine) -> anyhow::Result<Engine> {
    let bar = ProgressBar::new_spinner().with_message("looking for Java and Maven");
    if let Ok(style) = ProgressStyle::with_template("{spinner} {wide_msg} {elapsed}") {
        bar.set_style(style);
    }
    bar.enable_steady_tick(Duration::from_millis(100));
    let shown = bar.clone();
    let prepare = move || Engine::prepare(line, &mut |step| shown.set_message(step.to_string()));
    let prepared = tokio::task::spawn_blocking(prepare).await;
    bar.finish_and_clear();
    prepared.context("the engine was not made ready")?.context("--engine can't be had here")
}
