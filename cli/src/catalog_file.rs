//! The catalog of a project: the plugins that its server has beyond Kestra's own, in a file that travels with the flows.

use std::{
    env, fs,
    path::{Path, PathBuf},
};

use anyhow::Context;
use schema::{
    KestraLine,
    catalog::{Catalog, Entry},
};

/// Where the file is when nobody says otherwise: in the working directory, or the nearest folder above it that has one.
pub(crate) const PLACE: &str = ".flowsmith/schema.json";

/// The catalogs of these lines, with what the given file adds, or else the project's, if there is one.
pub(crate) fn catalogs(given: Option<&Path>, lines: &[KestraLine]) -> anyhow::Result<Vec<&'static Catalog>> {
    let Some(path) = given.map(Path::to_owned).or_else(of_project) else {
        return Ok(lines.iter().map(|line| Catalog::of(*line)).collect());
    };
    let added = read(&path)?;
    Ok(lines.iter().map(|line| Catalog::extended(*line, added.clone())).collect())
}

fn of_project() -> Option<PathBuf> {
    let folder = env::current_dir().ok()?;
    folder.ancestors().map(|folder| folder.join(PLACE)).find(|path| path.is_file())
}

/// The entries of a file.
pub(crate) fn read(path: &Path) -> anyhow::Result<Vec<Entry>> {
    let text = fs::read_to_string(path).with_context(|| format!("can't read {}", path.display()))?;
    serde_json::from_str(&text)
        .with_context(|| format!("{} is no catalog; `flowsmith schema add` writes one", path.display()))
}

/// Writes entries, one in a line: a review sees which plugin changes.
pub(crate) fn write(path: &Path, entries: &[Entry]) -> anyhow::Result<()> {
    let lines = entries.iter().map(serde_json::to_string).collect::<Result<Vec<_>, _>>()?;
    let folder = path.parent().unwrap_or(Path::new(""));
    fs::create_dir_all(folder)
        .and_then(|()| fs::write(path, format!("[\n{}\n]\n", lines.join(",\n"))))
        .with_context(|| format!("can't write {}", path.display()))
}
