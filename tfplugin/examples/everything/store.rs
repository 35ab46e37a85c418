//! The server that this provider has instead of one: a folder with a file per object.

use std::io::ErrorKind;
use std::path::PathBuf;

use tfplugin::diagnostics::{Diagnostics, Result};
use tfplugin::model::Model;
use tfplugin::value::{Path, json};

/// A folder of objects.
pub(crate) struct Store {
    folder: PathBuf,
}

impl Store {
    pub(crate) fn new(folder: String) -> Self {
        Self { folder: folder.into() }
    }

    /// The object of that name, if it exists.
    pub(crate) fn get<M: Model>(&self, kind: &str, name: &[&str]) -> Result<Option<M>> {
        let json = match std::fs::read(self.path(kind, name)) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            read => read.map_err(|error| failed("read", &error))?,
        };
        let value = json::decode_stored(&json, &M::block().object_type())?;
        Ok(Some(M::from_value(value, &Path::root())?))
    }

    /// Writes an object, which has nothing unknown in it.
    pub(crate) fn put<M: Model>(&self, kind: &str, name: &[&str], object: &M) -> Result<()> {
        let json = json::encode(&object.to_value(), &M::block().object_type())?;
        let path = self.path(kind, name);
        let folder = path.parent().unwrap_or(&self.folder);
        let written = std::fs::create_dir_all(folder).and_then(|()| std::fs::write(&path, json));
        written.map_err(|error| failed("write", &error))
    }

    /// Deletes an object; one that is gone already is a success.
    pub(crate) fn delete(&self, kind: &str, name: &[&str]) -> Result<()> {
        match std::fs::remove_file(self.path(kind, name)) {
            Err(error) if error.kind() != ErrorKind::NotFound => Err(failed("delete", &error)),
            _ => Ok(()),
        }
    }

    /// The names of the objects on a shelf, in order.
    pub(crate) fn names(&self, kind: &str, shelf: &str) -> Result<Vec<String>> {
        let entries = match std::fs::read_dir(self.path(kind, &[shelf])) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
            entries => entries.map_err(|error| failed("list", &error))?,
        };
        let mut names: Vec<String> =
            entries.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        Ok(names)
    }

    fn path(&self, kind: &str, name: &[&str]) -> PathBuf {
        self.folder.join(kind).join(name.join("/"))
    }
}

fn failed(what: &str, error: &std::io::Error) -> Diagnostics {
    Diagnostics::error(format!("Could not {what} the object"), format!("The file system says: {error}."))
}
