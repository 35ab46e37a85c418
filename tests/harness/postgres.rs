//! A PostgreSQL server of a test's own, from the system's packages, with nothing left behind. Tests that want it are
//! skipped on a machine without one.

use std::{
    cmp::Reverse,
    env, fs,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::atomic::{AtomicU8, Ordering},
    thread,
    time::{Duration, Instant},
};

use tempfile::TempDir;

use crate::missing::skip;

/// Longer than a start takes, even on a loaded machine.
const LONGEST_START: Duration = Duration::from_secs(60);

/// The second part of the first server's address; each of a process has one of its own.
static NEXT: AtomicU8 = AtomicU8::new(77);

/// A running server with one superuser, who needs no password; it ends when the value is dropped.
#[derive(Debug)]
pub struct Postgres {
    process: Child,
    programs: PathBuf,
    host: String,
    user: String,
    /// Its data.
    _folder: TempDir,
}

impl Postgres {
    /// Starts a server on PostgreSQL's own port of a loopback address that nobody else uses.
    ///
    /// `None` where there is no PostgreSQL, with a line on stderr. Where `CI` is set, that is an error instead.
    ///
    /// # Panics
    /// PostgreSQL is required and missing, or does not start.
    #[must_use]
    pub fn start(user: &str) -> Option<Self> {
        let Some(programs) = programs() else {
            skip("there is no PostgreSQL; install the package `postgresql`");
            return None;
        };
        let folder = tempfile::tempdir().expect("a temporary folder");
        let owner = owner(folder.path());
        let data = folder.path().join("data");
        let made = command(&programs, "initdb", owner)
            .args(["--auth=trust", "--no-sync", "--username", user, "--pgdata"])
            .arg(&data)
            .output()
            .expect("initdb starts");
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        let [a, b] = (std::process::id() as u16).to_be_bytes();
        let host = format!("127.{}.{a}.{}", NEXT.fetch_add(1, Ordering::Relaxed), b.clamp(1, 254));
        let process = command(&programs, "postgres", owner)
            .arg("-D")
            .arg(&data)
            .args(["-h", &host, "-p", "5432", "-c", "fsync=off", "-k"])
            .arg(folder.path())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("postgres starts");
        let server = Self { process, programs, host, user: user.to_owned(), _folder: folder };
        server.wait();
        Some(server)
    }

    /// Its address.
    #[must_use]
    pub fn host(&self) -> &str {
        &self.host
    }

    /// Runs statements in a database.
    ///
    /// # Panics
    /// PostgreSQL refuses them.
    pub fn run(&self, database: &str, statements: &[&str]) {
        for statement in statements {
            self.ask(database, statement);
        }
    }

    /// What a statement answers: a line for each row, with bars between the columns.
    ///
    /// # Panics
    /// PostgreSQL refuses it.
    pub fn ask(&self, database: &str, statement: &str) -> String {
        let mut psql = self.psql(database);
        let output = psql.args(["-q", "-A", "-t", "-c", statement]).output().expect("psql starts");
        assert!(output.status.success(), "{statement}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).expect("UTF-8")
    }

    fn psql(&self, database: &str) -> Command {
        let mut psql = Command::new(self.programs.join("psql"));
        psql.args(["-h", &self.host, "-U", &self.user, "-d", database, "-v", "ON_ERROR_STOP=1"]);
        psql.stdin(Stdio::null());
        psql
    }

    fn wait(&self) {
        let end = Instant::now() + LONGEST_START;
        let answers = || {
            let ran = self.psql("postgres").args(["-c", "select 1"]).output();
            ran.is_ok_and(|ran| ran.status.success())
        };
        while !answers() {
            assert!(Instant::now() < end, "PostgreSQL does not start on {}", self.host);
            thread::yield_now();
        }
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        // SIGQUIT: at once, and with its children.
        let _ = Command::new("kill").args(["-QUIT", &self.process.id().to_string()]).status();
        let _ = self.process.wait();
    }
}

/// The folder of the newest server's programs: packages keep them off the PATH.
fn programs() -> Option<PathBuf> {
    let versions = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().filter_map(Result::ok);
    let version = |folder: &PathBuf| folder.file_name()?.to_str()?.parse::<u32>().ok();
    let mut packaged: Vec<PathBuf> = versions.map(|version| version.path()).collect();
    packaged.sort_by_key(|folder| Reverse(version(folder)));
    let packaged = packaged.into_iter().map(|folder| folder.join("bin"));
    let on_path = env::var_os("PATH").unwrap_or_default();
    packaged
        .chain(env::split_paths(&on_path))
        .find(|folder| folder.join("initdb").is_file() && folder.join("postgres").is_file())
}

/// PostgreSQL does not run as root: the package's own user then has the folder.
fn owner(folder: &Path) -> Option<&'static str> {
    let is_root = Command::new("id").arg("-u").output().is_ok_and(|id| id.stdout.trim_ascii() == b"0");
    if !is_root {
        return None;
    }
    let given = Command::new("chown").arg("postgres").arg(folder).status();
    assert!(given.is_ok_and(|status| status.success()), "the folder can't be given to the user postgres");
    Some("postgres")
}

fn command(programs: &Path, name: &str, owner: Option<&str>) -> Command {
    let program = programs.join(name);
    match owner {
        None => Command::new(program),
        Some(owner) => {
            let mut command = Command::new("setpriv");
            command.args(["--reuid", owner, "--regid", owner, "--clear-groups"]).arg(program);
            command
        }
    }
}
