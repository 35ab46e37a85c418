//! `namespaces/{namespace}/files`: files that flows of a namespace can read.

use std::borrow::Cow;
use std::sync::Arc;

use reqwest::Method;
use serde::Deserialize;

use crate::call::{Body, Call};
use crate::client::Client;
use crate::error::Error;
use crate::refresh::{Listing, Names, Read, Seen, Stamp};
use crate::retry::Repeat;
use crate::route::Route;

/// What the server knows of a file or directory. There is no checksum and no content type.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct FileAttributes {
    pub r#type: FileType,
    /// In bytes.
    pub size: u64,
    /// Last part of the path. Kestra 1.3 shows a space as `+`.
    pub file_name: String,
    /// In milliseconds since 1970.
    #[serde(default)]
    pub last_modified_time: i64,
}

/// Files and directories.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub enum FileType {
    File,
    Directory,
}

/// The calls about namespace files. Paths may start with `/` or not.
#[derive(Clone, Copy, Debug)]
pub struct NamespaceFiles<'c> {
    pub(crate) client: &'c Client,
}

impl NamespaceFiles<'_> {
    /// Stores a file and makes its directories. Kestra reads a file below `/_flows/` as a flow.
    ///
    /// # Errors
    /// [`Error::Invalid`] for a path with `..` or a name longer than 255 bytes.
    pub async fn put(&self, namespace: &str, path: &str, content: Vec<u8>) -> Result<(), Error> {
        let _changed = self.client.reads().files.writing(namespace);
        let route = self.route(Method::POST, namespace, &[], &absolute(path)?)?;
        self.client.send(Call::new(route, Repeat::Harmless).body(Body::File(content))).await.map(drop)
    }

    /// Reads a file. Calls for the same file at the same time are one request.
    ///
    /// # Errors
    /// [`Error::NotFound`], also for a directory.
    pub async fn get(&self, namespace: &str, path: &str) -> Result<Arc<[u8]>, Error> {
        self.content(namespace, &absolute(path)?).await
    }

    /// Whether a file is still as the stamp says, and if not, what it is now. See [`crate::refresh`].
    ///
    /// # Errors
    /// As every call; a file that is gone is [`Read::Gone`], not an error.
    pub async fn current(
        &self,
        namespace: &str,
        path: &str,
        known: Option<&Stamp>,
    ) -> Result<Read<Arc<[u8]>>, Error> {
        let path = absolute(path)?;
        let (directory, name) = path.rsplit_once('/').unwrap_or_default();
        let scope = format!("{namespace}{directory}/");
        self.client.reads().files.current(self, &scope, name, known).await
    }

    /// Deletes a file, or a directory with all that is in it. Deleting nothing succeeds.
    ///
    /// # Errors
    /// As every call.
    pub async fn delete(&self, namespace: &str, path: &str) -> Result<(), Error> {
        let _changed = self.client.reads().files.writing(namespace);
        let route = self.route(Method::DELETE, namespace, &[], &absolute(path)?)?;
        self.client.send(Call::new(route, Repeat::Deletion)).await.map(drop)
    }

    /// What the server knows of a file or directory.
    ///
    /// # Errors
    /// [`Error::NotFound`].
    pub async fn stats(&self, namespace: &str, path: &str) -> Result<FileAttributes, Error> {
        let route = self.route(Method::GET, namespace, &["stats"], &absolute(path)?)?;
        self.client.send(Call::new(route, Repeat::Harmless)).await?.json()
    }

    /// What is directly in a directory, in no order; `/` is the root.
    ///
    /// # Errors
    /// [`Error::NotFound`] when there is no such directory.
    pub async fn directory(&self, namespace: &str, path: &str) -> Result<Vec<FileAttributes>, Error> {
        let path = format!("/{}", path.trim_matches('/'));
        let route = self.route(Method::GET, namespace, &["directory"], &path)?;
        self.client.send(Call::new(route, Repeat::Harmless)).await?.json()
    }

    async fn content(&self, namespace: &str, path: &str) -> Result<Arc<[u8]>, Error> {
        let route = self.route(Method::GET, namespace, &[], path)?;
        Ok(self.client.send(Call::new(route, Repeat::Harmless)).await?.body.into())
    }

    fn route(&self, method: Method, namespace: &str, rest: &[&str], path: &str) -> Result<Route, Error> {
        let segments = [&["namespaces", namespace, "files"], rest].concat();
        let route = self.client.tenant(method, &segments)?;
        // The root is meant by leaving the path out.
        Ok(if path == "/" { route } else { route.query("path", path) })
    }
}

/// The path with its leading slash.
fn absolute(path: &str) -> Result<String, Error> {
    let relative = path.trim_start_matches('/');
    if relative.is_empty() {
        return Err(Error::Argument { argument: "path", problem: "must name a file".to_owned() });
    }
    Ok(format!("/{relative}"))
}

impl Listing for NamespaceFiles<'_> {
    type Object = Arc<[u8]>;

    /// Kestra 1.3 shows a space as `+`.
    fn listed_as(name: &str) -> Cow<'_, str> {
        Cow::Owned(name.replace(' ', "+"))
    }

    async fn names(&self, scope: &str) -> Result<Names, Error> {
        let (namespace, directory) = scope.split_once('/').unwrap_or((scope, ""));
        let mut names = Names::new();
        for file in self.directory(namespace, directory).await? {
            let stamp = Stamp { number: file.size, updated: file.last_modified_time, listed: true };
            // `a b` and `a+b` share a name in the list; it can then speak for neither.
            let unique = |shared: &mut Option<Stamp>| *shared = None;
            names
                .entry(Self::listed_as(&file.file_name).into_owned())
                .and_modify(unique)
                .or_insert(Some(stamp));
        }
        Ok(names)
    }

    /// The answer has no time, so the time is asked for first: if the file changes in between, the next refresh sees it.
    async fn fetch(&self, scope: &str, name: &str, listed: Option<&Stamp>) -> Result<Seen<Arc<[u8]>>, Error> {
        let (namespace, directory) = scope.split_once('/').unwrap_or((scope, ""));
        let path = format!("/{directory}{name}");
        let stamp = match listed {
            Some(listed) => listed.clone(),
            None => {
                let file = self.stats(namespace, &path).await?;
                Stamp { number: file.size, updated: file.last_modified_time, listed: true }
            }
        };
        Ok(Seen { object: self.content(namespace, &path).await?, stamp: Some(stamp) })
    }
}

#[cfg(test)]
mod tests;
