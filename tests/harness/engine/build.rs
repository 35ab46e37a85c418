//! Builds Kestra's engine with Maven, once per machine and version of its sources.

use std::{
    env, fs,
    hash::{DefaultHasher, Hash, Hasher},
    path::{Path, PathBuf},
    process::Command,
};

use schema::KestraLine;

/// The folder with the classes, the class path and the corpus of a line.
///
/// # Panics
/// Maven fails, with its own words; the cache can't be written.
pub(super) fn built(jdk: &Path, line: KestraLine) -> PathBuf {
    let (folder, sources) = (cache(), sources());
    let built = folder.join(format!("engine-{:016x}-{line}", digest(&sources)));
    fs::create_dir_all(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    // Two test processes build one after the other; the second finds what the first has built.
    let lock = fs::File::create(folder.join("engine.lock")).expect("a writable cache");
    lock.lock().expect("a lock on the cache");
    if !is_complete(&built) {
        build(jdk, line, &sources, &folder, &built);
    }
    built
}

/// Whether the jars of the class path are still where Maven had put them.
fn is_complete(built: &Path) -> bool {
    let classpath = fs::read_to_string(built.join("classpath"));
    classpath.is_ok_and(|paths| env::split_paths(paths.trim()).all(|jar| jar.is_file()))
}

/// Builds beside the final place and moves it there, so that a half-built engine is never found.
fn build(jdk: &Path, line: KestraLine, sources: &[(PathBuf, String)], cache: &Path, built: &Path) {
    let workshop = tempfile::tempdir_in(cache).expect("a writable cache");
    for (path, text) in sources {
        let file = workshop.path().join(path);
        let written = fs::create_dir_all(file.parent().expect("a file is in a folder"));
        written.and_then(|()| fs::write(&file, text)).expect("a writable cache");
    }
    let mut maven = Command::new("mvn");
    maven.current_dir(workshop.path()).env("JAVA_HOME", jdk);
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

pub(super) fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}
