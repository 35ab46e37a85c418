//! A file of a namespace, or what is in a folder of it.

use maud::{Markup, html};

use super::{
    address,
    frame::View,
    namespace::{paths, way_into},
    parts,
};
use crate::{
    call::Call,
    fault::Fault,
    reply::Reply,
    store::namespace_files::{self, Attributes},
};

/// Longer files are not shown but offered for download, in bytes.
const LONGEST: usize = 256 * 1024;

/// What lies at a path.
enum Found {
    Folder(Vec<Attributes>),
    File(Vec<u8>),
}

pub(super) async fn show(call: Call) -> Reply {
    let namespace = call.variable("namespace");
    let path = call.query.one("path").unwrap_or_default().trim_end_matches('/').to_owned();
    let (within, wanted) = (namespace.clone(), path.clone());
    let found = call.app.store.read(move |c| {
        if let Some(content) = namespace_files::content(c, &within, &wanted, None)? {
            return Ok::<_, Fault>(Some(Found::File(content)));
        }
        Ok(namespace_files::list(c, &within, &wanted)?.map(Found::Folder))
    });
    let missing = || Fault::Missing(format!("Namespace {namespace} has no file {path}."));
    let shown = match found.await?.ok_or_else(missing)? {
        Found::Folder(files) if files.is_empty() => parts::nothing("The folder is empty."),
        Found::Folder(files) => paths(&namespace, &files),
        Found::File(content) => file(&namespace, &path, &content),
    };
    let title = if path.is_empty() { "/".to_owned() } else { path.clone() };
    let content = html! {
        header.title { h1 { (title) } p { "File of " a href=(address::namespace(&namespace)) { (namespace) } } }
        (shown)
    };
    View { title, way: way_into(&namespace), content }.reply(&call.app)
}

fn file(namespace: &str, path: &str, content: &[u8]) -> Markup {
    let (namespace, path) = (address::encoded(namespace), address::encoded(path));
    let download = format!("/api/v1/main/namespaces/{namespace}/files?path={path}");
    let text = str::from_utf8(content).ok().filter(|text| text.len() <= LONGEST && !text.contains('\0'));
    html! {
        p { (parts::count(content.len(), "byte")) " · " a href=(download) { "Download" } }
        @match text {
            Some(text) => pre.value { (text) },
            None => (parts::nothing("It is no text, or too long to be shown.")),
        }
    }
}
