//! Runs the Terraform CLI on the demo's project; a command that fails answers with the CLI's own output.

use std::{
    path::PathBuf,
    process::{Output, Stdio},
};

use anyhow::Context;

use crate::{host::Host, mirror::Mirror};

/// The CLI, the folder of the root module, and where the provider and the server are.
pub(super) struct Terraform {
    pub(super) host: Host,
    pub(super) mirror: Mirror,
    pub(super) root: PathBuf,
    pub(super) url: String,
}

impl Terraform {
    /// Runs a command that has to exit with 0, and returns the line of its output that holds `headline`.
    pub(super) async fn run(&self, arguments: &[&str], headline: &str) -> anyhow::Result<String> {
        let mut command = self.host.command(&self.root, self.mirror.cli_config());
        command.args(arguments).arg("-no-color").env("KESTRA_URL", &self.url).stdin(Stdio::null());
        let mut command = tokio::process::Command::from(command);
        let output = command.kill_on_drop(true).output().await;
        let output = output.with_context(|| format!("{} can't be started", self.host))?;
        let text = transcript(&output);
        if !output.status.success() {
            anyhow::bail!("`{} {}` failed ({}):\n{text}", self.host, arguments.join(" "), output.status);
        }
        let line = text.lines().find(|line| line.contains(headline));
        Ok(line.unwrap_or("done").to_owned())
    }
}

fn transcript(output: &Output) -> String {
    let text = |bytes| String::from_utf8_lossy(bytes).trim_end().to_owned();
    format!("{}\n{}", text(&output.stdout), text(&output.stderr))
}
