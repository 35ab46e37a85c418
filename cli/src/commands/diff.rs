//! `flowsmith diff`: what changes between two texts of a flow, by the names of its parts.

use std::path::PathBuf;

use clap::Args;
use schema::diff::Diff;

use crate::flow_files;

/// Compare two flows by what they mean.
///
/// Ends with 0 when both mean the same, 1 when they do not, and 2 when it could not be found out.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// The flow as it was.
    old: PathBuf,

    /// The flow as it is.
    new: PathBuf,
}

/// Whether both mean the same.
pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<bool> {
    let [old, new] = [&arguments.old, &arguments.new].map(|path| flow_files::read_file(path)?.parse());
    let diff = Diff::between(&old?, &new?);
    if !diff.is_empty() {
        anstream::println!("{diff}");
    }
    Ok(diff.is_empty())
}
