//! What flows have written besides their outputs: KV entries and namespace files, their own namespace's and others'.

use std::{collections::BTreeSet, sync::Arc};

use base64::{Engine as _, prelude::BASE64_STANDARD};
use engine::{Request, Serve};
use jiff::Timestamp;
use rusqlite::Connection;
use serde_json::Value;

use super::told::{Place, Told};
use crate::{
    app::App,
    store::{Error, kv, namespace_files},
};

/// Takes over the KV entries that flows have set or deleted.
pub(super) async fn entries(app: &Arc<App>, serve: &Serve, told: &mut Told) {
    let Some(listed) = ask(serve, Request::ListKv {}).await else { return };
    let mut known = std::mem::take(&mut told.entries);
    let kept = app.store.write_quietly(move |c| {
        let now = Timestamp::now();
        let mut gone: BTreeSet<Place> = known.keys().cloned().collect();
        for entry in listed.iter().filter_map(put) {
            let place = (entry.namespace.clone(), entry.key.clone());
            gone.remove(&place);
            let stored = kv::get(c, &entry.namespace, &entry.key)?;
            let same = stored
                .as_ref()
                .is_some_and(|stored| (&stored.kind, &stored.value) == (&entry.kind, &entry.value));
            // What somebody has written since is newer than what the flow has seen.
            let newer = stored.as_ref().is_some_and(|stored| known.get(&place) != Some(&stored.version));
            if !same && !newer {
                kv::put(c, &entry, now)?;
                let version = kv::get(c, &entry.namespace, &entry.key)?.map_or(0, |stored| stored.version);
                known.insert(place, version);
            }
        }
        for place in gone {
            kv::delete(c, &place.0, &place.1, now)?;
            known.remove(&place);
        }
        Ok::<_, Error>(known)
    });
    match kept.await {
        Ok(known) => told.entries = known,
        Err(cause) => tracing::error!(%cause, "KV entries of the engine can't be kept"),
    }
}

async fn ask(serve: &Serve, request: Request) -> Option<Vec<Value>> {
    let answer = serve.ask(&request).await;
    let answer = answer.inspect_err(|error| tracing::warn!(%error, "what flows have written can't be read"));
    answer.ok()?.as_array().cloned()
}

fn put(entry: &Value) -> Option<kv::Put> {
    let text = |name: &str| entry[name].as_str().map(str::to_owned);
    Some(kv::Put {
        namespace: text("namespace")?,
        key: text("key")?,
        kind: text("type")?,
        value: entry["value"].clone(),
        description: text("description"),
        expires: text("expirationDate").and_then(|at| at.parse().ok()),
    })
}

/// Takes over the namespace files that flows have written or deleted.
pub(super) async fn files(app: &Arc<App>, serve: &Serve, told: &mut Told) {
    let written = ask(serve, Request::ListWrittenFiles {}).await.unwrap_or_default();
    if written.is_empty() {
        return;
    }
    let mut known = std::mem::take(&mut told.files);
    let kept = app.store.write_quietly(move |c| {
        for file in written.iter().filter_map(file) {
            let File { place, content } = file;
            let stored = revision(c, &place)?;
            // What somebody has written since is newer than what the flow has seen.
            if stored != known.get(&place).copied() {
                continue;
            }
            match content {
                Some(content) => {
                    let now = Timestamp::now().as_millisecond();
                    if let Err(refused) = namespace_files::put(c, &place.0, &place.1, &content, now)? {
                        tracing::warn!(?refused, file = place.1, "a file of a flow can't be kept");
                    }
                    known.extend(revision(c, &place)?.map(|revision| (place, revision)));
                }
                None => {
                    namespace_files::delete(c, &place.0, &place.1)?;
                    known.remove(&place);
                }
            }
        }
        Ok::<_, Error>(known)
    });
    match kept.await {
        Ok(known) => told.files = known,
        Err(cause) => tracing::error!(%cause, "namespace files of the engine can't be kept"),
    }
}

/// A file that a flow has written, or deleted where it has no content.
struct File {
    place: Place,
    content: Option<Vec<u8>>,
}

fn file(written: &Value) -> Option<File> {
    let text = |name: &str| written[name].as_str().map(str::to_owned);
    let content = text("content").map(|content| BASE64_STANDARD.decode(content));
    Some(File { place: (text("namespace")?, text("path")?), content: content.transpose().ok()? })
}

/// The current revision of a file, where there is one.
fn revision(connection: &Connection, (namespace, path): &Place) -> Result<Option<i64>, Error> {
    if namespace_files::content(connection, namespace, path, None)?.is_none() {
        return Ok(None);
    }
    Ok(namespace_files::revisions(connection, namespace, path)?.last().copied())
}
