//! When a process is killed: drawn at random, and the same again for the same seed.

use std::{
    env, hint,
    time::{Duration, Instant},
};

/// A continuous integration has this patience; `just crash` has more.
const ROUNDS: u32 = 12;
/// Enough for some writes of each kind, and now and then for none of a kind.
const ACKNOWLEDGEMENTS: usize = 120;
/// Longer than a write takes, so that every moment of it is met.
const WRITE_MICROSECONDS: u64 = 5_000;
/// Longer than a sandbox needs to open new data, so that every moment of that is met.
const OPENING_MICROSECONDS: u64 = 100_000;

/// The moments of one run.
pub(super) struct Moments {
    pub(super) rounds: u32,
    pub(super) seed: u64,
    random: fastrand::Rng,
}

impl Moments {
    #[expect(clippy::print_stdout, reason = "a test that fails shows how to see it fail again")]
    pub(super) fn new() -> Self {
        let number = |name| env::var(name).ok().map(|text| text.parse().expect("a number"));
        let rounds = number("FLOWSMITH_CRASH_ROUNDS").map_or(ROUNDS, |rounds: u64| rounds as u32);
        let seed = number("FLOWSMITH_CRASH_SEED").unwrap_or_else(|| fastrand::u64(..));
        println!("FLOWSMITH_CRASH_SEED={seed} draws these moments again");
        Self { rounds, seed, random: fastrand::Rng::with_seed(seed) }
    }

    /// A moment under load.
    pub(super) fn draw(&mut self) -> Moment {
        let acknowledgements = self.random.usize(1..=ACKNOWLEDGEMENTS);
        Moment { acknowledgements, delay: Duration::from_micros(self.random.u64(..WRITE_MICROSECONDS)) }
    }

    /// A moment after the start of a process.
    pub(super) fn draw_for_opening(&mut self) -> Moment {
        let delay = Duration::from_micros(self.random.u64(..OPENING_MICROSECONDS));
        Moment { acknowledgements: 0, delay }
    }
}

/// A number of acknowledgements, and a time after the last of them.
#[derive(Clone, Copy)]
pub(super) struct Moment {
    pub(super) acknowledgements: usize,
    delay: Duration,
}

impl Moment {
    /// Timers are a thousand times coarser than the steps of a write.
    pub(super) fn wait(self) {
        let start = Instant::now();
        while start.elapsed() < self.delay {
            hint::spin_loop();
        }
    }
}
