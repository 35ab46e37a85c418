//! A Terraform project in a folder of its own, and assertions on what the CLI did with it.

use std::{
    fmt, fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use cli::{host::Host, mirror::Mirror};
use serde_json::Value;
use tempfile::TempDir;

use crate::{Running, binaries};

/// The addresses under which the built provider is installed: ours, and the official one that it can stand in for.
const SOURCES: [&str; 2] = ["flowsmith/kestra", "kestra-io/kestra"];

/// A project: files, environment and state, apart from every other and from the user's settings.
#[derive(Debug)]
pub struct Workspace {
    host: Host,
    folder: TempDir,
    /// Where the root module is in the project.
    root: PathBuf,
    mirror: Mirror,
    environment: Vec<(String, String)>,
}

impl Workspace {
    /// An empty project with the built provider within reach.
    ///
    /// # Panics
    /// The provider was not built, or no temporary folder can be made.
    #[must_use]
    pub fn new(host: &Host) -> Self {
        Self::with_provider(host, &binaries::provider(), &SOURCES)
    }

    /// An empty project with another provider within reach, under these addresses.
    ///
    /// # Panics
    /// The provider was not built, or no temporary folder can be made.
    #[must_use]
    pub fn with_provider(host: &Host, provider: &Path, sources: &[&str]) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let mirror = Mirror::create(folder.path(), provider, env!("CARGO_PKG_VERSION"), sources);
        let mirror = mirror.expect("the provider can be linked into a mirror");
        let workspace =
            Self { host: host.clone(), folder, root: PathBuf::new(), mirror, environment: Vec::new() };
        fs::create_dir(workspace.project()).expect("a folder for the project");
        workspace
    }

    /// Runs later commands in this folder of the project instead of its top.
    #[must_use]
    pub fn rooted_at(mut self, folder: impl Into<PathBuf>) -> Self {
        self.root = folder.into();
        self
    }

    /// Adds an environment variable to every later command.
    #[must_use]
    pub fn env(mut self, name: &str, value: impl Into<String>) -> Self {
        self.environment.push((name.to_owned(), value.into()));
        self
    }

    /// The folder that holds all files of the project.
    fn project(&self) -> PathBuf {
        self.folder.path().join("project")
    }

    /// Deletes a file of the project.
    ///
    /// # Panics
    /// There is none.
    pub fn remove(&self, path: impl AsRef<Path>) {
        fs::remove_file(self.project().join(path)).expect("a file of the project");
    }

    /// The text of a file of the project; `None` where there is none.
    #[must_use]
    pub fn text(&self, path: impl AsRef<Path>) -> Option<String> {
        fs::read_to_string(self.project().join(path)).ok()
    }

    /// Writes a file of the project, with its folders.
    pub fn file(&self, path: impl AsRef<Path>, text: &str) {
        fs::write(self.place(path), text).expect("a file of the project");
    }

    /// Copies a file into the project; a program remains one.
    pub fn copy(&self, from: &Path, path: impl AsRef<Path>) {
        fs::copy(from, self.place(path)).expect("a file of the project");
    }

    /// Where a file of the project is, in a folder that exists.
    fn place(&self, path: impl AsRef<Path>) -> PathBuf {
        let path = self.project().join(path);
        fs::create_dir_all(path.parent().expect("a file is in a folder")).expect("folders of the project");
        path
    }

    /// Runs any command of the CLI and hands over what came out, good or bad.
    #[must_use]
    pub fn run(&self, arguments: &[&str]) -> Run {
        let mut command = self.command(arguments);
        let output =
            command.output().unwrap_or_else(|error| panic!("{} can't be started: {error}", self.host));
        Run { command: format!("{} {}", self.host, arguments.join(" ")), output }
    }

    /// Starts a command of the CLI and lets it run beside the test.
    #[must_use]
    pub fn start(&self, arguments: &[&str]) -> Running {
        let mut command = self.command(arguments);
        Running::start(&mut command, format!("{} {}", self.host, arguments.join(" ")))
    }

    /// Runs a script or another program in the folder of the project, as a pipeline would: with `flowsmith` on the path,
    /// and the CLI in `TERRAFORM`.
    ///
    /// # Panics
    /// It can't be started.
    #[must_use]
    pub fn script(&self, program: &str, arguments: &[&str]) -> Run {
        let mut command = Command::new(program);
        command.current_dir(self.project().join(&self.root)).args(arguments);
        for (name, value) in self.command(&[]).get_envs() {
            match value {
                Some(value) => command.env(name, value),
                None => command.env_remove(name),
            };
        }
        let flowsmith = binaries::flowsmith();
        let folder = flowsmith.parent().expect("a program is in a folder");
        command.env("TERRAFORM", self.host.program()).env("PATH", binaries::path_with(folder));
        let output = command.output().unwrap_or_else(|error| panic!("{program} can't be started: {error}"));
        Run { command: format!("{program} {}", arguments.join(" ")), output }
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = self.host.command(&self.project().join(&self.root), self.mirror.cli_config());
        command.args(arguments).envs(self.environment.iter().map(|(name, value)| (name, value)));
        command
    }

    /// Installs providers and modules.
    #[track_caller]
    pub fn init(&self) {
        self.run(&["init", "-no-color"]).succeeds();
    }

    /// Checks the configuration without a server.
    #[must_use]
    pub fn validate(&self) -> Run {
        self.run(&["validate", "-no-color"])
    }

    /// Plans; exits with 2 when there is something to do.
    #[must_use]
    pub fn plan(&self) -> Run {
        self.run(&["plan", "-no-color", "-detailed-exitcode"])
    }

    /// The plan as `show -json` prints it.
    #[track_caller]
    pub fn plan_json(&self) -> Value {
        self.run(&["plan", "-no-color", "-out=plan.tfplan"]).succeeds();
        self.run(&["show", "-json", "plan.tfplan"]).succeeds().json()
    }

    /// Plans and applies.
    #[must_use]
    pub fn apply(&self) -> Run {
        self.run(&["apply", "-no-color", "-auto-approve"])
    }

    /// Applies, and holds the provider to the rule that an applied configuration plans empty, with and without refresh.
    #[track_caller]
    pub fn apply_and_settle(&self) -> Run {
        let applied = self.apply().succeeds();
        self.run(&["plan", "-no-color", "-detailed-exitcode", "-refresh=false"]).is_empty_plan();
        self.plan().is_empty_plan();
        applied
    }

    /// Destroys everything in the state.
    #[track_caller]
    pub fn destroy(&self) -> Run {
        self.run(&["destroy", "-no-color", "-auto-approve"]).succeeds()
    }

    /// Imports an object into the state.
    #[must_use]
    pub fn import(&self, address: &str, id: &str) -> Run {
        self.run(&["import", "-no-color", address, id])
    }

    /// The state as `show -json` prints it.
    #[track_caller]
    pub fn state(&self) -> Value {
        self.run(&["show", "-json"]).succeeds().json()
    }

    /// The attributes of a resource of the root module, as the state holds them; `null` when it is not there.
    #[track_caller]
    pub fn attributes(&self, address: &str) -> Value {
        let state = self.state();
        let resources = state["values"]["root_module"]["resources"].as_array().cloned().unwrap_or_default();
        let found = resources.into_iter().find(|resource| resource["address"] == address);
        found.map_or(Value::Null, |mut resource| resource["values"].take())
    }

    /// The value of an output.
    #[track_caller]
    pub fn output(&self, name: &str) -> Value {
        self.run(&["output", "-json", name]).succeeds().json()
    }
}

/// What a command did. Every failed assertion shows all of it.
#[derive(Debug)]
pub struct Run {
    pub(crate) command: String,
    pub(crate) output: Output,
}

impl Run {
    /// The command exited with 0.
    #[track_caller]
    pub fn succeeds(self) -> Self {
        assert!(self.output.status.success(), "should succeed: {self}");
        self
    }

    /// The command failed and its messages hold `expected`, however the CLI broke the lines.
    #[track_caller]
    pub fn fails_with(self, expected: &str) -> Self {
        assert_eq!(self.output.status.code(), Some(1), "should fail: {self}");
        self.says(expected)
    }

    /// The output holds `expected`, however the CLI broke and framed the lines.
    #[track_caller]
    pub fn says(self, expected: &str) -> Self {
        assert!(one_line(&self.text()).contains(&one_line(expected)), "should say {expected:?}: {self}");
        self
    }

    /// `plan -detailed-exitcode` found nothing to do.
    #[track_caller]
    pub fn is_empty_plan(self) -> Self {
        assert_eq!(self.output.status.code(), Some(0), "should plan nothing: {self}");
        self
    }

    /// `plan -detailed-exitcode` found something to do.
    #[track_caller]
    pub fn plans_changes(self) -> Self {
        assert_eq!(self.output.status.code(), Some(2), "should plan changes: {self}");
        self
    }

    /// Everything the command printed, stdout first.
    #[must_use]
    pub fn text(&self) -> String {
        [&self.output.stdout, &self.output.stderr].map(|bytes| String::from_utf8_lossy(bytes)).join("\n")
    }

    /// What the command printed on stdout, as JSON.
    #[track_caller]
    #[must_use]
    pub fn json(self) -> Value {
        serde_json::from_slice(&self.output.stdout).unwrap_or_else(|error| panic!("{error}: {self}"))
    }
}

impl fmt::Display for Run {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` ended with {}\n{}", self.command, self.output.status, self.text())
    }
}

/// Without the CLI's frame and line breaks.
fn one_line(text: &str) -> String {
    let framed = |c: char| matches!(c, '│' | '╷' | '╵');
    text.split(|c: char| c.is_whitespace() || framed(c))
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_and_line_breaks_do_not_matter() {
        assert_eq!(one_line("╷\n│ Error: no\n│   such thing\n╵"), "Error: no such thing");
    }
}
