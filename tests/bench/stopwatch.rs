//! Medians: a shared machine makes means useless.

use std::time::{Duration, Instant};

/// The median time of `runs` runs.
pub(crate) fn median(runs: usize, mut run: impl FnMut()) -> Duration {
    let mut times: Vec<Duration> = (0..runs).map(|_| time(&mut run)).collect();
    times.sort();
    times[times.len() / 2]
}

/// The medians of two things done in turn, so that both meet the same noise.
pub(crate) fn medians(runs: usize, mut a: impl FnMut(), mut b: impl FnMut()) -> (Duration, Duration) {
    let pairs: Vec<_> = (0..runs).map(|_| (time(&mut a), time(&mut b))).collect();
    let middle = |mut times: Vec<Duration>| {
        times.sort();
        times[times.len() / 2]
    };
    (middle(pairs.iter().map(|pair| pair.0).collect()), middle(pairs.iter().map(|pair| pair.1).collect()))
}

/// The time of one run.
pub(crate) fn time(run: impl FnOnce()) -> Duration {
    let start = Instant::now();
    run();
    start.elapsed()
}

/// Milliseconds with one decimal.
pub(crate) fn ms(time: Duration) -> String {
    format!("{:.1} ms", time.as_secs_f64() * 1e3)
}
