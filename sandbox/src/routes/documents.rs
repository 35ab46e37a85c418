//! Enterprise's objects that are written and read whole and whose ids the server draws. A kind of them is a row of a table.
//!
//! What they are to each other (members of groups, who is bound to a role) is not kept here.

use axum::http::{Method, StatusCode};
use rusqlite::Connection;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::{
    call::Call,
    execution,
    fault::Fault,
    filter,
    paging::Paging,
    reply::{self, Reply},
    router::{Route, route},
    store::{
        self,
        documents::{self, Kind},
    },
};

/// How a kind is called and what its objects are made of.
struct Family {
    /// Below the tenant.
    path: &'static str,
    kind: Kind,
    /// Kestra's name of the call that searches.
    search: &'static str,
    /// What a caller may say besides the name; Kestra passes over the rest.
    properties: &'static [&'static str],
    /// What the server says where the caller says nothing.
    defaults: &'static [(&'static str, bool)],
    /// What a list shows.
    summary: &'static [&'static str],
    /// Whether two objects may not have the same name.
    is_name_taken_once: bool,
    /// The answer to a deletion.
    deleted: StatusCode,
}

static FAMILIES: [Family; 2] = [
    Family {
        path: "/groups",
        kind: Kind("group"),
        search: "searchGroups",
        properties: &["description"],
        defaults: &[],
        summary: &["id", "name"],
        is_name_taken_once: true,
        deleted: StatusCode::OK,
    },
    Family {
        path: "/roles",
        kind: Kind("role"),
        search: "searchRoles",
        properties: &["description", "permissions", "isDefault"],
        defaults: &[("isDefault", false), ("isManaged", false)],
        summary: &["id", "name", "isDefault", "isManaged"],
        is_name_taken_once: false,
        deleted: StatusCode::NO_CONTENT,
    },
];

pub(super) fn routes() -> Vec<Route> {
    FAMILIES.iter().flat_map(Family::routes).collect()
}

type Object = Map<String, Value>;

impl Family {
    fn routes(&'static self) -> [Route; 7] {
        let at = |rest: &str| format!("{}{rest}", self.path);
        [
            route(Method::GET, &at("/search"), move |call| self.search(call)),
            route(Method::POST, &at("/autocomplete"), move |call| self.autocomplete(call)),
            route(Method::POST, &at("/ids"), move |call| self.by_ids(call)),
            route(Method::POST, &at(""), move |call| self.create(call)),
            route(Method::GET, &at("/{id}"), move |call| self.get(call)),
            route(Method::PUT, &at("/{id}"), move |call| self.update(call)),
            route(Method::DELETE, &at("/{id}"), move |call| self.delete(call)),
        ]
    }

    async fn get(&'static self, call: Call) -> Reply {
        let id = call.variable("id");
        let found = call.app.store.read(move |c| documents::get(c, self.kind, &id)).await?;
        reply::json(&found.ok_or(Fault::NotFound)?)
    }

    async fn create(&'static self, call: Call) -> Reply {
        let wanted = self.given(execution::new_id(), call.json()?)?;
        reply::json(&call.app.store.write(move |c| self.keep(c, wanted)).await?)
    }

    async fn update(&'static self, call: Call) -> Reply {
        let wanted = self.given(call.variable("id"), call.json()?)?;
        let updated = call.app.store.write(move |c| {
            documents::get(c, self.kind, text(&wanted, "id"))?.ok_or(Fault::NotFound)?;
            self.keep(c, wanted)
        });
        reply::json(&updated.await?)
    }

    async fn delete(&'static self, call: Call) -> Reply {
        let id = call.variable("id");
        if call.app.store.write(move |c| documents::delete(c, self.kind, &id)).await? {
            reply::empty(self.deleted)
        } else {
            Err(Fault::NotFound)
        }
    }

    async fn search(&'static self, call: Call) -> Reply {
        let paging = Paging::parse(&call.query, self.search)?;
        let filters = filter::with_q(&call.query, &["q", "name"], call.line())?;
        let mut found = call.app.store.read(move |c| self.all(c)).await?;
        found.retain(|object| {
            let name = text(object, "name");
            filters.pass(&|filter| {
                if filter.field == "q" { filter.finds(&[name]) } else { filter.matches(name) }
            })
        });
        paging.sort(&mut found, |object, column| {
            self.summary.contains(&column).then(|| match object.get(column) {
                Some(Value::String(text)) => text.clone(),
                other => other.map(Value::to_string).unwrap_or_default(),
            })
        })?;
        reply::json(&paging.page(found).json(|object| self.summarized(object)))
    }

    async fn autocomplete(&'static self, call: Call) -> Reply {
        let Wanted { q, ids } = call.json()?;
        let found = call.app.store.read(move |c| self.all(c)).await?;
        let wanted = found.iter().filter(|object| {
            text(object, "name").contains(&q) && !ids.iter().any(|id| id == text(object, "id"))
        });
        reply::json(&wanted.map(|object| self.summarized(object)).collect::<Vec<_>>())
    }

    async fn by_ids(&'static self, call: Call) -> Reply {
        let Wanted { ids, .. } = call.json()?;
        let found = call.app.store.read(move |c| self.all(c)).await?;
        let wanted = found.iter().filter(|object| ids.iter().any(|id| id == text(object, "id")));
        reply::json(&wanted.map(|object| self.summarized(object)).collect::<Vec<_>>())
    }

    /// The objects, by name.
    fn all(&self, connection: &Connection) -> Result<Vec<Object>, store::Error> {
        let object = |value| if let Value::Object(object) = value { Some(object) } else { None };
        let mut found: Vec<Object> =
            documents::all(connection, self.kind)?.into_iter().filter_map(object).collect();
        found.sort_by(|a, b| text(a, "name").cmp(text(b, "name")));
        Ok(found)
    }

    fn summarized(&self, object: &Object) -> Value {
        let shown =
            self.summary.iter().filter_map(|name| Some(((*name).to_owned(), object.get(*name)?.clone())));
        Value::Object(shown.collect())
    }

    fn keep(&self, connection: &Connection, wanted: Object) -> Result<Value, Fault> {
        let (id, name) = (text(&wanted, "id").to_owned(), text(&wanted, "name"));
        let is_taken = |other: &Object| text(other, "name") == name && text(other, "id") != id;
        if self.is_name_taken_once && self.all(connection)?.iter().any(is_taken) {
            return Err(Fault::Exists(format!("{} with name {name} already exists", self.kind.0)));
        }
        let object = Value::Object(wanted);
        documents::put(connection, self.kind, &id, &object)?;
        Ok(object)
    }

    /// The object that a caller describes.
    fn given(&self, id: String, given: Value) -> Result<Object, Fault> {
        let Value::Object(given) = given else {
            return Err(Fault::Json(format!("a {} is an object", self.kind.0)));
        };
        let name = given.get("name").and_then(Value::as_str).filter(|name| !name.trim().is_empty());
        let name = name.ok_or_else(|| Fault::property("name", "must not be blank"))?;
        let mut object = Object::from_iter([("id".to_owned(), json!(id)), ("name".to_owned(), json!(name))]);
        for property in self.properties {
            if let Some(value) = given.get(*property).filter(|value| !value.is_null()) {
                object.insert((*property).into(), value.clone());
            }
        }
        for (property, value) in self.defaults {
            object.entry(*property).or_insert(json!(value));
        }
        Ok(object)
    }
}

/// Which objects a list is to have, or not to have.
#[derive(Deserialize)]
pub(super) struct Wanted {
    #[serde(default)]
    pub(super) q: String,
    #[serde(default)]
    pub(super) ids: Vec<String>,
}

fn text<'a>(object: &'a Object, name: &str) -> &'a str {
    object.get(name).and_then(Value::as_str).unwrap_or_default()
}
