//! Finds what the engine needs on the machine: a JDK that is new enough, and Maven.

use std::{
    env, fs,
    path::{Path, PathBuf},
};

use crate::error::Error;

/// The oldest Java that runs Kestra 2.0.
pub(crate) const OLDEST_JAVA: u32 = 25;

/// A machine that can build and run the engine.
#[derive(Debug)]
pub(crate) struct Machine {
    /// The home of the JDK.
    pub(crate) jdk: PathBuf,
    /// The program `mvn`.
    pub(crate) maven: PathBuf,
}

impl Machine {
    pub(crate) fn find() -> Result<Self, Error> {
        Ok(Self { jdk: newest().ok_or(Error::NoJdk)?, maven: on_path("mvn").ok_or(Error::NoMaven)? })
    }

    pub(crate) fn java(&self) -> PathBuf {
        self.jdk.join("bin/java")
    }
}

/// The newest JDK that is new enough; `JAVA_HOME` first.
fn newest() -> Option<PathBuf> {
    let homes = ["/usr/lib/jvm", "/Library/Java/JavaVirtualMachines"].map(PathBuf::from);
    let sdkman = env::home_dir().map(|home| home.join(".sdkman/candidates/java"));
    let installed = homes.into_iter().chain(sdkman).filter_map(|folder| fs::read_dir(folder).ok()).flatten();
    let installed = installed.filter_map(|entry| Some(entry.ok()?.path()));
    let installed = installed.flat_map(|path| [path.join("Contents/Home"), path]);
    let on_path = on_path("java").and_then(|java| fs::canonicalize(java).ok());
    let on_path = on_path.and_then(|java| Some(java.parent()?.parent()?.to_owned()));
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
    env::split_paths(&path).map(|folder| folder.join(program)).find(|program| program.is_file())
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
