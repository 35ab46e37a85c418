//! Namespaces: on open source any name exists and none can be written; on Enterprise they are objects.

use std::collections::BTreeSet;

use axum::http::{Method, StatusCode};
use schema::{KestraLine, namespace};
use serde_json::{Value, json};

use super::documents::Wanted;
use crate::{
    app::App,
    call::Call,
    fault::Fault,
    filter,
    options::Edition,
    paging::Paging,
    reply::{self, Reply},
    router::{Route, route},
    store::{
        self,
        documents::{self, Kind},
        namespaces,
    },
};

/// The objects of Enterprise.
const NAMESPACE: Kind = Kind("namespace");
/// Exists even when nothing lives in it.
const SYSTEM: &str = "system";

pub(super) fn routes(edition: Edition) -> Vec<Route> {
    let mut routes = vec![
        route(Method::GET, "/namespaces/search", search),
        route(Method::POST, "/namespaces/autocomplete", autocomplete),
        route(Method::GET, "/namespaces/{id}", get),
    ];
    if edition == Edition::Ee {
        routes.extend([
            route(Method::POST, "/namespaces", create),
            route(Method::PUT, "/namespaces/{id}", update),
            route(Method::DELETE, "/namespaces/{id}", delete),
        ]);
    }
    routes
}

async fn get(call: Call) -> Reply {
    let id = call.variable("id");
    if call.app.edition == Edition::Oss {
        return reply::json(&json!({"id": id}));
    }
    let found = call.app.store.read(move |c| documents::get(c, NAMESPACE, &id)).await?;
    reply::json(&found.ok_or(Fault::NotFound)?)
}

async fn create(call: Call) -> Reply {
    let (app, line) = (call.app.clone(), call.line());
    let (id, body) = namespace(call.json()?, None)?;
    let created = app.store.write(move |c| {
        if documents::get(c, NAMESPACE, &id)?.is_some() {
            return Err(exists(line, &id));
        }
        documents::put(c, NAMESPACE, &id, &body)?;
        Ok(body)
    });
    reply::json(&created.await?)
}

fn exists(line: KestraLine, id: &str) -> Fault {
    match line {
        KestraLine::V1_3 => Fault::rule("namespace.id", "Namespace id already exists"),
        KestraLine::V2_0 => Fault::Exists(format!("Namespace '{id}' already exists.")),
    }
}

async fn update(call: Call) -> Reply {
    let (app, path) = (call.app.clone(), call.variable("id"));
    let (id, body) = namespace(call.json()?, Some(&path))?;
    let updated = app.store.write(move |c| {
        documents::get(c, NAMESPACE, &id)?.ok_or(Fault::NotFound)?;
        documents::put(c, NAMESPACE, &id, &body)?;
        Ok::<_, Fault>(body)
    });
    reply::json(&updated.await?)
}

async fn delete(call: Call) -> Reply {
    let id = call.variable("id");
    if call.app.store.write(move |c| documents::delete(c, NAMESPACE, &id)).await? {
        reply::empty(StatusCode::NO_CONTENT)
    } else {
        Err(Fault::NotFound)
    }
}

/// Checks a namespace object and adds what the server adds; `path` is the id the URL names.
fn namespace(given: Value, path: Option<&str>) -> Result<(String, Value), Fault> {
    let Value::Object(mut body) = given else {
        return Err(Fault::Json("a namespace is an object".into()));
    };
    body.retain(|_, value| !value.is_null());
    let id = body.get("id").and_then(Value::as_str).or(path).map(str::to_owned);
    let id = id.ok_or_else(|| Fault::property("id", "must not be null"))?;
    if !namespace::is_name(&id) {
        return Err(Fault::property("id", &format!("must match \"{}\"", namespace::PATTERN)));
    }
    if path.is_some_and(|path| path != id) {
        return Err(Fault::rule("namespace.id", "Illegal namespace id update"));
    }
    body.insert("id".into(), id.clone().into());
    body.insert("deleted".into(), false.into());
    Ok((id, body.into()))
}

async fn search(call: Call) -> Reply {
    let paging = Paging::parse(&call.query, "searchNamespaces")?;
    let filters = filter::with_q(&call.query, &["namespace", "q"], call.line())?;
    let mut found = known(&call.app).await?;
    found.retain(|id| {
        filters.pass(&|filter| if filter.field == "q" { filter.finds(&[id]) } else { filter.matches(id) })
    });
    paging.sort(&mut found, |id, column| (column == "id").then(|| id.clone()))?;
    reply::json(&paging.page(found).json(|id| json!({"id": id})))
}

async fn autocomplete(call: Call) -> Reply {
    let mut known = known(&call.app).await?;
    let Wanted { q, ids } = call.json()?;
    known.retain(|id| id.contains(&q) && !ids.contains(id));
    reply::json(&known)
}

/// Namespaces with flows, namespace objects, and the system's own.
pub(crate) async fn known(app: &App) -> Result<Vec<String>, Fault> {
    let found = app.store.read(|c| {
        let mut ids: BTreeSet<String> = namespaces::with_flows(c)?.into_iter().collect();
        ids.extend(documents::ids(c, NAMESPACE)?);
        ids.insert(SYSTEM.into());
        Ok::<_, store::Error>(ids)
    });
    Ok(found.await?.into_iter().collect())
}
