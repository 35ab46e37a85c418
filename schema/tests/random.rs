//! Documents with a few random faults, read, checked and printed: no input makes a reader panic or break a promise.
//!
//! `SCHEMA_RANDOM_INPUTS` sets how many inputs there are for each reader.

use std::fs;
use std::io::Write as _;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use proptest::prelude::Rng as _;
use proptest::test_runner::{RngAlgorithm, TestRng};
use schema::fuzz::{TARGETS, Target};

/// Inputs of a run that was not asked for more.
const INPUTS: usize = 1_500;

/// What faults insert: what means something in YAML or in an expression, and characters of several bytes.
const PIECES: [&str; 30] = [
    "\n", "\r\n", "\t", "  ", ": ", "- ", "? ", "#", " #", "'", "\"", "{", "}", "[", "]", ",", "&a ", "*a",
    "!!str ", "|\n", ">-\n", "---\n", "{{ ", " }}", "{% ", " %}", "\u{85}", "\u{feff}", "é", "\u{0}",
];

#[test]
fn no_input_makes_a_reader_panic_or_break_a_promise() {
    let inputs =
        std::env::var("SCHEMA_RANDOM_INPUTS").map_or(INPUTS, |inputs| inputs.parse().expect("a number"));
    let mut random = Random(TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    for (name, target) in TARGETS {
        let mut seeds = files(&format!("fuzz/seeds/{name}"));
        if name == "flow" {
            seeds.extend(files("src/flow/tests").into_iter().chain(files("src/graph/tests")));
            seeds.extend(bad_documents());
        }
        for _ in 0..inputs {
            let seed = &seeds[random.below(seeds.len())];
            check(target, &damaged(&mut random, seed));
        }
        writeln!(std::io::stderr(), "{name}: {inputs} inputs from {} seeds", seeds.len())
            .expect("a terminal");
    }
}

fn check(target: Target, input: &[u8]) {
    let read = catch_unwind(AssertUnwindSafe(|| target(input)));
    assert!(read.is_ok(), "it was {:?}", String::from_utf8_lossy(input));
}

/// The YAML files, and those without an extension, of a folder of this crate.
fn files(folder: &str) -> Vec<Vec<u8>> {
    let is_seed = |path: &PathBuf| path.extension().is_none_or(|extension| extension == "yaml");
    paths(folder).iter().filter(|path| is_seed(path)).map(|path| fs::read(path).expect("a file")).collect()
}

/// The documents in `bad`, which have every kind of fault already.
fn bad_documents() -> Vec<Vec<u8>> {
    let paths = paths("tests/bad");
    let texts = paths.iter().map(|path| fs::read_to_string(path).expect("a file").replace(['⟦', '⟧'], ""));
    let documents = |text: String| -> Vec<Vec<u8>> {
        let rows = text.split("=== ").filter_map(|row| row.split_once('\n'));
        rows.map(|(_, document)| document.as_bytes().to_vec()).collect()
    };
    texts.flat_map(documents).collect()
}

fn paths(folder: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)).expect("a folder");
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("a file").path()).collect();
    paths.sort();
    paths
}

/// The seed after a few changes such as a slip of the hand or of a program could make.
fn damaged(random: &mut Random, seed: &[u8]) -> Vec<u8> {
    let mut bytes = seed.to_vec();
    for _ in 0..1 + random.below(3) {
        let place = random.below(bytes.len() + 1);
        let end = place + random.below((bytes.len() - place).min(60) + 1);
        match random.below(7) {
            0 => bytes.truncate(place),
            1 => drop(bytes.drain(place..end)),
            2 => bytes.insert(place, random.byte()),
            3 => drop(bytes.splice(place..place, PIECES[random.below(PIECES.len())].bytes())),
            4 => bytes.extend_from_within(place..end),
            5 => {
                let again = bytes[place..end].to_vec();
                bytes.splice(place..place, again);
            }
            _ => bytes.iter_mut().skip(place).take(1).for_each(|byte| *byte = random.byte()),
        }
    }
    bytes
}

/// The same numbers in every run.
struct Random(TestRng);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0.next_u32() as usize % bound
    }

    /// Mostly ASCII, which keeps the text UTF-8.
    fn byte(&mut self) -> u8 {
        let byte = self.0.next_u32() as u8;
        if self.below(8) == 0 { byte } else { byte & 0x7f }
    }
}
