//! Flows in files and folders, as commands are given them.

use std::{
    fs,
    io::{self, Read as _},
    path::{Path, PathBuf},
};

use anyhow::{Context, anyhow, ensure};
use schema::flow::Flow;
use walkdir::{DirEntry, WalkDir};

/// A file with the text of a flow.
#[derive(Debug)]
pub(crate) struct FlowFile {
    /// Where it is, as people know it.
    pub(crate) path: PathBuf,
    /// The text.
    pub(crate) source: String,
}

impl FlowFile {
    /// The flow, which may still break rules.
    ///
    /// # Errors
    /// The text is no flow.
    pub(crate) fn parse(&self) -> anyhow::Result<Flow> {
        Flow::parse(&self.source)
            .map_err(|problems| anyhow!("{} is no flow: {problems}", self.path.display()))
    }
}

/// The properties that tell a flow from other YAML.
const MARKS: [&str; 3] = ["id", "namespace", "tasks"];

/// So many bytes have more characters than Kestra reads.
const LONGEST: usize = 4 * (schema::yaml::MAX_CHARACTERS + 2);

/// As many of them make a flow: one may be what its author forgot.
const ENOUGH: usize = 2;

/// The named files, and the flows among the YAML files in the named folders and below them, in order. Links are followed;
/// hidden files and folders below a named one are left out, and so are documents that are something else than a flow.
///
/// # Errors
/// What cannot be read, and a folder without any flow, which is hardly what was meant.
pub(crate) fn read(paths: &[PathBuf]) -> anyhow::Result<Vec<FlowFile>> {
    let mut files = Vec::new();
    for path in paths {
        if path.is_dir() {
            let found = read_folder(path)?;
            ensure!(!found.is_empty(), "there is no flow in {}", path.display());
            files.extend(found);
        } else {
            files.push(read_file(path)?);
        }
    }
    Ok(files)
}

fn read_folder(folder: &Path) -> anyhow::Result<Vec<FlowFile>> {
    let is_shown =
        |entry: &DirEntry| entry.depth() == 0 || !entry.file_name().as_encoded_bytes().starts_with(b".");
    let entries = WalkDir::new(folder).follow_links(true).sort_by_file_name().into_iter();
    let mut files = Vec::new();
    for entry in entries.filter_entry(is_shown) {
        let Some(path) = yaml_file(entry)? else { continue };
        let file = read_file(&path)?;
        if may_be_flow(&file.source) {
            files.push(file);
        }
    }
    Ok(files)
}

/// The path of a YAML file; pipes and devices that are called like one may never end.
fn yaml_file(entry: walkdir::Result<DirEntry>) -> anyhow::Result<Option<PathBuf>> {
    match entry {
        Ok(entry) => {
            Ok(Some(entry.path()).filter(|path| is_yaml(path) && path.is_file()).map(Path::to_owned))
        }
        Err(error) if leads_nowhere(&error) => Ok(None),
        Err(error) => {
            let path = error.path().unwrap_or(Path::new("a folder")).display().to_string();
            Err(error).with_context(|| format!("can't read {path}"))
        }
    }
}

/// A link back to where the walk has been, or to nothing that would be a flow.
fn leads_nowhere(error: &walkdir::Error) -> bool {
    let is_missing = error.io_error().is_some_and(|error| error.kind() == io::ErrorKind::NotFound);
    error.loop_ancestor().is_some() || (is_missing && !error.path().is_some_and(is_yaml))
}

fn is_yaml(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "yaml" || extension == "yml")
}

/// A text that is no YAML at all may well be meant as a flow.
fn may_be_flow(source: &str) -> bool {
    schema::yaml::parse(source)
        .map_or(true, |document| MARKS.iter().filter(|name| document.get(name).is_some()).count() >= ENOUGH)
}

/// One file, or so much of its start that it is certainly too long for Kestra.
pub(crate) fn read_file(path: &Path) -> anyhow::Result<FlowFile> {
    let mut bytes = Vec::new();
    let read = fs::File::open(path).and_then(|file| file.take(LONGEST as u64).read_to_end(&mut bytes));
    read.with_context(|| format!("can't read {}", path.display()))?;
    if let Err(error) = str::from_utf8(&bytes)
        && bytes.len() == LONGEST
        && error.error_len().is_none()
    {
        bytes.truncate(error.valid_up_to());
    }
    let source = String::from_utf8(bytes)
        .map_err(|error| error.utf8_error())
        .with_context(|| format!("{} is not UTF-8 text", path.display()))?;
    Ok(FlowFile { path: path.to_owned(), source })
}

#[cfg(test)]
mod tests {
    use super::*;

    const FLOW: &str = "id: a\nnamespace: b\ntasks: []\n";

    fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for (path, text) in files {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        folder
    }

    /// The names of the files that are read, from the folder on.
    fn names(folder: &Path) -> Vec<String> {
        let files = read(&[folder.to_owned()]).unwrap();
        let name =
            |file: FlowFile| file.path.strip_prefix(folder).unwrap().to_string_lossy().replace('\\', "/");
        files.into_iter().map(name).collect()
    }

    fn refused(path: &Path) -> String {
        format!("{:#}", read(&[path.to_owned()]).unwrap_err())
    }

    #[test]
    fn flows_are_found_among_other_files() {
        let folder = folder(&[
            ("b.yml", FLOW),
            ("a/deep/c.yaml", FLOW),
            ("a/no-tasks.yaml", "id: a\nnamespace: b\n"),
            ("a/no-id.yaml", "namespace: b\ntasks: []\n"),
            ("a/no-yaml.yaml", "a: [\n"),
            ("taskfile.yaml", "version: 3\ntasks: {}\n"),
            ("playbook.yaml", "- tasks: []\n"),
            ("flow.txt", FLOW),
            (".hidden/flow.yaml", FLOW),
        ]);
        let expected = ["a/deep/c.yaml", "a/no-id.yaml", "a/no-tasks.yaml", "a/no-yaml.yaml", "b.yml"];
        assert_eq!(names(folder.path()), expected);
    }

    #[cfg(unix)]
    #[test]
    fn links_are_followed_but_never_in_circles() {
        use std::os::unix::fs::symlink;
        let folder = folder(&[("flows/a.yaml", FLOW), ("elsewhere/b.yaml", FLOW)]);
        let flows = folder.path().join("flows");
        symlink(&flows, flows.join("circle")).unwrap();
        symlink("nowhere", flows.join("dangling")).unwrap();
        symlink(folder.path().join("elsewhere"), flows.join("other")).unwrap();
        assert_eq!(names(&flows), ["a.yaml", "other/b.yaml"]);

        symlink("nowhere", flows.join("gone.yaml")).unwrap();
        let said = refused(&flows);
        assert!(said.contains("gone.yaml") && said.contains("No such file"), "{said}");
    }

    #[test]
    fn what_holds_no_flow_is_an_error() {
        let folder = folder(&[("empty/readme.md", ""), ("binary.yaml", "")]);
        fs::write(folder.path().join("binary.yaml"), b"\xff\xfe").unwrap();
        for (path, expected) in [
            ("empty", "there is no flow in"),
            ("missing", "can't read"),
            ("binary.yaml", "is not UTF-8 text"),
        ] {
            let said = refused(&folder.path().join(path));
            assert!(said.contains(expected) && said.contains(path), "{said}");
        }
    }
}
