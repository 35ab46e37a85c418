//! Finds a Terraform CLI (the host of the provider) and starts it in isolation from the user's own settings.

mod tofu;

use std::{
    env, fmt,
    path::{Path, PathBuf},
    process::Command,
    str::FromStr,
};

pub use tofu::BuildError;

/// Which Terraform CLI to use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Choice {
    /// HashiCorp's, from `PATH`.
    Terraform,
    /// OpenTofu, from `PATH` or from the cache that [`Host::build_tofu`] fills.
    Tofu,
    /// This executable.
    Program(PathBuf),
}

impl FromStr for Choice {
    type Err = std::convert::Infallible;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Ok(match text {
            "terraform" => Self::Terraform,
            "tofu" => Self::Tofu,
            program => Self::Program(program.into()),
        })
    }
}

/// A Terraform CLI on this machine.
#[derive(Clone, Debug)]
pub struct Host {
    program: PathBuf,
}

impl Host {
    /// The CLI of `choice`, or without one the first that is there: `terraform`, then `tofu`.
    #[must_use]
    pub fn find(choice: Option<&Choice>) -> Option<Self> {
        let program = match choice {
            Some(Choice::Terraform) => on_path("terraform"),
            Some(Choice::Tofu) => on_path("tofu").or_else(tofu::cached),
            Some(Choice::Program(program)) => is_program(program).then(|| program.clone()),
            None => return Self::find(Some(&Choice::Terraform)).or_else(|| Self::find(Some(&Choice::Tofu))),
        };
        // Commands run in folders of their own, where a relative path would lead somewhere else.
        let program = std::path::absolute(program?).ok()?;
        Some(Self { program })
    }

    /// Builds OpenTofu with Go into the user's cache, where [`Host::find`] sees it from then on. Takes minutes.
    ///
    /// # Errors
    /// Go is missing, the build fails (no Go proxy in reach, for example), or the cache can't be written.
    pub fn build_tofu() -> Result<Self, BuildError> {
        tofu::build().map(|program| Self { program })
    }

    /// Where the CLI is.
    #[must_use]
    pub fn program(&self) -> &Path {
        &self.program
    }

    /// A command that runs in `folder`, installs providers as `cli_config` says, and sees none of the user's
    /// `TF_*` and `KESTRA_*` variables.
    #[must_use]
    pub fn command(&self, folder: &Path, cli_config: &Path) -> Command {
        let mut command = Command::new(&self.program);
        command.current_dir(folder);
        for (name, _) in env::vars_os() {
            if ["TF_", "KESTRA_"].iter().any(|prefix| name.to_string_lossy().starts_with(prefix)) {
                command.env_remove(name);
            }
        }
        command.env("TF_CLI_CONFIG_FILE", cli_config);
        command.env("TF_IN_AUTOMATION", "1").env("TF_INPUT", "0").env("CHECKPOINT_DISABLE", "1");
        for name in ["NO_PROXY", "no_proxy"] {
            command.env(name, without_proxy(env::var(name).ok()));
        }
        command
    }
}

impl fmt::Display for Host {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = self.program.file_stem().unwrap_or(self.program.as_os_str());
        f.write_str(&name.to_string_lossy())
    }
}

/// The sandbox is on the loopback interface, which no proxy reaches.
fn without_proxy(given: Option<String>) -> String {
    let given = given.into_iter().filter(|hosts| !hosts.is_empty());
    given.chain(["127.0.0.1,localhost".to_owned()]).collect::<Vec<_>>().join(",")
}

fn on_path(name: &str) -> Option<PathBuf> {
    let file = format!("{name}{}", env::consts::EXE_SUFFIX);
    let folders = env::var_os("PATH")?;
    env::split_paths(&folders).map(|folder| folder.join(&file)).find(|program| is_program(program))
}

#[cfg(unix)]
fn is_program(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    path.metadata().is_ok_and(|found| found.is_file() && found.permissions().mode() & 0o111 != 0)
}

#[cfg(not(unix))]
fn is_program(path: &Path) -> bool {
    path.is_file()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_choice_is_a_name_or_a_path() {
        let check = |text: &str, expected: Choice| assert_eq!(text.parse(), Ok(expected));
        check("terraform", Choice::Terraform);
        check("tofu", Choice::Tofu);
        check("/opt/terraform", Choice::Program("/opt/terraform".into()));
    }

    #[test]
    fn a_program_must_be_executable() {
        let folder = tempfile::tempdir().unwrap();
        let found = |path: &Path| Host::find(Some(&Choice::Program(path.into()))).is_some();
        assert!(!found(&folder.path().join("nothing")));
        assert!(!found(folder.path()));
        assert!(found(&env::current_exe().unwrap()));
    }

    #[test]
    fn the_loopback_interface_never_goes_through_a_proxy() {
        let check =
            |given: Option<&str>, expected: &str| assert_eq!(without_proxy(given.map(Into::into)), expected);
        check(None, "127.0.0.1,localhost");
        check(Some(""), "127.0.0.1,localhost");
        check(Some("example.com"), "example.com,127.0.0.1,localhost");
    }

    #[test]
    fn commands_leave_the_users_settings_behind() {
        let host = Host { program: "terraform".into() };
        let command = host.command(Path::new("work"), Path::new("work/cli.tfrc"));
        let set =
            |name: &str| command.get_envs().find(|(known, _)| *known == name).and_then(|(_, value)| value);
        assert_eq!(set("TF_CLI_CONFIG_FILE"), Some("work/cli.tfrc".as_ref()));
        let kept = command.get_envs().filter(|(_, value)| value.is_some()).count();
        assert_eq!(kept, 6, "{command:?}");
    }
}
