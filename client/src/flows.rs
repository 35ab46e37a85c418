//! `flows`: Kestra stores each flow as text and gives every changed text the next revision.

use std::fmt;

use reqwest::Method;
use serde::Deserialize;

use crate::call::{Body, Call};
use crate::client::Client;
use crate::error::Error;
use crate::page::{self, Page};
use crate::refresh::{Listing, Names, Read, Seen, Stamp};
use crate::retry::Repeat;

/// A flow as the server describes it. `Debug` leaves the text out.
#[derive(Clone, PartialEq, Deserialize)]
pub struct Flow {
    pub id: String,
    pub namespace: String,
    /// Counts changed texts, from 1, deletions included.
    pub revision: u64,
    /// When the revision was stored (RFC 3339); answers to writes lack it.
    #[serde(default)]
    pub updated: Option<String>,
    #[serde(default)]
    pub disabled: bool,
    #[serde(default)]
    pub deleted: bool,
    /// Only from 2.0 on.
    #[serde(default)]
    pub draft: bool,
    /// The text byte for byte; missing in lists.
    #[serde(default)]
    pub source: Option<String>,
    /// Everything else: tasks, triggers, inputs, ...
    #[serde(flatten)]
    pub extra: serde_json::Map<String, serde_json::Value>,
}

impl fmt::Debug for Flow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("Flow");
        shown.field("namespace", &self.namespace).field("id", &self.id).field("revision", &self.revision);
        shown.finish_non_exhaustive()
    }
}

/// A flow in a list, without text and tasks, so that lists of thousands stay small.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct FlowSummary {
    pub id: String,
    pub namespace: String,
    pub revision: u64,
    #[serde(default)]
    pub updated: Option<String>,
    #[serde(default)]
    pub disabled: bool,
    #[serde(default)]
    pub labels: Vec<Label>,
}

/// A label as lists write it, whatever form it has in the text.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Label {
    pub key: String,
    pub value: String,
}

impl FlowSummary {
    /// The value of a label.
    #[must_use]
    pub fn label(&self, key: &str) -> Option<&str> {
        self.labels.iter().find(|label| label.key == key).map(|label| label.value.as_str())
    }
}

/// What the server thinks of a flow's text. A text that cannot be parsed has only `constraints`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Validation {
    /// Errors, separated by line breaks; None when the flow is valid.
    pub constraints: Option<String>,
    pub warnings: Vec<String>,
    pub infos: Vec<String>,
    pub deprecation_paths: Vec<String>,
    /// The text names a revision that is not the next one.
    pub outdated: bool,
}

/// The calls about flows.
#[derive(Clone, Copy, Debug)]
pub struct Flows<'c> {
    pub(crate) client: &'c Client,
}

impl Flows<'_> {
    /// Creates the flow that the text names.
    ///
    /// # Errors
    /// [`Error::AlreadyExists`], [`Error::Invalid`]. Sent once only: after [`Error::leaves_outcome_unknown`], read.
    pub async fn create(&self, source: &str) -> Result<Flow, Error> {
        let _changed = self.client.reads().flows.writing_anywhere();
        let route = self.client.tenant(Method::POST, &["flows"])?;
        let call = Call::new(route, Repeat::Harmful).body(Body::Yaml(source.to_owned()));
        self.client.send(call).await.map_err(|error| error.on_creation("flow.id"))?.json()
    }

    /// Replaces the text. An equal text changes nothing, the revision included.
    ///
    /// # Errors
    /// [`Error::NotFound`]; [`Error::Invalid`], also when the text names another flow.
    pub async fn update(&self, namespace: &str, id: &str, source: &str) -> Result<Flow, Error> {
        let _changed = self.client.reads().flows.writing(namespace);
        let route = self.client.tenant(Method::PUT, &["flows", namespace, id])?;
        let call = Call::new(route, Repeat::Harmless).body(Body::Yaml(source.to_owned()));
        self.client.send(call).await?.json()
    }

    /// Deletes a flow; its revisions stay on the server.
    ///
    /// # Errors
    /// [`Error::NotFound`] when there was none, unless an earlier attempt of this call may have deleted it.
    pub async fn delete(&self, namespace: &str, id: &str) -> Result<(), Error> {
        let _changed = self.client.reads().flows.writing(namespace);
        let route = self.client.tenant(Method::DELETE, &["flows", namespace, id])?;
        self.client.send(Call::new(route, Repeat::Deletion)).await.map(drop)
    }

    /// Reads a flow with its text. Calls for the same flow at the same time are one request.
    ///
    /// # Errors
    /// [`Error::NotFound`].
    pub async fn get(&self, namespace: &str, id: &str) -> Result<Flow, Error> {
        self.client.reads().flows.get(self, namespace, id).await
    }

    /// Reads one revision with its text.
    ///
    /// # Errors
    /// [`Error::NotFound`], also for a revision that does not exist.
    pub async fn get_revision(&self, namespace: &str, id: &str, revision: u64) -> Result<Flow, Error> {
        let route = self.client.tenant(Method::GET, &["flows", namespace, id])?;
        let route = route.query("source", true).query("revision", revision);
        self.client.send(Call::new(route, Repeat::Harmless)).await?.json()
    }

    /// Whether a flow is still as the stamp says, and if not, what it is now. See [`crate::refresh`].
    ///
    /// # Errors
    /// As every call; an object that is gone is [`Read::Gone`], not an error.
    pub async fn current(
        &self,
        namespace: &str,
        id: &str,
        known: Option<&Stamp>,
    ) -> Result<Read<Flow>, Error> {
        self.client.reads().flows.current(self, namespace, id, known).await
    }

    /// All flows of exactly this namespace; empty when there is no such namespace.
    ///
    /// # Errors
    /// As every call.
    pub async fn list(&self, namespace: &str) -> Result<Vec<FlowSummary>, Error> {
        let route = self.client.tenant(Method::GET, &["flows", namespace])?;
        self.client.send(Call::new(route, Repeat::Harmless)).await?.json()
    }

    /// All revisions of a flow with their texts, oldest first; also those of a deleted flow.
    ///
    /// # Errors
    /// As every call.
    pub async fn revisions(&self, namespace: &str, id: &str) -> Result<Vec<Flow>, Error> {
        let route = self.client.tenant(Method::GET, &["flows", namespace, id, "revisions"])?;
        self.client.send(Call::new(route, Repeat::Harmless)).await?.json()
    }

    /// All flows that match the filters, each a pair such as `("filters[namespace][PREFIX]", "company")`.
    ///
    /// # Errors
    /// [`Error::Invalid`] for a filter that the server does not know.
    pub async fn search(&self, filters: &[(&str, &str)]) -> Result<Vec<FlowSummary>, Error> {
        page::all(|number| self.search_page(filters, number)).await
    }

    async fn search_page(&self, filters: &[(&str, &str)], number: u32) -> Result<Page<FlowSummary>, Error> {
        let route = self.client.tenant(Method::GET, &["flows", "search"])?.query("sort", "id:asc");
        let route = filters.iter().fold(route, |route, (name, value)| route.query(name, value));
        let route = route.query("size", page::SIZE).query("page", number);
        self.client.send(Call::new(route, Repeat::Harmless)).await?.json()
    }

    /// Asks the server what it thinks of texts, without storing them. The answers are in the order of the texts.
    ///
    /// # Errors
    /// As every call; an invalid flow is not an error but has `constraints`.
    pub async fn validate(&self, source: &str) -> Result<Vec<Validation>, Error> {
        let route = self.client.tenant(Method::POST, &["flows", "validate"])?;
        let call = Call::new(route, Repeat::Harmless).body(Body::Yaml(source.to_owned()));
        self.client.send(call).await?.json()
    }
}

impl Listing for Flows<'_> {
    type Object = Flow;

    async fn names(&self, namespace: &str) -> Result<Names, Error> {
        let flows = self.list(namespace).await?.into_iter();
        Ok(flows.map(|flow| (flow.id, Stamp::at(flow.revision, flow.updated.as_deref()))).collect())
    }

    async fn fetch(&self, namespace: &str, id: &str, _listed: Option<&Stamp>) -> Result<Seen<Flow>, Error> {
        let route = self.client.tenant(Method::GET, &["flows", namespace, id])?.query("source", true);
        let flow: Flow = self.client.send(Call::new(route, Repeat::Harmless)).await?.json()?;
        let stamp = Stamp::at(flow.revision, flow.updated.as_deref());
        Ok(Seen { object: flow, stamp })
    }
}

#[cfg(test)]
mod tests;
