//! Finds what Kestra's engine needs on the machine: a JDK that is new enough, and Maven.

use std::{
    env, fs,
    io::Write,
    path::{Path, PathBuf},
    sync::OnceLock,
};

/// The oldest Java that runs Kestra 2.0.
const OLDEST_JAVA: u32 = 25;

/// The JDK, when there is one, and Maven too. Found once per process, so that what is missing is said once.
pub(super) fn jdk() -> Option<&'static Path> {
    static JAVA: OnceLock<Option<PathBuf>> = OnceLock::new();
    let java = JAVA.get_or_init(|| {
        let found = newest().filter(|_| on_path("mvn").is_some());
        if found.is_none() {
            let missing = format!(
                "Kestra's own engine is not there to compare with: it needs a JDK of Java {OLDEST_JAVA} or newer \
                 (JAVA_HOME, or in the usual folders) and Maven on PATH"
            );
            assert!(env::var_os("CI").is_none(), "{missing}");
            // Past the capture of the test runner: a skipped test must be seen.
            let _ = writeln!(std::io::stderr(), "skipped: {missing}");
        }
        found
    });
    java.as_deref()
}

/// The newest JDK that is new enough; `JAVA_HOME` first.
fn newest() -> Option<PathBuf> {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_version_of_a_jdk_is_read_from_its_release_file() {
        for (release, expected) in [
            ("IMPLEMENTOR=\"Eclipse Adoptium\"\nJAVA_VERSION=\"25.0.3\"\n", Some(25)),
            ("JAVA_VERSION=\"17.0.15\"\n", Some(17)),
            ("JAVA_VERSION=\"26-ea\"\n", Some(26)),
            ("JAVA_VERSION=\"1.8.0_412\"\n", Some(1)),
            ("JAVA_VERSION=\"none\"\n", None),
            ("", None),
        ] {
            let home = tempfile::tempdir().expect("a temporary folder");
            fs::write(home.path().join("release"), release).expect("a writable folder");
            assert_eq!(version(home.path()), None, "{release} without a compiler");
            fs::create_dir(home.path().join("bin")).expect("a writable folder");
            fs::write(home.path().join("bin/javac"), "").expect("a writable folder");
            assert_eq!(version(home.path()), expected, "{release}");
        }
    }
}
