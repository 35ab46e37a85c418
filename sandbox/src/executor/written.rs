//! What flows have written besides their outputs: KV entries and namespace files, their own namespace's and others'.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

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

/// The versions of KV entries that an engine knows.
type Known = BTreeMap<Place, i64>;

/// Takes over the KV entries that flows have set or deleted.
pub(super) async fn entries(app: &Arc<App>, serve: &Serve, told: &mut Told) {
    let Some(listed) = ask(serve, Request::ListKv {}).await else { return };
    let known = std::mem::take(&mut told.entries);
    match app.store.write_quietly(move |c| take_over(c, &listed, known)).await {
        Ok(known) => told.entries = known,
        Err(cause) => tracing::error!(%cause, "KV entries of the engine can't be kept"),
    }
}

/// Writes what the engine has and the store lacks, and the other way round, and returns the versions that both have. What
/// somebody has written since is newer than what a flow has seen.
fn take_over(connection: &Connection, listed: &[Value], mut known: Known) -> Result<Known, Error> {
    let now = Timestamp::now();
    let stored = |(namespace, key): &Place| kv::get(connection, namespace, key);
    let mut gone: BTreeSet<Place> = known.keys().cloned().collect();
    for entry in listed.iter().filter_map(put) {
        let place = (entry.namespace.clone(), entry.key.clone());
        gone.remove(&place);
        let kept = stored(&place)?;
        let same = kept.as_ref().is_some_and(|kept| (&kept.kind, &kept.value) == (&entry.kind, &entry.value));
        let newer = kept.is_some_and(|kept| known.get(&place) != Some(&kept.version));
        if !same && !newer {
            kv::put(connection, &entry, now)?;
            let version = stored(&place)?.map_or(0, |kept| kept.version);
            known.insert(place, version);
        }
    }
    for place in gone {
        if known.remove(&place) == stored(&place)?.map(|kept| kept.version) {
            kv::delete(connection, &place.0, &place.1, now)?;
        }
    }
    Ok(known)
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

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::store::migrate;

    #[test]
    fn what_somebody_has_written_since_is_kept() {
        let mut db = Connection::open_in_memory().unwrap();
        migrate(&mut db).unwrap();
        let entry =
            |key: &str, value: &str| json!({"namespace": "a", "key": key, "type": "STRING", "value": value});
        let place = |key: &str| ("a".to_owned(), key.to_owned());
        let mut known = Known::new();
        for key in ["set", "set since", "deleted", "deleted since"] {
            kv::put(&db, &put(&entry(key, "old")).unwrap(), Timestamp::now()).unwrap();
            known.insert(place(key), kv::get(&db, "a", key).unwrap().unwrap().version);
        }
        for key in ["set since", "deleted since"] {
            kv::put(&db, &put(&entry(key, "somebody's")).unwrap(), Timestamp::now()).unwrap();
        }
        let listed = ["set", "set since", "new"].map(|key| entry(key, "flow's"));
        let known = take_over(&db, &listed, known).unwrap();
        for (key, expected) in [
            ("set", Some("flow's")),
            ("set since", Some("somebody's")),
            ("new", Some("flow's")),
            ("deleted", None),
            ("deleted since", Some("somebody's")),
        ] {
            let kept = kv::get(&db, "a", key).unwrap();
            assert_eq!(
                kept.as_ref().map(|kept| &kept.value),
                expected.map(|value| json!(value)).as_ref(),
                "{key}"
            );
            // What the engine does not have as it is now, it is told again.
            let is_known = kept.is_some_and(|kept| known.get(&place(key)) == Some(&kept.version));
            assert_eq!(is_known, expected == Some("flow's"), "{key}");
        }
    }
}
