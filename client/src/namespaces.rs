//! `namespaces`: objects of their own in Kestra Enterprise. In open source a namespace is only a name: reading one
//! always succeeds, and changing one is [`Error::Unsupported`].

use std::fmt;

use reqwest::Method;
use serde::{Deserialize, Serialize};

use crate::call::{Body, Call};
use crate::client::Client;
use crate::error::Error;
use crate::retry::Repeat;

/// A namespace. `Debug` shows the id only: storage and secret settings hold credentials.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Namespace {
    pub id: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub variables: Option<serde_json::Map<String, serde_json::Value>>,
    /// Which other namespaces may use this one's flows and files.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub allowed_namespaces: Option<Vec<AllowedNamespace>>,
    /// Every other setting under the server's own name, so that an update keeps what it does not know.
    #[serde(flatten)]
    pub extra: serde_json::Map<String, serde_json::Value>,
}

/// A namespace that is allowed to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AllowedNamespace {
    pub namespace: String,
}

impl fmt::Debug for Namespace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Namespace").field("id", &self.id).finish_non_exhaustive()
    }
}

/// The calls about namespaces.
#[derive(Clone, Copy, Debug)]
pub struct Namespaces<'c> {
    pub(crate) client: &'c Client,
}

impl Namespaces<'_> {
    /// Reads a namespace.
    ///
    /// # Errors
    /// [`Error::NotFound`] in Enterprise; open source answers with any id it is asked for.
    pub async fn get(&self, id: &str) -> Result<Namespace, Error> {
        let route = self.client.tenant(Method::GET, &["namespaces", id])?;
        self.client.send(Call::new(route, Repeat::Harmless)).await?.json()
    }

    /// Creates a namespace.
    ///
    /// # Errors
    /// [`Error::Unsupported`] in open source, [`Error::AlreadyExists`], [`Error::Invalid`].
    pub async fn create(&self, namespace: &Namespace) -> Result<Namespace, Error> {
        let route = self.client.tenant(Method::POST, &["namespaces"])?;
        let call = Call::new(route, Repeat::Harmful).body(body(namespace)?);
        let created = self.client.send(call).await;
        let unsupported_or_exists = |error| unsupported(error).on_creation("namespace.id");
        created.map_err(unsupported_or_exists)?.json()
    }

    /// Replaces a namespace's settings.
    ///
    /// # Errors
    /// [`Error::Unsupported`] in open source, [`Error::NotFound`], [`Error::Invalid`].
    pub async fn update(&self, namespace: &Namespace) -> Result<Namespace, Error> {
        let route = self.client.tenant(Method::PUT, &["namespaces", &namespace.id])?;
        let call = Call::new(route, Repeat::Harmless).body(body(namespace)?);
        self.client.send(call).await?.json()
    }

    /// Deletes a namespace.
    ///
    /// # Errors
    /// [`Error::Unsupported`] in open source, [`Error::NotFound`].
    pub async fn delete(&self, id: &str) -> Result<(), Error> {
        let route = self.client.tenant(Method::DELETE, &["namespaces", id])?;
        self.client.send(Call::new(route, Repeat::Deletion)).await.map(drop)
    }
}

fn body(namespace: &Namespace) -> Result<Body, Error> {
    serde_json::to_value(namespace).map(Body::Json).map_err(|_| {
        let problem = "cannot be written as JSON".to_owned();
        Error::Argument { argument: "namespace", problem }
    })
}

/// A collection that accepts no creation is not there at all: open source answers 404 to it.
fn unsupported(error: Error) -> Error {
    match error {
        Error::NotFound { request, message } => Error::Unsupported { request, status: 404, message },
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{answer, asked, client, server};

    const EMPTY: &str = r#"{"id":"company.team"}"#;
    const FULL: &str = r#"{"id":"company.team","description":"d","variables":{"a":"s3cret"},
        "allowedNamespaces":[{"namespace":"company"}],"storageConfiguration":{"key":"s3cret"},"deleted":false}"#;

    #[tokio::test]
    async fn settings_the_client_does_not_know_survive_an_update() {
        let server = server(vec![answer(200, FULL)]).await;
        let client = client(server.uri());
        let namespace = client.namespaces().get("company.team").await.unwrap();
        assert!(!format!("{namespace:?}").contains("s3cret"));
        client.namespaces().update(&namespace).await.unwrap();
        let sent: serde_json::Value = server.received_requests().await.unwrap()[1].body_json().unwrap();
        assert_eq!(sent, serde_json::from_str::<serde_json::Value>(FULL).unwrap());
    }

    #[tokio::test]
    async fn open_source_has_no_namespaces_to_change() {
        let namespace: Namespace = serde_json::from_str(EMPTY).unwrap();
        for (status, create, change) in [(404, true, false), (405, true, true)] {
            let server = server(vec![answer(status, "")]).await;
            let client = client(server.uri());
            let unsupported = |outcome: Result<(), Error>| matches!(outcome, Err(Error::Unsupported { .. }));
            let namespaces = client.namespaces();
            assert_eq!(unsupported(namespaces.create(&namespace).await.map(drop)), create, "{status}");
            assert_eq!(unsupported(namespaces.update(&namespace).await.map(drop)), change, "{status}");
            assert_eq!(unsupported(namespaces.delete("company.team").await), change, "{status}");
        }
    }

    #[tokio::test]
    async fn a_namespace_that_exists_is_told_apart() {
        let violated = |path: &str| {
            format!(r#"{{"message":"m","_embedded":{{"errors":[{{"message":"m","path":"{path}"}}]}}}}"#)
        };
        let namespace: Namespace = serde_json::from_str(EMPTY).unwrap();
        for (path, expected) in [("namespace.id", true), ("id", false)] {
            let server = server(vec![answer(422, &violated(path))]).await;
            let created = client(server.uri()).namespaces().create(&namespace).await;
            assert_eq!(matches!(created, Err(Error::AlreadyExists { .. })), expected, "{path}: {created:?}");
        }
    }

    #[tokio::test]
    async fn every_call_goes_to_its_place() {
        let server = server(vec![answer(200, EMPTY)]).await;
        let client = client(server.uri());
        let namespace = client.namespaces().get("company.team").await.unwrap();
        client.namespaces().create(&namespace).await.unwrap();
        client.namespaces().update(&namespace).await.unwrap();
        client.namespaces().delete("company.team").await.unwrap();
        let expected = [
            "GET /api/v1/main/namespaces/company.team",
            "POST /api/v1/main/namespaces",
            "PUT /api/v1/main/namespaces/company.team",
            "DELETE /api/v1/main/namespaces/company.team",
        ];
        assert_eq!(asked(&server).await, expected);
    }
}
