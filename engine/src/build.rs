//! Builds the engine with Maven, once per machine and version of its sources.

use std::{
    env,
    ffi::OsString,
    fs::{self, File, TryLockError},
    io::{BufRead, BufReader, Read},
    path::{Path, PathBuf},
    process::{Command, Stdio},
    thread,
};

use schema::KestraLine;

use crate::{error::Error, machine::Machine, progress::Progress, sources};

/// The folder with the classes, the class path and the corpus of a line.
pub(crate) fn built(
    machine: &Machine,
    line: KestraLine,
    progress: &mut dyn FnMut(Progress),
) -> Result<PathBuf, Error> {
    let cache = cache()?;
    let built = cache.join(format!("engine-{:016x}-{line}", sources::digest()));
    fs::create_dir_all(&cache).map_err(Error::file("create", &cache))?;
    let _lock = lock(&cache.join("engine.lock"), progress)?;
    if !is_complete(&built) {
        build(machine, line, &cache, &built, progress)?;
    }
    Ok(built)
}

/// What Java needs to find the classes and the jars of an engine that is built.
pub(crate) fn classpath(built: &Path) -> Result<OsString, Error> {
    let file = built.join("classpath");
    let jars = fs::read_to_string(&file).map_err(Error::file("read", file))?;
    let mut classpath = built.join("classes").into_os_string();
    classpath.push(format!(":{}", jars.trim()));
    Ok(classpath)
}

/// Two processes build one after the other; the second finds what the first has built.
fn lock(path: &Path, progress: &mut dyn FnMut(Progress)) -> Result<File, Error> {
    let file = File::create(path).map_err(Error::file("create", path))?;
    if let Err(TryLockError::WouldBlock) = file.try_lock() {
        progress(Progress::Waiting);
        file.lock().map_err(Error::file("lock", path))?;
    }
    Ok(file)
}

/// Whether the jars of the class path are still where Maven had put them.
fn is_complete(built: &Path) -> bool {
    let classpath = fs::read_to_string(built.join("classpath"));
    classpath.is_ok_and(|paths| env::split_paths(paths.trim()).all(|jar| jar.is_file()))
}

/// Builds beside the final place and moves it there, so that a half-built engine is never found.
fn build(
    machine: &Machine,
    line: KestraLine,
    cache: &Path,
    built: &Path,
    progress: &mut dyn FnMut(Progress),
) -> Result<(), Error> {
    progress(Progress::Resolving { line, version: sources::version(line) });
    let workshop = tempfile::tempdir_in(cache).map_err(Error::file("create a folder in", cache))?;
    sources::unpack(workshop.path())?;
    maven(machine, line, workshop.path(), progress)?;
    // What is there has lost its jars.
    let _ = fs::remove_dir_all(built);
    let result = workshop.path().join("target").join(line.to_string());
    fs::rename(&result, built).map_err(Error::file("move the engine to", built))
}

fn maven(
    machine: &Machine,
    line: KestraLine,
    project: &Path,
    progress: &mut dyn FnMut(Progress),
) -> Result<(), Error> {
    let mut maven = Command::new(&machine.maven);
    maven.current_dir(project).env("JAVA_HOME", &machine.jdk).args(["--batch-mode", "-P", &line.to_string()]);
    maven.arg("process-classes").stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let start = |cause| Error::Start { program: machine.maven.clone(), cause };
    let mut process = maven.spawn().map_err(start)?;
    let warnings = process.stderr.take().map(|stream| thread::spawn(move || text(stream)));
    let said = process.stdout.take().map_or_else(String::new, |stream| heard(stream, progress));
    let status = process.wait().map_err(start)?;
    let warnings = warnings.and_then(|reader| reader.join().ok()).unwrap_or_default();
    if status.success() { Ok(()) } else { Err(Error::Maven { line, said: said + &warnings }) }
}

/// Maven's words without its news, which `progress` hears.
fn heard(stream: impl Read, progress: &mut dyn FnMut(Progress)) -> String {
    let (mut errors, mut count) = (String::new(), 0);
    for line in BufReader::new(stream).lines().map_while(Result::ok) {
        if let Some(name) = downloaded(&line) {
            count += 1;
            progress(Progress::Downloaded { name, count });
        } else if line.contains("ERROR") {
            errors += &line;
            errors.push('\n');
        }
    }
    errors
}

/// The file that `[INFO] Downloaded from central: https://host/path/file.jar (1 MB at 2 MB/s)` is about.
fn downloaded(line: &str) -> Option<String> {
    let (_, address) = line.split_once("Downloaded from ")?.1.split_once(": ")?;
    let name = address.split(' ').next()?.rsplit('/').next()?;
    Some(name.to_owned())
}

fn text(mut stream: impl Read) -> String {
    let mut bytes = Vec::new();
    let _ = stream.read_to_end(&mut bytes);
    String::from_utf8_lossy(&bytes).into_owned()
}

fn cache() -> Result<PathBuf, Error> {
    // An empty or relative path counts as none: so says the XDG specification.
    let xdg = env::var_os("XDG_CACHE_HOME").map(PathBuf::from).filter(|path| path.is_absolute());
    let caches = xdg.or_else(|| Some(env::home_dir()?.join(".cache")));
    Ok(caches.ok_or(Error::NoCache)?.join("flowsmith"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mavens_news_and_mavens_mistakes_are_told_apart() {
        let said = "[INFO] Scanning for projects...\n\
            [INFO] Downloading from central: https://example.com/io/kestra/core-2.0.0.jar\n\
            [INFO] Downloaded from central: https://example.com/io/kestra/core-2.0.0.jar (4.2 MB at 11 MB/s)\n\
            Downloaded from mirror: https://example.com/model-2.0.0.pom (1 kB at 9 kB/s)\n\
            [ERROR] Failed to execute goal: no such artifact\n";
        let mut news = Vec::new();
        let errors = heard(said.as_bytes(), &mut |step| news.push(step.to_string()));
        assert_eq!(errors, "[ERROR] Failed to execute goal: no such artifact\n");
        assert_eq!(news, ["downloaded core-2.0.0.jar (1 files)", "downloaded model-2.0.0.pom (2 files)"]);
    }

    #[test]
    fn a_failure_has_mavens_own_words() {
        let machine = Machine { jdk: "/".into(), maven: "false".into() };
        let folder = tempfile::tempdir().expect("a temporary folder");
        let error = maven(&machine, KestraLine::V2_0, folder.path(), &mut |_| {}).expect_err("it fails");
        assert!(matches!(error, Error::Maven { line: KestraLine::V2_0, .. }), "{error}");
        let machine = Machine { maven: folder.path().join("mvn"), ..machine };
        let error =
            maven(&machine, KestraLine::V2_0, folder.path(), &mut |_| {}).expect_err("it is not there");
        assert!(error.to_string().starts_with("can't start "), "{error}");
    }

    #[test]
    fn an_engine_without_its_jars_is_built_again() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        assert!(!is_complete(folder.path()), "nothing is there");
        let jar = folder.path().join("core.jar");
        fs::write(folder.path().join("classpath"), format!("{}\n", jar.display()))
            .expect("a writable folder");
        assert!(!is_complete(folder.path()), "a jar is missing");
        fs::write(&jar, "").expect("a writable folder");
        assert!(is_complete(folder.path()));
        let classpath = classpath(folder.path()).expect("a class path");
        let wanted = format!("{}/classes:{}", folder.path().display(), jar.display());
        assert_eq!(classpath, OsString::from(wanted));
    }
}
