//! `flowsmith` as people run it, in a folder and with arguments. Variables of the machine tell it of no server.

use std::{
    path::Path,
    process::{Command, Output, Stdio},
};

use crate::binaries;

/// What the provider, and with it `flowsmith`, reads from the environment.
const VARIABLES: [&str; 5] =
    ["KESTRA_URL", "KESTRA_USERNAME", "KESTRA_PASSWORD", "KESTRA_API_TOKEN", "KESTRA_JWT"];

/// A command, ready to be run.
#[must_use]
pub fn flowsmith(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(binaries::flowsmith());
    for variable in VARIABLES {
        command.env_remove(variable);
    }
    command.current_dir(folder).args(arguments).stdin(Stdio::null());
    command
}

/// How a command ends, and everything that it prints.
///
/// # Panics
/// It does not start.
pub fn said(command: &mut Command) -> (Option<i32>, String) {
    let Output { status, stdout, stderr } = command.output().expect("flowsmith starts");
    (status.code(), String::from_utf8_lossy(&[stdout, stderr].concat()).into_owned())
}
