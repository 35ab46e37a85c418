//! `kv`: keys and values of a namespace. Kestra infers a value's type from the text it is sent.

use std::fmt;

use reqwest::Method;
use reqwest::header::{HeaderName, HeaderValue};
use serde::Deserialize;

use crate::call::{Body, Call};
use crate::client::Client;
use crate::error::Error;
use crate::page::{self, Page};
use crate::refresh::{Listing, Names, Read, Seen, Stamp};
use crate::retry::Repeat;
use crate::secret::Secret;

/// A value and its type. `Debug` leaves the value out: many are secrets.
#[derive(Clone, PartialEq, Deserialize)]
pub struct Value {
    /// `STRING`, `NUMBER`, `BOOLEAN`, `DATETIME`, `DATE`, `DURATION` or `JSON`.
    pub r#type: String,
    /// The value as JSON; `null` when the server gives none.
    #[serde(default)]
    pub value: serde_json::Value,
    /// Counts writes, from 1.
    #[serde(default)]
    pub revision: Option<u64>,
    /// When it was written (RFC 3339).
    #[serde(default)]
    pub updated: Option<String>,
}

impl fmt::Debug for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Value")
            .field("type", &self.r#type)
            .field("revision", &self.revision)
            .finish_non_exhaustive()
    }
}

/// A key in a list; lists never hold values.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Entry {
    pub namespace: String,
    pub key: String,
    /// Called `version` by 1.3.
    #[serde(alias = "version")]
    pub revision: u64,
    #[serde(default)]
    pub description: Option<String>,
    #[serde(default)]
    pub creation_date: Option<String>,
    #[serde(default)]
    pub update_date: Option<String>,
    /// When the value ends, if it does.
    #[serde(default)]
    pub expiration_date: Option<String>,
}

/// What a value may carry beside itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PutOptions {
    /// Time to live as an ISO 8601 duration (`PT24H`). Kestra 1.3 answers 500 to anything else.
    pub ttl: Option<String>,
    /// Kestra reads it as Latin-1, so other characters are refused here.
    pub description: Option<String>,
}

/// The calls about keys and values.
#[derive(Clone, Copy, Debug)]
pub struct Kv<'c> {
    pub(crate) client: &'c Client,
}

impl Kv<'_> {
    /// Stores a value; `text` is what Kestra infers the type from. Every call makes a new revision, so a repeated one
    /// may count twice.
    ///
    /// # Errors
    /// [`Error::Invalid`] for a bad key or an empty text; [`Error::Argument`] for options that no header can carry.
    pub async fn put(
        &self,
        namespace: &str,
        key: &str,
        text: Secret,
        options: &PutOptions,
    ) -> Result<(), Error> {
        let _changed = self.client.reads().kv.writing(namespace);
        let route = self.client.tenant(Method::PUT, &["namespaces", namespace, "kv", key])?;
        let mut call = Call::new(route, Repeat::Harmless).body(Body::Secret(text));
        for (name, text) in [("ttl", &options.ttl), ("description", &options.description)] {
            if let Some(text) = text {
                call.headers.push((HeaderName::from_static(name), latin1(name, text)?));
            }
        }
        self.client.send(call).await.map(drop)
    }

    /// Reads a value. Calls for the same key at the same time are one request.
    ///
    /// # Errors
    /// [`Error::NotFound`]; [`Error::Expired`] after its time to live. A parent namespace's key is not found.
    pub async fn get(&self, namespace: &str, key: &str) -> Result<Value, Error> {
        self.client.reads().kv.get(self, namespace, key).await
    }

    /// Whether a value is still as the stamp says, and if not, what it is now. See [`crate::refresh`].
    ///
    /// # Errors
    /// As every call; a key that is missing or expired is [`Read::Gone`], not an error.
    pub async fn current(
        &self,
        namespace: &str,
        key: &str,
        known: Option<&Stamp>,
    ) -> Result<Read<Value>, Error> {
        self.client.reads().kv.current(self, namespace, key, known).await
    }

    /// Deletes a key. Returns whether there was one, as far as the last attempt could see.
    ///
    /// # Errors
    /// As every call; a missing key is not an error.
    pub async fn delete(&self, namespace: &str, key: &str) -> Result<bool, Error> {
        let _changed = self.client.reads().kv.writing(namespace);
        let route = self.client.tenant(Method::DELETE, &["namespaces", namespace, "kv", key])?;
        self.client.send(Call::new(route, Repeat::Harmless)).await?.json()
    }

    /// All keys of exactly this namespace, sorted.
    ///
    /// # Errors
    /// As every call.
    pub async fn list(&self, namespace: &str) -> Result<Vec<Entry>, Error> {
        self.search(&[("filters[namespace][EQUALS]", namespace)]).await
    }

    /// All keys that match the filters, each a pair such as `("filters[namespace][PREFIX]", "company")`; sorted by key.
    ///
    /// # Errors
    /// [`Error::Invalid`] for a filter that the server does not know.
    pub async fn search(&self, filters: &[(&str, &str)]) -> Result<Vec<Entry>, Error> {
        page::all(|number| self.search_page(filters, number)).await
    }

    async fn search_page(&self, filters: &[(&str, &str)], number: u32) -> Result<Page<Entry>, Error> {
        let route = self.client.tenant(Method::GET, &["kv"])?;
        let route = filters.iter().fold(route, |route, (name, value)| route.query(name, value));
        let route = route.query("sort", "key:asc").query("size", page::SIZE).query("page", number);
        self.client.send(Call::new(route, Repeat::Harmless)).await?.json()
    }
}

/// A header value in the encoding Kestra reads.
fn latin1(name: &'static str, text: &str) -> Result<HeaderValue, Error> {
    let bytes: Option<Vec<u8>> = text.chars().map(|c| u8::try_from(c).ok()).collect();
    bytes.and_then(|bytes| HeaderValue::from_bytes(&bytes).ok()).ok_or_else(|| {
        let problem = "is sent as a header: only one line of Latin-1 characters arrives intact";
        Error::Argument { argument: name, problem: problem.to_owned() }
    })
}

impl Listing for Kv<'_> {
    type Object = Value;

    async fn names(&self, namespace: &str) -> Result<Names, Error> {
        let entries = self.list(namespace).await?.into_iter();
        Ok(entries
            .map(|entry| (entry.key, Stamp::at(entry.revision, entry.update_date.as_deref())))
            .collect())
    }

    async fn fetch(&self, namespace: &str, key: &str, _listed: Option<&Stamp>) -> Result<Seen<Value>, Error> {
        let route = self.client.tenant(Method::GET, &["namespaces", namespace, "kv", key])?;
        let value: Value = self.client.send(Call::new(route, Repeat::Harmless)).await?.json()?;
        let stamp = value.revision.and_then(|revision| Stamp::at(revision, value.updated.as_deref()));
        Ok(Seen { object: value, stamp })
    }
}

#[cfg(test)]
mod tests;
