//! Kestra's own engine as a child process: it answers documents line by line, and is right by definition.

use std::{
    env, fs,
    hash::{DefaultHasher, Hash, Hasher},
    io::{self, BufRead, BufReader, Write},
    path::{Path, PathBuf},
    process::{Child, ChildStdin, Command, Stdio},
    sync::{OnceLock, mpsc},
    thread,
    time::Duration,
};

use schema::KestraLine;
use serde_json::Value;

/// The oldest Java that runs Kestra 2.0.
const OLDEST_JAVA: u32 = 25;

/// Longer than a start and any one answer take, even on a loaded machine.
const LONGEST_ANSWER: Duration = Duration::from_secs(180);

/// A running engine; it is killed when the value is dropped.
#[derive(Debug)]
pub struct Engine {
    name: String,
    process: Child,
    requests: Option<ChildStdin>,
    answers: mpsc::Receiver<String>,
}

impl Engine {
    /// Starts the engine of a line with a command: `validate`, `run` or `catalog`. It is built first, once per machine
    /// and version of its sources.
    ///
    /// `None` where Java or Maven is missing, with a line on stderr. Where `CI` is set, that is an error instead.
    ///
    /// # Panics
    /// Java or Maven is required and missing; the engine can't be built or started.
    #[must_use]
    pub fn start(line: KestraLine, command: &str) -> Option<Self> {
        let (java, built) = (tools()?, built(line)?);
        let classpath = read(&built.join("classpath"));
        let mut process = Command::new(java.join("bin/java"))
            .args([
                "-Xmx1g",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
            ])
            .arg(format!("{}:{classpath}", built.join("classes").display()))
            .args(["flowsmith.engine.Main", command])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap_or_else(|error| panic!("Java can't be started: {error}"));
        let stdout = BufReader::new(process.stdout.take().expect("stdout is a pipe"));
        let (sender, answers) = mpsc::channel();
        thread::spawn(move || stdout.lines().map_while(Result::ok).try_for_each(|line| sender.send(line)));
        let requests = process.stdin.take();
        Some(Self { name: format!("`engine {command}` of Kestra {line}"), process, requests, answers })
    }

    /// Asks one question and waits for the answer.
    ///
    /// # Panics
    /// There is none in time.
    #[must_use]
    pub fn ask(&mut self, question: &Value) -> Value {
        let requests = self.requests.as_mut().expect("nobody has closed it");
        writeln!(requests, "{question}").unwrap_or_else(|error| panic!("{} has ended: {error}", self.name));
        let answer = self.answers.recv_timeout(LONGEST_ANSWER);
        let answer = answer.unwrap_or_else(|error| panic!("{} does not answer: {error}", self.name));
        self.parsed(&answer)
    }

    /// Everything a command answers that asks for nothing.
    ///
    /// # Panics
    /// It takes too long, or fails.
    #[must_use]
    pub fn answers(mut self) -> Vec<String> {
        drop(self.requests.take());
        let mut answers = Vec::new();
        loop {
            match self.answers.recv_timeout(LONGEST_ANSWER) {
                Ok(answer) => answers.push(answer),
                Err(mpsc::RecvTimeoutError::Disconnected) => break,
                Err(error) => panic!("{} does not end: {error}", self.name),
            }
        }
        let status = self.process.wait().expect("a started process ends");
        assert!(status.success(), "{} ended with {status}", self.name);
        answers
    }

    fn parsed(&self, answer: &str) -> Value {
        serde_json::from_str(answer).unwrap_or_else(|error| panic!("{} answers {answer}: {error}", self.name))
    }
}

impl Drop for Engine {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// The flows that Kestra tests itself with: file name and source, in the folder `valids` or `invalids`.
///
/// `None` where [`Engine::start`] is.
///
/// # Panics
/// As [`Engine::start`].
#[must_use]
pub fn corpus(line: KestraLine, folder: &str) -> Option<Vec<(String, String)>> {
    tools()?;
    let folder = built(line)?.join("corpus/flows").join(folder);
    let entries = fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("a readable folder").path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "yaml" || extension == "yml"));
    paths.sort();
    let name = |path: &Path| path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    Some(paths.iter().map(|path| (name(path), read(path))).collect())
}

/// The JDK, when there is one, and Maven too. Found once per process, so that what is missing is said once.
fn tools() -> Option<&'static Path> {
    static JAVA: OnceLock<Option<PathBuf>> = OnceLock::new();
    let java = JAVA.get_or_init(|| {
        let found = java().filter(|_| on_path("mvn").is_some());
        if found.is_none() {
            let missing = format!(
                "Kestra's own engine is not there to compare with: it needs a JDK of Java {OLDEST_JAVA} or newer \
                 (JAVA_HOME, or in the usual folders) and Maven on PATH"
            );
            assert!(env::var_os("CI").is_none(), "{missing}");
            // Past the capture of the test runner: a skipped test must be seen.
            let _ = writeln!(io::stderr(), "skipped: {missing}");
        }
        found
    });
    java.as_deref()
}

/// The newest JDK that is new enough; `JAVA_HOME` first.
fn java() -> Option<PathBuf> {
    let homes = ["/usr/lib/jvm", "/Library/Java/JavaVirtualMachines"].map(PathBuf::from);
    let sdkman = env::home_dir().map(|home| home.join(".sdkman/candidates/java"));
    let installed = homes.into_iter().chain(sdkman).filter_map(|folder| fs::read_dir(folder).ok()).flatten();
    let installed = installed.filter_map(|entry| Some(entry.ok()?.path()));
    let installed = installed.flat_map(|path| [path.join("Contents/Home"), path]);
    let on_path = on_path("java").and_then(|java| Some(java.parent()?.parent()?.to_owned()));
    let mut found: Vec<(u32, PathBuf)> =
        installed.chain(on_path).filter_map(|home| Some((version(&home)?, home))).collect();
    found.sort();
    let chosen = env::var_os("JAVA_HOME").map(PathBuf::from).and_then(|home| Some((version(&home)?, home)));
    let newest_first = chosen.into_iter().chain(found.into_iter().rev());
    newest_first.filter(|(version, _)| *version >= OLDEST_JAVA).map(|(_, home)| home).next()
}

/// The version of a JDK, from the file that every one has; `None` for a folder that holds no compiler.
fn version(home: &Path) -> Option<u32> {
    let release = fs::read_to_string(home.join("release")).ok()?;
    let version = release.split_once("JAVA_VERSION=\"")?.1.split(['.', '"', '-']).next()?;
    home.join("bin/javac").is_file().then(|| version.parse().ok())?
}

fn on_path(program: &str) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    let found =
        env::split_paths(&path).map(|folder| folder.join(program)).find(|program| program.is_file())?;
    fs::canonicalize(found).ok()
}

/// The folder with the classes, the class path and the corpus of a line.
fn built(line: KestraLine) -> Option<PathBuf> {
    let java = tools()?;
    let (folder, sources) = (cache(), sources());
    let built = folder.join(format!("engine-{:016x}-{line}", digest(&sources)));
    fs::create_dir_all(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    // Two test processes build one after the other; the second finds what the first has built.
    let lock = fs::File::create(folder.join("engine.lock")).expect("a writable cache");
    lock.lock().expect("a lock on the cache");
    if !is_complete(&built) {
        build(java, line, &sources, &folder, &built);
    }
    Some(built)
}

/// Whether the jars of the class path are still where Maven had put them.
fn is_complete(built: &Path) -> bool {
    let classpath = fs::read_to_string(built.join("classpath"));
    classpath.is_ok_and(|paths| env::split_paths(paths.trim()).all(|jar| jar.is_file()))
}

/// Builds beside the final place and moves it there, so that a half-built engine is never found.
fn build(java: &Path, line: KestraLine, sources: &[(PathBuf, String)], cache: &Path, built: &Path) {
    let workshop = tempfile::tempdir_in(cache).expect("a writable cache");
    for (path, text) in sources {
        let file = workshop.path().join(path);
        let written = fs::create_dir_all(file.parent().expect("a file is in a folder"));
        written.and_then(|()| fs::write(&file, text)).expect("a writable cache");
    }
    let mut maven = Command::new("mvn");
    maven.current_dir(workshop.path()).env("JAVA_HOME", java);
    maven.args([
        "--quiet",
        "--batch-mode",
        "--no-transfer-progress",
        "-P",
        &line.to_string(),
        "process-classes",
    ]);
    let output = maven.output().unwrap_or_else(|error| panic!("Maven can't be started: {error}"));
    assert!(
        output.status.success(),
        "Maven can't build the engine of Kestra {line}:\n{}",
        String::from_utf8_lossy(&output.stdout)
    );
    let _ = fs::remove_dir_all(built);
    fs::rename(workshop.path().join("target").join(line.to_string()), built).expect("a writable cache");
}

/// The files of the Maven project, by path in it.
fn sources() -> Vec<(PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../engine");
    let mut files = vec![root.join("pom.xml")];
    let mut folders = vec![root.join("src")];
    while let Some(folder) = folders.pop() {
        let entries = fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
        for path in entries.map(|entry| entry.expect("a readable folder").path()) {
            if path.is_dir() { folders.push(path) } else { files.push(path) }
        }
    }
    files.sort();
    let relative = |path: &Path| path.strip_prefix(&root).expect("a path below the root").to_owned();
    files.iter().map(|path| (relative(path), read(path))).collect()
}

fn digest(sources: &[(PathBuf, String)]) -> u64 {
    let mut hasher = DefaultHasher::new();
    sources.hash(&mut hasher);
    hasher.finish()
}

fn cache() -> PathBuf {
    // An empty or relative path counts as none: so says the XDG specification.
    let xdg = env::var_os("XDG_CACHE_HOME").map(PathBuf::from).filter(|path| path.is_absolute());
    let caches = xdg.or_else(|| Some(env::home_dir()?.join(".cache")));
    caches.expect("XDG_CACHE_HOME or a home folder").join("flowsmith")
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}
