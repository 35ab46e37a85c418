//! The key-value store: typed by what the body looks like, versioned, with expiry, listed without values.

use std::collections::BTreeSet;

use axum::http::{Method, StatusCode};
use jiff::{SignedDuration, Timestamp};
use schema::{
    KestraLine::{self, V1_3, V2_0},
    duration::Duration,
    kv::infer,
};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{
    call::Call,
    depth,
    fault::Fault,
    filter::{self, Filter},
    paging::Paging,
    reply::{self, Reply},
    router::{Route, route},
    store::{
        self,
        kv::{self, Entry, Put},
    },
};

pub(super) fn routes() -> Vec<Route> {
    let namespace = "/namespaces/{namespace}/kv";
    let key = "/namespaces/{namespace}/kv/{key}";
    vec![
        route(Method::GET, "/kv", search),
        route(Method::GET, namespace, list).only(KestraLine::V1_3),
        route(Method::DELETE, namespace, delete_many),
        route(Method::GET, "/namespaces/{namespace}/kv/inheritance", inheritance),
        route(Method::GET, key, get),
        route(Method::PUT, key, put).consuming(&["text/plain"]),
        route(Method::DELETE, key, delete),
    ]
}

/// An entry as lists show it: everything but the value. A new version starts a new life, so both dates agree.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Listed<'a> {
    namespace: &'a str,
    key: &'a str,
    /// 1.3's name of the number of writes.
    #[serde(skip_serializing_if = "Option::is_none")]
    version: Option<i64>,
    /// 2.0's name of the same.
    #[serde(skip_serializing_if = "Option::is_none")]
    revision: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<&'a str>,
    creation_date: &'a str,
    update_date: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    expiration_date: Option<String>,
}

impl<'a> Listed<'a> {
    fn new(entry: &'a Entry, line: KestraLine) -> Listed<'a> {
        Listed {
            namespace: &entry.namespace,
            key: &entry.key,
            version: (line == V1_3).then_some(entry.version),
            revision: (line == V2_0).then_some(entry.version),
            description: entry.description.as_deref(),
            creation_date: &entry.updated,
            update_date: &entry.updated,
            expiration_date: entry.expires.map(|at| at.to_string()),
        }
    }
}

/// An entry as reading its key shows it.
#[derive(Serialize)]
struct Detail<'a> {
    r#type: &'a str,
    #[serde(skip_serializing_if = "Value::is_null")]
    value: &'a Value,
    revision: i64,
    updated: &'a str,
}

async fn get(call: Call) -> Reply {
    let (namespace, key) = (call.variable("namespace"), call.variable("key"));
    let missing = Fault::Missing(format!("No value found for key '{key}' in namespace '{namespace}'"));
    let found = call.app.store.read(move |c| kv::get(c, &namespace, &key)).await?.ok_or(missing)?;
    if found.expired(Timestamp::now()) {
        return Err(Fault::Expired);
    }
    let (revision, updated) = (found.version, found.updated.as_str());
    reply::json(&Detail { r#type: &found.kind, value: &found.value, revision, updated })
}

async fn put(call: Call) -> Reply {
    let (app, namespace, key) = (call.app.clone(), call.variable("namespace"), call.variable("key"));
    let (ttl, description) = (call.latin1_header("ttl"), call.latin1_header("description"));
    let body = call.text();
    if body.is_empty() {
        return Err(Fault::MissingBody("value"));
    }
    check_key(&key)?;
    let now = Timestamp::now();
    let expires = ttl.map(|ttl| expiry(&ttl, now)).transpose()?;
    let (kind, value) = infer(&body);
    depth::check(&value)?;
    let wanted = Put { namespace, key, kind: kind.as_str().into(), value, description, expires };
    app.store.write(move |c| kv::put(c, &wanted, now)).await?;
    reply::empty(StatusCode::OK)
}

/// When an entry that is stored now ends.
fn expiry(ttl: &str, now: Timestamp) -> Result<Timestamp, Fault> {
    let ttl: Duration =
        ttl.parse().map_err(|_| Fault::Internal("Text cannot be parsed to a Duration".into()))?;
    let nanos = ttl.as_nanos();
    if nanos < 0 {
        return Err(Fault::Argument("the ttl must not be negative".into()));
    }
    let millis = i64::try_from(nanos / 1_000_000).ok();
    let expires = millis.and_then(|millis| now.checked_add(SignedDuration::from_millis(millis)).ok());
    expires.ok_or_else(|| Fault::Internal("the ttl ends after the end of time".into()))
}

fn check_key(key: &str) -> Result<(), Fault> {
    let rest = |c: char| c.is_ascii_alphanumeric() || "._-".contains(c);
    if key.starts_with(|c: char| c.is_ascii_alphanumeric()) && key.chars().all(rest) {
        return Ok(());
    }
    let rule = "Key must start with an alphanumeric character (uppercase or lowercase) and can contain \
        alphanumeric characters (uppercase or lowercase), dots (.), underscores (_), and hyphens (-) only.";
    Err(Fault::Argument(rule.into()))
}

async fn delete(call: Call) -> Reply {
    let (namespace, key) = (call.variable("namespace"), call.variable("key"));
    let now = Timestamp::now();
    reply::json(&call.app.store.write(move |c| kv::delete(c, &namespace, &key, now)).await?)
}

#[derive(Deserialize, Serialize)]
struct Keys {
    #[serde(default)]
    keys: Vec<String>,
}

/// Answers with the keys that were there.
async fn delete_many(call: Call) -> Reply {
    let (app, namespace) = (call.app.clone(), call.variable("namespace"));
    let wanted: Keys = call.json()?;
    let now = Timestamp::now();
    let deleted = app.store.write(move |c| {
        let mut deleted = Vec::new();
        for key in wanted.keys {
            if kv::delete(c, &namespace, &key, now)? {
                deleted.push(key);
            }
        }
        Ok::<_, store::Error>(deleted)
    });
    reply::json(&Keys { keys: deleted.await? })
}

async fn list(call: Call) -> Reply {
    let (namespace, line) = (call.variable("namespace"), call.line());
    let found = call.app.store.read(move |c| kv::list(c, Some(&namespace), Timestamp::now())).await?;
    reply::json(&found.iter().map(|entry| Listed::new(entry, line)).collect::<Vec<_>>())
}

/// What a namespace would see of its parents: for each key the nearest one.
async fn inheritance(call: Call) -> Reply {
    let (namespace, line) = (call.variable("namespace"), call.line());
    let found = call.app.store.read(move |c| {
        let (mut seen, mut entries) = (BTreeSet::new(), Vec::new());
        let mut child = namespace.as_str();
        while let Some((parent, _)) = child.rsplit_once('.') {
            entries.extend(kv::list(c, Some(parent), Timestamp::now())?);
            child = parent;
        }
        entries.retain(|entry| seen.insert(entry.key.clone()));
        Ok::<_, store::Error>(entries)
    });
    reply::json(&found.await?.iter().map(|entry| Listed::new(entry, line)).collect::<Vec<_>>())
}

async fn search(call: Call) -> Reply {
    let paging = Paging::parse(&call.query, "listAllKeys")?;
    let (fields, line) = (["namespace", "q", "updated", "expirationDate"], call.line());
    let filters = filter::parse(&call.query, &fields, line)?;
    let mut found = call.app.store.read(|c| kv::list(c, None, Timestamp::now())).await?;
    found.retain(|entry| filters.pass(&|filter| passes(entry, filter)));
    paging.sort(&mut found, column)?;
    reply::json(&paging.page(found).json(|entry| serde_json::json!(Listed::new(entry, line))))
}

fn passes(entry: &Entry, filter: &Filter) -> bool {
    match filter.field.as_str() {
        "q" => filter.finds(&[&entry.key]),
        "namespace" => filter.matches(&entry.namespace),
        "updated" => filter.matches(&entry.updated),
        _ => entry.expires.is_some_and(|at| filter.matches(&at.to_string())),
    }
}

fn column(entry: &Entry, name: &str) -> Option<String> {
    match name {
        "key" | "name" => Some(entry.key.clone()),
        "namespace" => Some(entry.namespace.clone()),
        "updated" | "updateDate" | "creationDate" | "created" => Some(entry.updated.clone()),
        "expirationDate" => Some(entry.expires.map(|at| at.to_string()).unwrap_or_default()),
        "version" | "revision" => Some(format!("{:020}", entry.version)),
        _ => None,
    }
}
