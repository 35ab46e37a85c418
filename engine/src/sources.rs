//! The sources of the Maven project, which travel in the binary.

use std::{
    fs,
    hash::{DefaultHasher, Hash, Hasher},
    path::Path,
};

use rust_embed::RustEmbed;
use schema::KestraLine;

use crate::error::Error;

#[derive(RustEmbed)]
#[folder = "."]
#[include = "pom.xml"]
#[include = "src/main/*"]
struct Sources;

/// Tells versions of the sources apart.
pub(crate) fn digest() -> u64 {
    let mut hasher = DefaultHasher::new();
    for name in names() {
        name.hash(&mut hasher);
        Sources::get(&name).map(|file| file.data).hash(&mut hasher);
    }
    hasher.finish()
}

/// Writes the project into a folder.
pub(crate) fn unpack(folder: &Path) -> Result<(), Error> {
    for name in names() {
        let Some(file) = Sources::get(&name) else { continue };
        let path = folder.join(&name);
        let parent = path.parent().map_or(Ok(()), fs::create_dir_all);
        parent.and_then(|()| fs::write(&path, file.data)).map_err(Error::file("write", &path))?;
    }
    Ok(())
}

/// The version of Kestra that a line is built from, as the project says.
pub(crate) fn version(line: KestraLine) -> String {
    let project = Sources::get("pom.xml").map(|file| String::from_utf8_lossy(&file.data).into_owned());
    let project = project.unwrap_or_default();
    let profile = project.split_once(&format!("<kestra.line>{line}<")).map_or("", |(_, rest)| rest);
    let version = profile.split_once("<kestra.version>").and_then(|(_, rest)| rest.split_once('<'));
    version.map_or_else(|| line.to_string(), |(version, _)| version.to_owned())
}

fn names() -> Vec<String> {
    let mut names: Vec<String> = Sources::iter().map(String::from).collect();
    names.sort();
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_whole_project_travels_and_nothing_else() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        unpack(folder.path()).expect("a writable folder");
        for path in [
            "pom.xml",
            "src/main/java/flowsmith/engine/Main.java",
            "src/main/1.3/flowsmith/engine/Loopback.java",
            "src/main/2.0/flowsmith/engine/Loopback.java",
            "src/main/resources/application-test.yml",
        ] {
            let here = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
            let (here, there) = (fs::read(here), fs::read(folder.path().join(path)));
            assert_eq!(there.expect("a file"), here.expect("a file"), "{path}");
        }
        assert!(
            !names().iter().any(|name| name.ends_with(".rs") || name.starts_with("target")),
            "{:?}",
            names()
        );
    }

    #[test]
    fn the_version_is_the_one_of_the_line() {
        for line in KestraLine::ALL {
            let version = version(line);
            assert_eq!(version.parse(), Ok(line), "{version}");
            assert_ne!(version, line.to_string(), "a whole version");
        }
    }
}
