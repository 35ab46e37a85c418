//! What a test needs and a machine may lack: there the test is skipped, and that is seen.

use std::{env, fmt::Display, io::Write, process::Command};

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

/// Whether one of these programs is not on PATH; where one is not, that was said.
///
/// # Panics
/// One is not, and `CI` is set.
#[must_use]
#[track_caller]
pub fn lacks(programs: &[&str]) -> bool {
    let missing = programs.iter().find(|name| Command::new(name).arg("--version").output().is_err());
    missing.inspect(|name| skip(format_args!("there is no `{name}` on PATH; install its package"))).is_some()
}
