//! Medians: a shared machine makes means useless.

use std::time::{Duration, Instant};

/// The median times of things done in turn, `runs` times each, so that all meet the same noise. Each says how long it took.
pub(crate) fn medians<const N: usize>(
    runs: usize,
    mut things: [&mut dyn FnMut() -> Duration; N],
) -> [Duration; N] {
    let mut times = [const { Vec::new() }; N];
    for _ in 0..runs {
        things.iter_mut().zip(&mut times).for_each(|(thing, times)| times.push(thing()));
    }
    times.map(median)
}

/// The middle one.
pub(crate) fn median<T: Copy + PartialOrd>(mut values: Vec<T>) -> T {
    values.sort_by(|one, other| one.partial_cmp(other).expect("values that can be compared"));
    values[values.len() / 2]
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
