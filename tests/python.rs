//! Python packages in pinned versions, in an environment of their own. Tests that want them are skipped on a machine without
//! Python.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use harness::missing::skip;

/// The oldest Python that the pinned packages run on.
const OLDEST: &str = "3.11";

const NAMES: [&str; 3] = ["python3", "python", "py"];

/// A folder with an interpreter and packages.
pub(crate) struct Environment(PathBuf);

impl Environment {
    /// The environment with exactly the packages of a file of requirements; it is made once, and kept with what is built.
    ///
    /// `None` where Python is missing or the packages can't be had, with a line on stderr. Where `CI` is set, that is an
    /// error instead.
    #[track_caller]
    pub(crate) fn with(requirements: &Path, name: &str) -> Option<Self> {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("python").join(name);
        let environment = Self(folder);
        match environment.prepare(requirements) {
            Ok(()) => Some(environment),
            Err(problem) => {
                skip(format_args!("{name}: {problem}"));
                None
            }
        }
    }

    /// The interpreter, which leaves nothing behind beside the scenarios.
    pub(crate) fn python(&self) -> Command {
        self.program("python")
    }

    /// A program that a package brings.
    pub(crate) fn program(&self, name: &str) -> Command {
        let folder = if cfg!(windows) { "Scripts" } else { "bin" };
        let mut command = Command::new(self.0.join(folder).join(name));
        command.env("PYTHONDONTWRITEBYTECODE", "1").env_remove("PYTHONPATH").env_remove("PYTHONHOME");
        command
    }

    fn prepare(&self, requirements: &Path) -> Result<(), String> {
        let wanted = fs::read(requirements).map_err(|error| error.to_string())?;
        let installed = self.0.join("installed.txt");
        if fs::read(&installed).is_ok_and(|installed| installed == wanted) {
            return Ok(());
        }
        run(Command::new(interpreter()?).args(["-m", "venv", "--clear"]).arg(&self.0))?;
        let pip = ["-m", "pip", "--disable-pip-version-check", "install", "--quiet", "--no-deps"];
        run(self.python().args(pip).arg("--requirement").arg(requirements))?;
        // Written last: what was interrupted is made again.
        fs::write(installed, wanted).map_err(|error| error.to_string())
    }
}

/// The first Python on the path that is new enough.
fn interpreter() -> Result<&'static str, String> {
    let check = format!("import sys; sys.exit(sys.version_info < tuple(map(int, '{OLDEST}'.split('.'))))");
    let fits = |name: &&&str| run(Command::new(name).args(["-c", &check])).is_ok();
    let found = NAMES.iter().find(fits).copied();
    found.ok_or_else(|| {
        format!("it takes Python {OLDEST} or newer as `python3` on PATH, from https://www.python.org")
    })
}

fn run(command: &mut Command) -> Result<(), String> {
    let output = command.output().map_err(|error| error.to_string())?;
    if output.status.success() { Ok(()) } else { Err(String::from_utf8_lossy(&output.stderr).into_owned()) }
}
