//! A task or a trigger by itself, before any flow has it: its document, with the documents of its children put in, and
//! what is wrong with it whatever flow it gets into.

mod subflow;

use serde_json::{Map, Value as Json, json};

pub use subflow::subflow_task;

use crate::catalog::{Catalog, Entry, FLOW, Kind, Type};
use crate::flow::{Flow, Problem, Problems, Severity, check_everywhere};
use crate::line::KestraLine;

/// The two parts of a flow that plugins make.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Something the flow does.
    Task,
    /// Something that starts it.
    Trigger,
}

/// What keeps a document from being a part of any flow.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}{}{message}", path, if path.is_empty() { "" } else { ": " })]
pub struct PartProblem {
    /// What it is about, such as `tasks[0].message`; empty for the whole document.
    pub path: String,
    /// What is wrong and what to do.
    pub message: String,
}

impl Part {
    /// The document of a part: `id` and `type`, then the properties in their order, without those that are null. Where the
    /// plugin takes other plugins, such as the `tasks` of a flowable task, a text is the JSON document of one.
    ///
    /// # Errors
    /// What every line of Kestra refuses. A plugin that no catalog knows is not checked. What a plugin demands may come
    /// from the defaults of a flow or of a server, so nothing of that is missed.
    pub fn document(
        self,
        id: &str,
        plugin: &str,
        properties: Map<String, Json>,
    ) -> Result<Json, Vec<PartProblem>> {
        let mut document = Map::from_iter([("id".to_owned(), id.into()), ("type".to_owned(), plugin.into())]);
        if let Some(name) = document.keys().find(|name| properties.contains_key(*name)) {
            return Err(vec![PartProblem::new(name, "has an argument of its own; leave it out here")]);
        }
        document.extend(properties);
        let mut problems = Vec::new();
        let kind = Type::Plugin(self.kind());
        let document = nested(without_nulls(Json::Object(document)), &kind, "", &mut problems);
        problems.extend(self.problems(&document));
        if problems.is_empty() { Ok(document) } else { Err(problems) }
    }

    fn problems(self, document: &Json) -> Vec<PartProblem> {
        let problems = match alone(self, document) {
            Ok(flow) => check_everywhere(&flow, &KestraLine::ALL),
            Err(problems) => problems.into_iter().collect(),
        };
        let certain = problems.into_iter().filter(|found| found.severity == Severity::Error);
        let certain = certain.filter(|found| found.code != "required-property");
        certain.filter_map(|found| own(&found, self)).collect()
    }

    fn kind(self) -> Kind {
        match self {
            Self::Task => Kind::Task,
            Self::Trigger => Kind::Trigger,
        }
    }

    /// The property of a flow that holds such parts.
    fn list(self) -> &'static str {
        match self {
            Self::Task => "tasks",
            Self::Trigger => "triggers",
        }
    }
}

impl PartProblem {
    fn new(path: impl Into<String>, message: impl Into<String>) -> Self {
        Self { path: path.into(), message: message.into() }
    }
}

/// A flow, or a task or trigger, whose own tasks and triggers may be texts: the documents that [`Part::document`] makes.
///
/// # Errors
/// What stands where a plugin belongs and is none.
pub fn with_parts(document: Json) -> Result<Json, Vec<PartProblem>> {
    let kind = match document.get("type") {
        Some(_) => Type::Plugin(Kind::Task),
        None => Type::Model(FLOW.to_owned()),
    };
    let mut problems = Vec::new();
    let document = nested(document, &kind, "", &mut problems);
    if problems.is_empty() { Ok(document) } else { Err(problems) }
}

/// A flow of this part alone. Its names are names that no flow can have: a part that calls a flow does not call this one.
fn alone(part: Part, document: &Json) -> Result<Flow, Problems> {
    Flow::parse(&json!({ "id": "-", "namespace": "-", part.list(): [document] }).to_string())
}

/// A problem of the flow of a part [`alone`] as one of the part, if it is.
fn own(found: &Problem, part: Part) -> Option<PartProblem> {
    let path = found.path.to_string();
    let path = path.strip_prefix(part.list())?.strip_prefix("[0]")?;
    let message = match found.code {
        // It names a place in the text, which nobody sees here.
        "duplicate-task" => "is used twice; ids are unique",
        _ => &found.message,
    };
    Some(PartProblem::new(path.trim_start_matches('.'), message))
}

/// Maps without what is null, at any depth; Kestra takes that for what is not there. In lists it has a place.
fn without_nulls(value: Json) -> Json {
    match value {
        Json::Object(members) => {
            let set = members.into_iter().filter(|(_, member)| !member.is_null());
            Json::Object(set.map(|(name, member)| (name, without_nulls(member))).collect())
        }
        Json::Array(items) => Json::Array(items.into_iter().map(without_nulls).collect()),
        scalar => scalar,
    }
}

/// A value of a type, where the texts of plugins have become the plugins.
fn nested(value: Json, kind: &Type, path: &str, problems: &mut Vec<PartProblem>) -> Json {
    match (kind, value) {
        (Type::Plugin(_), value) => {
            let document = read(value);
            if !document.is_object() {
                problems.push(PartProblem::new(path, "must be a map, or the JSON document of one"));
            }
            let entry = document.get("type").and_then(Json::as_str).and_then(plugin);
            with_properties(document, entry, path, problems)
        }
        (Type::Model(name), value) => with_properties(value, model(name), path, problems),
        (Type::List(items), Json::Array(values)) => {
            let values = values.into_iter().enumerate();
            values.map(|(i, value)| nested(value, &items.of, &format!("{path}[{i}]"), problems)).collect()
        }
        (Type::Map(of), Json::Object(members)) => {
            let members = members.into_iter();
            let typed = members.map(|(name, value)| {
                let value = nested(value, of, &format!("{path}[{name}]"), problems);
                (name, value)
            });
            Json::Object(typed.collect())
        }
        (_, value) => value,
    }
}

/// The map whose JSON a text is; everything else stays what it is.
fn read(value: Json) -> Json {
    let document = value.as_str().and_then(|text| serde_json::from_str::<Map<String, Json>>(text).ok());
    document.map_or(value, Json::Object)
}

fn with_properties(value: Json, entry: Option<&Entry>, path: &str, problems: &mut Vec<PartProblem>) -> Json {
    match (value, entry) {
        (Json::Object(members), Some(entry)) => {
            let typed = members.into_iter().map(|(name, member)| {
                let place = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
                match entry.property(&name) {
                    Some(property) => (name, nested(member, &property.kind, &place, problems)),
                    None => (name, member),
                }
            });
            Json::Object(typed.collect())
        }
        (value, _) => value,
    }
}

fn plugin(name: &str) -> Option<&'static Entry> {
    find(|catalog| catalog.plugin(name))
}

fn model(name: &str) -> Option<&'static Entry> {
    find(|catalog| catalog.model(name))
}

/// What the newest line that knows it says.
fn find(look: impl Fn(&'static Catalog) -> Option<&'static Entry>) -> Option<&'static Entry> {
    KestraLine::ALL.into_iter().rev().find_map(|line| look(Catalog::of(line)))
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOG: &str = "io.kestra.plugin.core.log.Log";

    fn built(plugin: &str, properties: Json) -> Result<Json, Vec<String>> {
        let Json::Object(properties) = properties else { panic!("properties are a map") };
        let built = Part::Task.document("this", plugin, properties);
        built.map_err(|problems| problems.iter().map(ToString::to_string).collect())
    }

    fn task(plugin: &str, properties: Json) -> Json {
        built(plugin, properties).unwrap_or_else(|problems| panic!("{plugin}: {problems:?}"))
    }

    #[test]
    fn a_document_begins_with_its_names_and_has_nothing_that_is_null() {
        let document = task(
            LOG,
            json!({"message": "Hello", "level": null, "timeout": "PT1M", "taskCache": {"ttl": "PT1H", "enabled": null}}),
        );
        let expected = r#"{"id":"this","type":"io.kestra.plugin.core.log.Log","message":"Hello","timeout":"PT1M","taskCache":{"ttl":"PT1H"}}"#;
        assert_eq!(document.to_string(), expected);
    }

    #[test]
    fn children_are_documents_wherever_the_plugin_takes_plugins() {
        let child = json!({"id": "child", "type": LOG, "message": "Hello"});
        let text = child.to_string();
        for (plugin, properties, place) in [
            ("io.kestra.plugin.core.flow.Sequential", json!({"tasks": [text]}), "/tasks/0"),
            (
                "io.kestra.plugin.core.flow.Sequential",
                json!({"tasks": [{"id": "a", "type": LOG}], "errors": [text]}),
                "/errors/0",
            ),
            ("io.kestra.plugin.core.flow.ForEach", json!({"values": [1], "tasks": [text]}), "/tasks/0"),
            ("io.kestra.plugin.core.flow.If", json!({"condition": "x", "then": [text]}), "/then/0"),
            (
                "io.kestra.plugin.core.flow.Switch",
                json!({"value": "a", "cases": {"a": [text]}}),
                "/cases/a/0",
            ),
            ("io.kestra.plugin.core.flow.Dag", json!({"tasks": [{"task": text}]}), "/tasks/0/task"),
            (
                "io.kestra.plugin.core.flow.Parallel",
                json!({"tasks": [{"id": "a", "type": "io.kestra.plugin.core.flow.Sequential", "tasks": [text]}]}),
                "/tasks/0/tasks/0",
            ),
        ] {
            let document = task(plugin, properties);
            assert_eq!(document.pointer(place), Some(&child), "{plugin}");
        }
    }

    #[test]
    fn a_flow_takes_the_documents_of_its_parts() {
        let (say, call) =
            (json!({"id": "say", "type": LOG}), json!({"id": "call", "type": "com.example.Unknown"}));
        let flow =
            json!({"id": "a", "tasks": [say.to_string()], "errors": [call], "triggers": [call.to_string()]});
        let expected = json!({"id": "a", "tasks": [say], "errors": [call], "triggers": [call]});
        assert_eq!(with_parts(flow), Ok(expected));
        for other in [json!("tasks"), json!(["{}"]), json!({"tasks": "{}"})] {
            assert_eq!(with_parts(other.clone()), Ok(other));
        }
        let problems = with_parts(json!({"tasks": ["say"]})).expect_err("no task");
        assert_eq!(problems[0].to_string(), "tasks[0]: must be a map, or the JSON document of one");
    }

    #[test]
    fn texts_stay_texts_where_no_plugin_belongs() {
        let document = task(LOG, json!({"message": "{\"id\":\"a\"}"}));
        assert_eq!(document["message"], "{\"id\":\"a\"}");
        let document = task("com.example.Unknown", json!({"tasks": ["{\"id\":\"a\"}"]}));
        assert_eq!(document["tasks"][0], "{\"id\":\"a\"}");
    }

    #[test]
    fn what_a_flow_or_server_may_add_is_no_mistake() {
        task(LOG, json!({"message": "{{ inputs.day }} {{ outputs.before.value }}"}));
        // Plugin defaults may hold the message.
        task(LOG, json!({}));
        task("com.example.Unknown", json!({"anything": {"goes": true}}));
    }

    #[test]
    fn mistakes_are_found_without_a_flow() {
        for (plugin, properties, expected) in [
            (
                LOG,
                json!({"message": "a", "levle": "INFO"}),
                vec!["levle: unknown property of `io.kestra.plugin.core.log.Log`; did you mean `level`?"],
            ),
            (LOG, json!({"message": "a", "disabled": []}), vec!["disabled: must be `true` or `false`"]),
            (
                "io.kestra.plugin.core.flow.Sequential",
                json!({"tasks": [{"id": "a", "type": LOG, "mesage": "b"}]}),
                vec![
                    "tasks[0].mesage: unknown property of `io.kestra.plugin.core.log.Log`; did you mean `message`?",
                ],
            ),
            (
                "io.kestra.plugin.core.flow.Sequential",
                json!({"tasks": [{"id": "a", "type": LOG}, {"id": "a", "type": LOG}]}),
                vec!["tasks[1].id: is used twice; ids are unique"],
            ),
            (LOG, json!({"id": "other"}), vec!["id: has an argument of its own; leave it out here"]),
            (
                "io.kestra.plugin.core.flow.Sequential",
                json!({"tasks": ["say"]}),
                vec!["tasks[0]: must be a map, or the JSON document of one"],
            ),
            (
                "io.kestra.plugin.core.log.Logg",
                json!({}),
                vec![
                    "type: Kestra 1.3 has no `io.kestra.plugin.core.log.Logg`; did you mean `io.kestra.plugin.core.log.Log`?",
                ],
            ),
            (
                "io.kestra.plugin.core.trigger.Schedule",
                json!({"cron": "@daily"}),
                vec!["type: `io.kestra.plugin.core.trigger.Schedule` is a trigger; this must be a task"],
            ),
        ] {
            assert_eq!(
                built(plugin, properties),
                Err(expected.into_iter().map(String::from).collect()),
                "{plugin}"
            );
        }
    }
}
