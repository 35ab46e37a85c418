//! Flows in files and folders, as commands are given them.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use anyhow::Context;

/// A file with the text of a flow.
#[derive(Debug)]
pub(crate) struct FlowFile {
    /// Where it is, as people know it.
    pub(crate) path: PathBuf,
    /// The text.
    pub(crate) source: String,
}

/// The named files, and all YAML files in the named folders and below them, in order. In folders, a document that is a map
/// without `tasks` is something else than a flow and left out.
pub(crate) fn read(paths: &[PathBuf]) -> anyhow::Result<Vec<FlowFile>> {
    let mut files = Vec::new();
    for path in paths {
        if path.is_dir() {
            read_folder(path, &mut files)?;
        } else {
            files.push(read_file(path)?);
        }
    }
    Ok(files)
}

fn read_folder(folder: &Path, files: &mut Vec<FlowFile>) -> anyhow::Result<()> {
    let entries = fs::read_dir(folder).and_then(Iterator::collect::<io::Result<Vec<_>>>);
    let entries = entries.with_context(|| format!("can't list {}", folder.display()))?;
    let mut paths: Vec<PathBuf> = entries.into_iter().map(|entry| entry.path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            read_folder(&path, files)?;
        } else if is_yaml(&path) {
            let file = read_file(&path)?;
            if may_be_flow(&file.source) {
                files.push(file);
            }
        }
    }
    Ok(())
}

fn is_yaml(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "yaml" || extension == "yml")
}

/// A text that is no YAML at all may well be meant as a flow.
fn may_be_flow(source: &str) -> bool {
    schema::yaml::parse(source).map_or(true, |document| document.get("tasks").is_some())
}

/// One file.
pub(crate) fn read_file(path: &Path) -> anyhow::Result<FlowFile> {
    let bytes = fs::read(path).with_context(|| format!("can't read {}", path.display()))?;
    let source = String::from_utf8(bytes)
        .map_err(|error| error.utf8_error())
        .with_context(|| format!("{} is not UTF-8 text", path.display()))?;
    Ok(FlowFile { path: path.to_owned(), source })
}
