//! The examples that pages show: files, which the provider's tests can apply.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use thiserror::Error;

use crate::schema::IdentitySchema;
use crate::server::split_id;
use crate::value::Value;

/// Why an example cannot be shown.
#[derive(Debug, Error)]
pub enum ExampleError {
    /// The file is there but cannot be read.
    #[error("the example {} cannot be read: {source}", path.display())]
    Unreadable {
        /// Which file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// The file does not import an object of this type by an id.
    #[error("{} has no line `terraform import ADDRESS ID` with an id of the type: {problem}", path.display())]
    Import {
        /// Which file.
        path: PathBuf,
        /// What is wrong with it.
        problem: String,
    },
}

/// The folder of the examples.
pub(super) struct Examples {
    folder: PathBuf,
}

/// An object that is imported.
pub(super) struct ImportExample {
    /// The command.
    pub(super) command: String,
    /// Where the object belongs in the configuration.
    pub(super) address: String,
    pub(super) id: String,
    /// The identity that the id stands for.
    pub(super) identity: Vec<(String, Value)>,
}

impl Examples {
    pub(super) fn new(folder: &Path) -> Self {
        Self { folder: folder.to_owned() }
    }

    /// The text of an example, if there is one.
    pub(super) fn read(&self, path: &str) -> Result<Option<String>, ExampleError> {
        let path = self.folder.join(path);
        match fs::read_to_string(&path) {
            Ok(text) => Ok(Some(text)),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(source) => Err(ExampleError::Unreadable { path, source }),
        }
    }

    /// The `import.sh` in the folder of a type, or how one would look.
    pub(super) fn import(
        &self,
        name: &str,
        identity: &IdentitySchema,
        folder: &str,
    ) -> Result<ImportExample, ExampleError> {
        let path = format!("{folder}/import.sh");
        let Some(command) = self.read(&path)? else {
            return Ok(placeholder(name, identity));
        };
        let problem = |problem: String| ExampleError::Import { path: self.folder.join(&path), problem };
        let words = command.lines().find_map(|line| line.strip_prefix("terraform import "));
        let words = words.and_then(|words| words.trim().split_once(' '));
        let (address, id) = words.ok_or_else(|| problem("there is no such line".to_owned()))?;
        let id = id.trim_matches(['"', '\'']);
        let identity = split_id(identity, id).map_err(|error| {
            problem(error.iter().map(|error| error.detail.as_str()).collect::<Vec<_>>().join(" "))
        })?;
        let (address, id) = (address.to_owned(), id.to_owned());
        Ok(ImportExample { command, address, id, identity })
    }
}

fn placeholder(name: &str, identity: &IdentitySchema) -> ImportExample {
    let names = identity.attributes.iter().map(|attribute| attribute.name);
    let identity: Vec<(String, Value)> =
        names.map(|name| (name.to_owned(), Value::from(format!("<{name}>").as_str()))).collect();
    let parts: Vec<&str> = identity.iter().filter_map(|(_, value)| value.as_str()).collect();
    let (address, id) = (format!("{name}.example"), parts.join("/"));
    ImportExample { command: format!("terraform import {address} '{id}'"), address, id, identity }
}
