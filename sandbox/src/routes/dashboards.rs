//! Dashboards: stored as text, answered as what the text says. Their charts are not drawn here.

use axum::http::{Method, StatusCode};
use jiff::Timestamp;
use schema::{KestraLine, yaml};
use serde_json::{Map, Value, json};

use super::flows::YAML;
use crate::{
    call::Call,
    fault::{Fault, Violation},
    paging::Paging,
    reply::{self, Reply},
    router::{Route, route},
    store::dashboards::{self, Dashboard},
};

/// What a dashboard's text may say; Kestra refuses anything else.
const PROPERTIES: [&str; 5] = ["id", "title", "description", "timeWindow", "charts"];

pub(super) fn routes() -> Vec<Route> {
    let dashboard = "/dashboards/{id}";
    vec![
        route(Method::GET, "/dashboards", search),
        route(Method::POST, "/dashboards", create).consuming(&[YAML]),
        route(Method::GET, dashboard, get),
        route(Method::PUT, dashboard, update).consuming(&[YAML]),
        route(Method::DELETE, dashboard, delete),
    ]
}

async fn search(call: Call) -> Reply {
    let paging = Paging::parse(&call.query, "searchDashboards")?;
    let wanted = call.query.one("q").unwrap_or_default().to_lowercase();
    let mut found = call.app.store.read(dashboards::list).await?;
    let title = |found: &Dashboard| said(&found.body, "title").to_owned();
    found
        .retain(|one| one.id.to_lowercase().contains(&wanted) || title(one).to_lowercase().contains(&wanted));
    paging.sort(&mut found, |one, column| match column {
        "id" => Some(one.id.clone()),
        "title" => Some(title(one)),
        "created" => Some(one.created.clone()),
        "updated" => Some(one.updated.clone()),
        _ => None,
    })?;
    reply::json(&paging.page(found).json(|one| print(one.clone())))
}

async fn get(call: Call) -> Reply {
    let id = call.variable("id");
    let found = call.app.store.read(move |c| dashboards::get(c, &id)).await?;
    reply::json(&print(found.ok_or(Fault::NotFound)?))
}

async fn create(call: Call) -> Reply {
    let (app, line) = (call.app.clone(), call.line());
    let wanted = written(&call)?;
    let stored = app.store.write(move |c| {
        if dashboards::get(c, &wanted.id)?.is_some() {
            return Err(exists(line, &wanted.id));
        }
        dashboards::put(c, &wanted)?;
        Ok(wanted)
    });
    reply::json(&print(stored.await?))
}

fn exists(line: KestraLine, id: &str) -> Fault {
    match line {
        KestraLine::V1_3 => Fault::rule("dashboard.id", "Dashboard id already exists"),
        KestraLine::V2_0 => Fault::Exists(format!("Dashboard '{id}' already exists.")),
    }
}

async fn update(call: Call) -> Reply {
    let (app, id) = (call.app.clone(), call.variable("id"));
    let wanted = written(&call)?;
    let stored = app.store.write(move |c| {
        let known = dashboards::get(c, &id)?.ok_or(Fault::NotFound)?;
        if wanted.id != id {
            return Err(Fault::rule("dashboard.id", "Illegal dashboard id update"));
        }
        let wanted = Dashboard { created: known.created, ..wanted };
        dashboards::put(c, &wanted)?;
        Ok(wanted)
    });
    reply::json(&print(stored.await?))
}

async fn delete(call: Call) -> Reply {
    let id = call.variable("id");
    if call.app.store.write(move |c| dashboards::delete(c, &id)).await? {
        reply::empty(StatusCode::NO_CONTENT)
    } else {
        Err(Fault::NotFound)
    }
}

/// The dashboard in a request, as it would be stored now.
fn written(call: &Call) -> Result<Dashboard, Fault> {
    let source = call.text();
    if source.is_empty() {
        return Err(Fault::MissingBody("dashboard"));
    }
    let node = yaml::parse(&source).map_err(|error| unreadable(&error.kestra()))?;
    if !crate::flow::fits(&node) {
        return Err(unreadable("it is nested too deeply"));
    }
    let Value::Object(mut body) = node.to_json() else {
        return Err(unreadable("a dashboard is a map"));
    };
    if let Some(unknown) = body.keys().find(|name| !PROPERTIES.contains(&name.as_str())) {
        let message = format!("Unrecognized field \"{unknown}\"");
        let violations = vec![Violation::new(unknown.as_str(), message.clone())];
        return Err(Fault::Entity { message, violations });
    }
    body.retain(|_, value| !value.is_null());
    let id = match body.get("id") {
        Some(Value::String(id)) if !id.is_empty() => id.clone(),
        _ => return Err(Fault::Argument("Dashboard id is mandatory".into())),
    };
    if said(&body, "title").is_empty() {
        return Err(Fault::property("title", "must not be blank"));
    }
    let now = Timestamp::now().to_string();
    Ok(Dashboard { id, created: now.clone(), updated: now, source, body })
}

fn unreadable(why: &str) -> Fault {
    let message = format!("Illegal dashboard source: {why}");
    Fault::Entity { violations: vec![Violation::new("yaml", message.clone())], message }
}

fn said<'a>(body: &'a Map<String, Value>, name: &str) -> &'a str {
    body.get(name).and_then(Value::as_str).unwrap_or_default()
}

fn print(dashboard: Dashboard) -> Value {
    let Dashboard { id: _, created, updated, source, body } = dashboard;
    let mut printed = Value::Object(body);
    for (name, text) in [("created", created), ("updated", updated), ("sourceCode", source)] {
        printed[name] = json!(text);
    }
    printed
}
