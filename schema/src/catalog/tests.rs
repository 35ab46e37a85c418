//! The catalogs can be read, and say what Kestra's engine says.

use super::*;
use crate::line::KestraLine::{V1_3, V2_0};

fn property<'a>(line: KestraLine, plugin: &str, name: &str) -> &'a Property {
    let entry = Catalog::of(line).plugin(plugin).unwrap_or_else(|| panic!("{line} has no {plugin}"));
    entry.property(name).unwrap_or_else(|| panic!("{plugin} of {line} has no {name}"))
}

#[test]
fn plugins_have_their_own_properties_and_those_of_all() {
    for line in KestraLine::ALL {
        let message = property(line, "io.kestra.plugin.core.log.Log", "message");
        assert!(message.required && message.dynamic == Dynamic::Any, "{message:?}");
        assert!(property(line, "io.kestra.plugin.core.log.Log", "id").required);
        let level = property(line, "io.kestra.plugin.core.log.Log", "level");
        assert_eq!(
            level.kind,
            Type::Enum(["ERROR", "WARN", "INFO", "DEBUG", "TRACE"].map(String::from).into())
        );
        let tasks = property(line, "io.kestra.plugin.core.flow.Sequential", "tasks");
        let Type::List(items) = &tasks.kind else { panic!("{tasks:?}") };
        assert_eq!((&items.of, items.min_items), (&Type::Plugin(Kind::Task), Some(1)));
    }
}

#[test]
fn names_lead_to_plugins_of_their_line() {
    for (line, name, expected) in [
        (V1_3, "io.kestra.plugin.core.log.Log", Some("io.kestra.plugin.core.log.Log")),
        (V1_3, "io.kestra.core.tasks.log.Log", Some("io.kestra.plugin.core.log.Log")),
        (V2_0, "io.kestra.core.tasks.log.Log", None),
        (V1_3, "io.kestra.plugin.core.flow.ForEach", Some("io.kestra.plugin.core.flow.ForEach")),
        (V2_0, "io.kestra.plugin.core.flow.ForEach", None),
        (V1_3, "io.kestra.plugin.core.flow.Loop", None),
        (V2_0, "io.kestra.plugin.core.flow.WaitFor", Some("io.kestra.plugin.core.flow.LoopUntil")),
        (
            V2_0,
            "io.kestra.plugin.slack.SlackIncomingWebhook",
            Some("io.kestra.plugin.slack.notifications.SlackIncomingWebhook"),
        ),
        // A model is no plugin.
        (V1_3, FLOW, None),
    ] {
        let found = Catalog::of(line).plugin(name).map(|entry| entry.name.as_str());
        assert_eq!(found, expected, "{name} on {line}");
    }
}

#[test]
fn kinds_and_origins_are_told_apart() {
    let kind = |line, name| Catalog::of(line).plugin(name).map(|entry| (entry.kind, entry.origin));
    assert_eq!(kind(V2_0, "io.kestra.plugin.core.trigger.Schedule"), Some((Kind::Trigger, Origin::Kestra)));
    assert_eq!(
        kind(V1_3, "io.kestra.plugin.core.condition.DayWeek"),
        Some((Kind::Condition, Origin::Kestra))
    );
    assert_eq!(kind(V2_0, "io.kestra.plugin.core.runner.Process"), Some((Kind::TaskRunner, Origin::Kestra)));
    assert_eq!(kind(V2_0, "io.kestra.plugin.airbyte.connections.Sync"), Some((Kind::Task, Origin::ByHand)));
    assert_eq!(Catalog::of(V2_0).plugins(Kind::Condition).count(), 0);
}

#[test]
fn aliases_of_properties_are_read() {
    let check = Catalog::of(V2_0).model("io.kestra.core.models.flows.check.Check").expect("checks");
    assert!(check.property("condition").is_some_and(|property| property.undocumented));
    assert_eq!(check.nearest("wen"), ["when"]);
}

#[test]
fn what_types_refer_to_is_there() {
    for line in KestraLine::ALL {
        let catalog = Catalog::of(line);
        for entry in catalog.entries.values() {
            assert!(
                entry.base.is_none() || entry.base.as_ref().is_some_and(|base| catalog.model(base).is_some())
            );
            for (name, property) in &entry.properties {
                referred(catalog, &property.kind, &format!("{} {name} on {line}", entry.name));
            }
        }
    }
}

fn referred(catalog: &Catalog, kind: &Type, place: &str) {
    match kind {
        Type::Model(name) => assert!(catalog.model(name).is_some(), "{place} refers to {name}"),
        Type::List(items) => referred(catalog, &items.of, place),
        Type::Map(of) => referred(catalog, of, place),
        Type::One(kinds) => kinds.iter().for_each(|kind| referred(catalog, kind, place)),
        Type::String(Text { pattern: Some(pattern), .. }) => {
            regex::Regex::new(pattern).unwrap_or_else(|error| panic!("{place}: {error}"));
        }
        _ => {}
    }
}

#[test]
fn lost_names_are_found() {
    for (line, name, expected) in [
        (V2_0, "io.kestra.core.tasks.log.Log", "io.kestra.plugin.core.log.Log"),
        (V1_3, "io.kestra.plugin.core.log.Lgo", "io.kestra.plugin.core.log.Log"),
        (V2_0, "io.kestra.plugin.airbyte.connection.Sync", "io.kestra.plugin.airbyte.connections.Sync"),
    ] {
        assert_eq!(Catalog::of(line).nearest(name, Kind::Task).first(), Some(&expected), "{name}");
    }
}
