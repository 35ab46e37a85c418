//! Files of a namespace: upload, read, list, move and delete by path.

use axum::http::{HeaderValue, Method, StatusCode, header};
use jiff::Timestamp;
use schema::KestraLine;
use serde_json::{Value, json};

use crate::{
    archive,
    call::{Call, MULTIPART},
    fault::Fault,
    reply::{self, Reply},
    router::{Route, route},
    store::{
        self,
        namespace_files::{self, Attributes, Refused},
    },
};

/// The longest path, in bytes. Each directory of a path is stored, so an endless one would fill the disk.
const PATH_LIMIT: usize = 1024;

pub(super) fn routes() -> Vec<Route> {
    let files = "/namespaces/{namespace}/files";
    let directory = "/namespaces/{namespace}/files/directory";
    vec![
        route(Method::POST, files, upload).consuming(&[MULTIPART]),
        route(Method::GET, files, get),
        route(Method::PUT, files, rename),
        route(Method::DELETE, files, delete),
        route(Method::GET, directory, list),
        route(Method::POST, directory, make_directory),
        route(Method::GET, "/namespaces/{namespace}/files/stats", stats),
        route(Method::GET, "/namespaces/{namespace}/files/revisions", revisions),
        route(Method::GET, "/namespaces/{namespace}/files/search", search),
        route(Method::GET, "/namespaces/{namespace}/files/export", export),
    ]
}

async fn upload(call: Call) -> Reply {
    let (app, namespace) = (call.app.clone(), call.variable("namespace"));
    let line = call.line();
    let path = path(call.query.required("path")?, line)?;
    let parts = call.parts().await?;
    let part = parts.into_iter().find(|part| part.name == "fileContent");
    let part = part.ok_or_else(|| Fault::Internal("Required Part [fileContent] not specified".into()))?;
    let files = match part.file_name {
        Some(name) if name.ends_with(".zip") => unpacked(&part.content, line)?,
        _ => vec![(path, part.content.to_vec())],
    };
    if files.iter().any(|(path, _)| path.starts_with("/_flows/")) {
        return Err(Fault::Unserved("flows uploaded as files below /_flows".into()));
    }
    let now = Timestamp::now().as_millisecond();
    let stored = app.store.write(move |c| {
        for (path, content) in &files {
            namespace_files::put(c, &namespace, path, content, now)??;
        }
        Ok::<_, Fault>(())
    });
    stored.await?;
    reply::empty(StatusCode::OK)
}

/// The files of an uploaded archive; Kestra puts them at the root, whatever path the upload names.
fn unpacked(content: &[u8], line: KestraLine) -> Result<Vec<(String, Vec<u8>)>, Fault> {
    archive::unpack(content)?.into_iter().map(|(name, content)| Ok((path(&name, line)?, content))).collect()
}

async fn export(call: Call) -> Reply {
    let namespace = call.variable("namespace");
    let name = format!("{namespace}_files.zip");
    let files = call.app.store.read(move |c| {
        let mut files = Vec::new();
        for node in namespace_files::below(c, &namespace, "")? {
            if let Some(content) = namespace_files::content(c, &namespace, &node.path, None)? {
                files.push((node.path.trim_start_matches('/').to_owned(), content));
            }
        }
        Ok::<_, store::Error>(files)
    });
    reply::attachment(&name, archive::pack(files.await?)?)
}

async fn get(call: Call) -> Reply {
    let namespace = call.variable("namespace");
    let given = call.query.required("path")?.to_owned();
    let (line, revision) = (call.line(), call.query.number("revision")?);
    let path = path(&given, line)?;
    let found = call.app.store.read(move |c| {
        match namespace_files::stat(c, &namespace, &path)? {
            Some(there) if there.directory => Err(is_directory(&path, &namespace, line)),
            Some(_) => Ok(namespace_files::content(c, &namespace, &path, revision)?),
            None => Ok(None),
        }?
        .ok_or_else(|| missing(&given, &namespace))
    });
    let mut response = reply::bytes("application/octet-stream", found.await?);
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    Ok(response)
}

async fn stats(call: Call) -> Reply {
    let namespace = call.variable("namespace");
    let given = call.query.one("path").unwrap_or_default().to_owned();
    let path = path(&given, call.line())?;
    let found = call.app.store.read(move |c| {
        namespace_files::stat(c, &namespace, &path)?.ok_or_else(|| missing(&given, &namespace))
    });
    reply::json(&attributes(&found.await?))
}

async fn revisions(call: Call) -> Reply {
    let (namespace, path) = (call.variable("namespace"), path(call.query.required("path")?, call.line())?);
    let found = call.app.store.read(move |c| namespace_files::revisions(c, &namespace, &path)).await?;
    let found: Vec<Value> = found.into_iter().map(|revision| json!({"revision": revision})).collect();
    reply::json(&found)
}

async fn list(call: Call) -> Reply {
    let namespace = call.variable("namespace");
    let given = call.query.one("path").unwrap_or_default().to_owned();
    let path = path(&given, call.line())?;
    let found = call.app.store.read(move |c| namespace_files::list(c, &namespace, &path)).await?;
    let found = found.ok_or_else(|| Fault::Missing(format!("Directory not found: {given}")))?;
    reply::json(&found.iter().map(attributes).collect::<Vec<_>>())
}

async fn make_directory(call: Call) -> Reply {
    let namespace = call.variable("namespace");
    let path = path(call.query.one("path").unwrap_or_default(), call.line())?;
    let now = Timestamp::now().as_millisecond();
    call.app
        .store
        .write(move |c| namespace_files::make_directory(c, &namespace, &path, now)?.map_err(Fault::from))
        .await?;
    reply::empty(StatusCode::OK)
}

async fn rename(call: Call) -> Reply {
    let namespace = call.variable("namespace");
    let (from, to) = (call.query.required("from")?, call.query.required("to")?);
    let (from, to) = (path(from, call.line())?, path(to, call.line())?);
    let now = Timestamp::now().as_millisecond();
    call.app
        .store
        .write(move |c| namespace_files::rename(c, &namespace, &from, &to, now)?.map_err(Fault::from))
        .await?;
    reply::empty(StatusCode::OK)
}

async fn delete(call: Call) -> Reply {
    let (namespace, path) = (call.variable("namespace"), path(call.query.required("path")?, call.line())?);
    call.app.store.write(move |c| namespace_files::delete(c, &namespace, &path)).await?;
    reply::empty(StatusCode::OK)
}

/// An empty search finds nothing, not everything.
async fn search(call: Call) -> Reply {
    let namespace = call.variable("namespace");
    let q = call.query.required("q")?.to_owned();
    let mut found = call.app.store.read(move |c| namespace_files::below(c, &namespace, "")).await?;
    found.retain(|node| !q.is_empty() && !node.directory && node.path.contains(&q));
    reply::json(&found.into_iter().map(|node| node.path).collect::<Vec<_>>())
}

/// The stored form of a path. Kestra 1.3 stores a space as `+`, so that both spellings are one file there.
fn path(given: &str, line: KestraLine) -> Result<String, Fault> {
    let mut path = String::new();
    for component in given.split('/').filter(|component| !component.is_empty() && *component != ".") {
        if component == ".." {
            let message = "File should be accessed with their full path and not using relative '..' path.";
            return Err(Fault::Argument(message.into()));
        }
        if component.len() > 255 || component.contains('\0') {
            return Err(Fault::Argument("a part of a path has 1 to 255 bytes, none of them NUL".into()));
        }
        path.push('/');
        match line {
            KestraLine::V1_3 => path.push_str(&component.replace(' ', "+")),
            KestraLine::V2_0 => path.push_str(component),
        }
    }
    if path.len() > PATH_LIMIT {
        return Err(Fault::Argument(format!("the sandbox takes paths of at most {PATH_LIMIT} bytes")));
    }
    Ok(path)
}

fn is_directory(path: &str, namespace: &str, line: KestraLine) -> Fault {
    Fault::Missing(match line {
        KestraLine::V1_3 => format!("{path} (Is a directory)"),
        KestraLine::V2_0 => {
            format!("'{path}' is a directory in namespace '{namespace}', it has no content to read.")
        }
    })
}

fn missing(path: &str, namespace: &str) -> Fault {
    Fault::Missing(format!("File '{path}' was not found in namespace '{namespace}'."))
}

impl From<Refused> for Fault {
    fn from(refused: Refused) -> Fault {
        match refused {
            Refused::Directory(path) => Fault::Conflict(format!("{path} is a directory")),
            Refused::File(path) => Fault::Conflict(format!("{path} is a file")),
            Refused::Target(path) => Fault::Internal(format!("cannot move to {path}")),
        }
    }
}

fn attributes(found: &Attributes) -> Value {
    json!({
        "type": if found.directory { "Directory" } else { "File" },
        "size": found.size,
        "fileName": found.path.rsplit('/').next().unwrap_or_default(),
        "lastModifiedTime": found.modified,
        "creationTime": found.created,
        "metadata": {},
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_have_one_spelling() {
        for (given, expected) in [
            ("", Some("")),
            ("/", Some("")),
            ("a/b.txt", Some("/a/b.txt")),
            ("//a/./b/", Some("/a/b")),
            ("/a b+c", Some("/a+b+c")),
            ("/../x", None),
            ("/a/..", None),
            ("/a\0", None),
            ("..a", Some("/..a")),
        ] {
            assert_eq!(path(given, KestraLine::V1_3).ok().as_deref(), expected, "{given:?}");
        }
        assert_eq!(path("/a b+c", KestraLine::V2_0).ok().as_deref(), Some("/a b+c"));
        for line in KestraLine::ALL {
            assert!(path(&"x".repeat(256), line).is_err());
            let deep = "/x".repeat(PATH_LIMIT / 2);
            assert_eq!(path(&deep, line).ok(), Some(deep.clone()));
            assert!(path(&format!("{deep}/x"), line).is_err());
        }
    }
}
