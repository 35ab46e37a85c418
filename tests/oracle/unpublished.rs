//! What Kestra's judge knows of plugins that are not published: exactly what the catalog has of them. Types with a stand-in
//! that does the work are judged by that.

use schema::{
    KestraLine,
    catalog::{Catalog, Entry, Kind, Origin},
};
use serde_json::{Map, Value, json};

use super::judge;

/// The plugins that a person has written down, with each of their names.
pub(crate) fn unpublished(line: KestraLine) -> impl Iterator<Item = (&'static String, &'static Entry)> {
    let catalog = Catalog::of(line);
    let plugins = [Kind::Task, Kind::Trigger].into_iter().flat_map(|kind| catalog.plugins(kind));
    let unpublished = plugins.filter(|entry| entry.origin == Origin::ByHand);
    unpublished.flat_map(|entry| entry.aliases.iter().chain([&entry.name]).map(move |name| (name, entry)))
}

/// What a request tells the judge about them.
pub(super) fn known(line: KestraLine) -> Map<String, Value> {
    unpublished(line).map(|(name, entry)| (name.clone(), of(entry))).collect()
}

fn of(entry: &Entry) -> Value {
    let (required, optional): (Vec<_>, Vec<_>) =
        entry.properties.iter().partition(|(_, property)| property.required);
    let names =
        |properties: Vec<(&String, _)>| properties.into_iter().map(|(name, _)| name.clone()).collect();
    let [required, optional]: [Vec<String>; 2] = [names(required), names(optional)];
    json!({"kind": entry.kind, "required": required, "optional": optional})
}

/// A flow with a plugin that has what it needs.
fn flow(name: &str, entry: &Entry) -> Value {
    let required = entry.properties.iter().filter(|(_, property)| property.required);
    let mut plugin: Map<String, Value> =
        required.map(|(property, _)| (property.clone(), json!("{{ inputs.given }}"))).collect();
    plugin.extend([("id".to_owned(), json!("own")), ("type".to_owned(), json!(name))]);
    let log = json!({"id": "log", "type": "io.kestra.plugin.core.log.Log", "message": "hi"});
    match entry.kind {
        Kind::Trigger => json!({"id": "a", "namespace": "t.a", "tasks": [log], "triggers": [plugin]}),
        _ => json!({"id": "a", "namespace": "t.a", "tasks": [plugin]}),
    }
}

/// The flow with a property more, and without each of the required ones.
fn broken(flow: &Value, entry: &Entry) -> Vec<(String, Value)> {
    let place = if entry.kind == Kind::Trigger { "/triggers/0" } else { "/tasks/0" };
    let changed = |change: &dyn Fn(&mut Map<String, Value>)| {
        let mut flow = flow.clone();
        change(flow.pointer_mut(place).and_then(Value::as_object_mut).expect("the plugin"));
        flow
    };
    let more = changed(&|plugin| {
        plugin.insert("unheardOf".to_owned(), json!("a"));
    });
    let own = ["id", "type"];
    let required =
        entry.properties.iter().filter(|(name, property)| property.required && !own.contains(&name.as_str()));
    let fewer = required.map(|(name, _)| {
        let without = changed(&|plugin| {
            plugin.remove(name);
        });
        (name.clone(), without)
    });
    [("Unrecognized field \"unheardOf\"".to_owned(), more)].into_iter().chain(fewer).collect()
}

#[test]
fn a_plugin_that_is_not_published_takes_its_own_properties_and_no_others() {
    for line in KestraLine::ALL {
        let Some(mut engine) = judge(line) else { return };
        let known = known(line);
        let mut ask = |flow: &Value| engine.ask(&json!({"source": flow.to_string(), "unpublished": known}));
        assert!(unpublished(line).count() > 40);
        for (name, entry) in unpublished(line) {
            let flow = flow(name, entry);
            let verdict = ask(&flow);
            assert_eq!(verdict["valid"], true, "{name} on {line}: {verdict}");
            for (words, broken) in broken(&flow, entry) {
                let verdict = ask(&broken);
                assert_eq!(verdict["valid"], false, "{name} without {words} on {line}");
                let mut problems =
                    verdict["problems"].as_array().into_iter().flatten().filter_map(Value::as_str);
                assert!(problems.any(|said| said.contains(&words)), "{name} on {line}, {words}: {verdict}");
            }
        }
    }
}
