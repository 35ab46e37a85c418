//! How much memory random msgpack makes the reader take: lengths in the data must not be believed.
//!
//! `TFPLUGIN_RANDOM_INPUTS` sets how many inputs there are; `cargo test --release --test memory` runs millions in minutes.

#[path = "value/strategies.rs"]
mod strategies;

use std::io::Write as _;
use std::panic::{AssertUnwindSafe, catch_unwind};

use peak_alloc::PeakAlloc;
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::{TestRng, TestRunner};

use tfplugin::fuzz;
use tfplugin::value::{Type, msgpack};

use strategies::typed_value;

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

/// The most memory that reading one input may take, in bytes.
const LIMIT: usize = 64 << 20;
/// Inputs of a run that was not asked for more.
const INPUTS: usize = 20_000;
/// Inputs made from one type and one value of it, which take longer to make up than to read.
const PER_TYPE: usize = 100;
/// The longest input that is nothing but random bytes.
const LONGEST: usize = 4096;

/// What begins msgpack's longest items: a length in four bytes, and the largest at that.
const HUGE: [[u8; 5]; 4] = [
    [0xdb, 0xff, 0xff, 0xff, 0xff],
    [0xdd, 0xff, 0xff, 0xff, 0xff],
    [0xdf, 0xff, 0xff, 0xff, 0xff],
    [0xc9, 0xff, 0xff, 0xff, 0xff],
];

/// Proves: values/hostile-input
#[test]
fn no_input_makes_the_reader_panic_or_take_much_memory() {
    let inputs = std::env::var("TFPLUGIN_RANDOM_INPUTS").map_or(INPUTS, |inputs| inputs.parse().unwrap());
    let mut runner = TestRunner::default();
    let mut most = 0;
    let (mut read, mut done) = (0, 0);
    while done < inputs {
        let (ty, value) = typed_value(false).new_tree(&mut runner).unwrap().current();
        let valid = msgpack::encode(&value, &ty).unwrap();
        for number in 0..PER_TYPE.min(inputs - done) {
            let rng = runner.rng();
            let input = if number % 2 == 0 { random(rng) } else { damaged(rng, &valid) };
            most = most.max(memory_of(&ty, &input));
            read += usize::from(msgpack::decode(&input, &ty).is_ok());
            done += 1;
        }
    }
    let figures = format!("{done} inputs, {read} of them readable; at most {most} bytes for one");
    writeln!(std::io::stderr(), "{figures}").unwrap();
    assert!(read > 0 && read < done, "{figures}");
    assert!(most <= LIMIT, "{figures}");
}

/// The memory that reading an input took at its peak, in bytes.
fn memory_of(ty: &Type, input: &[u8]) -> usize {
    MEMORY.reset_peak_usage();
    let before = MEMORY.current_usage();
    let read = catch_unwind(AssertUnwindSafe(|| fuzz::msgpack_of(ty, input)));
    assert!(read.is_ok(), "it was {ty}: {input:02x?}");
    MEMORY.peak_usage().saturating_sub(before)
}

fn random(rng: &mut TestRng) -> Vec<u8> {
    let longest = if rng.random_ratio(1, 20) { LONGEST } else { 64 };
    let mut bytes = vec![0; rng.random_range(0..longest)];
    rng.fill_bytes(&mut bytes);
    bytes
}

/// The input after a few changes such as a fault in a writer could make.
fn damaged(rng: &mut TestRng, valid: &[u8]) -> Vec<u8> {
    let mut bytes = valid.to_vec();
    for _ in 0..rng.random_range(1..4) {
        let place = rng.random_range(0..=bytes.len());
        let end = rng.random_range(place..=bytes.len());
        match rng.random_range(0..7) {
            0 => bytes.truncate(place),
            1 => drop(bytes.drain(place..end)),
            2 => bytes.insert(place, rng.random()),
            3 => drop(bytes.splice(place..place, HUGE[rng.random_range(0..HUGE.len())])),
            4 => bytes.extend_from_within(place..end),
            5 => bytes.extend(std::iter::repeat_n::<u8>(rng.random(), rng.random_range(0..LONGEST))),
            _ => bytes.iter_mut().skip(place).take(1).for_each(|byte| *byte = rng.random()),
        }
    }
    bytes
}
