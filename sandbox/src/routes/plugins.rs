//! Plugins: those that come with Kestra, as far as the catalog of the line describes them. The sandbox carries no others,
//! so of a class it does not know it cannot say whether a server has it.

mod json_schema;

use std::fmt::Write;

use axum::http::{HeaderValue, Method, header};
use schema::{
    KestraLine::{self, V1_3, V2_0},
    catalog::{Catalog, Entry, FLOW, Kind},
};
use serde_json::{Map, Value, json};

use crate::{
    call::Call,
    fault::Fault,
    flow::{Known, lookup},
    paging::Page,
    reply::{self, Reply},
    router::{Route, route},
};
use json_schema::{Subject, own};

/// The types an input can have, the classes behind them, and the line that alone has the type.
const INPUTS: &[(&str, &str, Option<KestraLine>)] = &[
    ("STRING", "String", None),
    ("ENUM", "Enum", Some(V1_3)),
    ("SELECT", "Select", None),
    ("INT", "Int", None),
    ("FLOAT", "Float", None),
    ("BOOLEAN", "Boolean", Some(V1_3)),
    ("BOOL", "Bool", None),
    ("DATETIME", "DateTime", None),
    ("DATE", "Date", None),
    ("TIME", "Time", None),
    ("DURATION", "Duration", None),
    ("FILE", "File", None),
    ("JSON", "Json", None),
    ("ION", "Ion", Some(V2_0)),
    ("URI", "URI", None),
    ("SECRET", "Secret", None),
    ("ARRAY", "Array", None),
    ("MULTISELECT", "Multiselect", None),
    ("YAML", "Yaml", None),
    ("EMAIL", "Email", None),
    ("FORM", "Form", None),
];

/// What Kestra has a JSON schema for; the catalog knows nothing of what has no subject here.
const SCHEMAS: [(&str, Option<Subject>); 7] = [
    ("flow", Some(Subject::Class(FLOW))),
    ("task", Some(Subject::Plugin(Kind::Task))),
    ("trigger", Some(Subject::Plugin(Kind::Trigger))),
    ("plugindefault", None),
    ("apps", None),
    ("testsuites", None),
    ("dashboard", None),
];

/// What a group of plugins lists them under.
const LISTS: [(&str, Kind); 6] = [
    ("tasks", Kind::Task),
    ("triggers", Kind::Trigger),
    ("conditions", Kind::Condition),
    ("taskRunners", Kind::TaskRunner),
    ("logExporters", Kind::LogExporter),
    ("additionalPlugins", Kind::AdditionalPlugin),
];

pub(super) fn routes() -> Vec<Route> {
    vec![
        route(Method::GET, "/api/v1/plugins", list),
        route(Method::GET, "/api/v1/plugins/inputs", inputs),
        route(Method::GET, "/api/v1/plugins/schemas/{type}", schema),
        route(Method::GET, "/api/v1/plugins/{cls}", class),
    ]
}

/// The one group there is. 2.0 answers with a page.
async fn list(call: Call) -> Reply {
    let catalog = Catalog::of(call.line());
    let mut group = Map::new();
    group.insert("name".into(), "core".into());
    group.insert("group".into(), "io.kestra.plugin.core".into());
    for (list, kind) in LISTS {
        group.insert(list.into(), own(catalog, kind).map(element).collect());
    }
    let groups = vec![Value::Object(group)];
    match call.line() {
        V1_3 => reply::json(&groups),
        V2_0 => reply::json(&Page { total: groups.len(), results: groups }.json(Value::clone)),
    }
}

fn element(entry: &Entry) -> Value {
    let mut element = json!({"cls": entry.name});
    if entry.deprecated {
        element["deprecated"] = true.into();
    }
    element
}

async fn inputs(call: Call) -> Reply {
    let known = INPUTS.iter().filter(|(.., only)| only.is_none_or(|only| only == call.line()));
    let input = |(name, class, _): &(&str, &str, _)| json!({"type": name, "cls": format!("io.kestra.core.models.flows.input.{class}Input")});
    reply::json(&known.map(input).collect::<Vec<Value>>())
}

async fn schema(call: Call) -> Reply {
    let wanted = call.variable("type");
    let Some((name, subject)) = SCHEMAS.iter().find(|(name, _)| name.eq_ignore_ascii_case(&wanted)) else {
        return Err(Fault::Conversion(format!(
            "Failed to convert argument [type] for value [{wanted}] due to: No enum constant \
            io.kestra.core.docs.SchemaType.{wanted}"
        )));
    };
    let subject = subject.ok_or_else(|| Fault::Unserved(format!("the JSON schema of {name}")))?;
    let list = call.query.flag("arrayOf", false);
    let mut response = reply::json(&json_schema::document(Catalog::of(call.line()), subject, list))?;
    let cache = HeaderValue::from_static("public, max-age=3600");
    response.headers_mut().insert(header::CACHE_CONTROL, cache);
    Ok(response)
}

/// A class of another plugin may exist on a real server, so only a core class can be called missing.
async fn class(call: Call) -> Reply {
    let name = call.variable("cls");
    match lookup(&name, call.line()) {
        Known::Nothing => Err(Fault::Missing(format!("Class '{name}' doesn't exists "))),
        Known::Plugin => {
            Err(Fault::Unserved("the documentation of plugins that don't come with Kestra".into()))
        }
        Known::Core(entry) | Known::Alias(entry) => reply::json(&json!({
            "markdown": markdown(entry),
            "schema": json_schema::plugin(Catalog::of(call.line()), entry),
        })),
    }
}

/// A page about a plugin: its name and its properties.
fn markdown(entry: &Entry) -> String {
    let mut page =
        format!("# {}\n\n```yaml\ntype: \"{}\"\n```\n\n## Properties\n\n", short(&entry.name), entry.name);
    for (name, property) in entry.properties.iter().filter(|(_, property)| !property.undocumented) {
        let mut notes = Vec::new();
        notes.extend(property.required.then(|| "required".to_owned()));
        notes.extend(property.deprecated.then(|| "deprecated".to_owned()));
        notes.extend(property.default.as_ref().map(|default| format!("default `{default}`")));
        let notes = if notes.is_empty() { String::new() } else { format!(": {}", notes.join(", ")) };
        // Writing to a text can't fail.
        let _ = writeln!(page, "- `{name}`{notes}");
    }
    page
}

fn short(name: &str) -> &str {
    name.rsplit('.').next().unwrap_or(name)
}
