//! What a test needs and a machine may lack: there the test is skipped, and that is seen.

use std::{env, fmt::Display, io::Write};

/// Says that a test is skipped, and why. Where `CI` is set, nothing may be missing.
///
/// # Panics
/// `CI` is set.
#[track_caller]
pub fn skip(why: impl Display) {
    assert!(env::var_os("CI").is_none(), "{why}");
    // Past the capture of the test runner: a skipped test must be seen.
    let _ = writeln!(std::io::stderr(), "skipped: {why}");
}
