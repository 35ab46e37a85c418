//! Which plans core accepts: configured values as they are, or as they were, and the provider's own values only where the
//! schema lets it have them.

use super::problem::{Place, Problem, element, member};
use crate::schema::Nesting;
use crate::testing::schema::{Attribute, Block, Nested};
use crate::value::{Refinement, Type, Value};

/// Checks a planned object against the configuration and the prior object; a null prior is a create.
pub(in crate::testing) fn plan_valid(
    block: &Block,
    prior: &Value,
    config: &Value,
    planned: &Value,
) -> Vec<Problem> {
    let mut check = Check { problems: Vec::new() };
    check.object(block, Sides { prior, config, planned }, &Place::default());
    check.problems
}

/// What a plan is judged by, and the plan.
#[derive(Clone, Copy)]
struct Sides<'v> {
    prior: &'v Value,
    config: &'v Value,
    planned: &'v Value,
}

impl<'v> Sides<'v> {
    fn each(self, of: impl Fn(&'v Value) -> &'v Value) -> Self {
        Self { prior: of(self.prior), config: of(self.config), planned: of(self.planned) }
    }
}

struct Check {
    problems: Vec<Problem>,
}

impl Check {
    fn push(&mut self, place: &Place, text: impl Into<String>) {
        self.problems.push(place.problem(text));
    }

    fn object(&mut self, block: &Block, sides: Sides<'_>, place: &Place) {
        match (sides.config.is_null(), sides.planned.is_null()) {
            (false, true) => return self.push(place, "planned for absence but config wants existence"),
            (true, false) => return self.push(place, "planned for existence but config wants absence"),
            (true, true) => return,
            (false, false) => {}
        }
        for (name, schema) in &block.attributes {
            let place = place.attribute(name, schema.sensitive);
            self.attribute(schema, sides.each(|side| member(side, name)), &place);
        }
        for (name, schema) in &block.blocks {
            self.nested_block(
                &schema.nested,
                sides.each(|side| member(side, name)),
                &place.attribute(name, false),
            );
        }
    }

    fn attribute(&mut self, schema: &Attribute, sides: Sides<'_>, place: &Place) {
        let Sides { prior, config, planned } = sides;
        if schema.write_only {
            if !planned.is_null() {
                self.push(place, "planned value for write-only attribute is not null");
            }
            return;
        }
        let kept = !config.is_null() && !prior.is_null() && same(planned, prior);
        if kept || same(planned, config) || (config.is_null() && schema.computed) {
            return;
        }
        let ty = schema.shape.ty();
        if config.is_null() {
            self.push(place, unconfigured(planned, &ty, &place.hiding(schema.is_sensitive())));
        } else if let Some(nested) = schema.nested() {
            self.nested_attribute(nested, sides, place);
        } else {
            self.push(place, changed(sides, &ty, place));
        }
    }

    fn nested_attribute(&mut self, schema: &Nested, sides: Sides<'_>, place: &Place) {
        let Sides { config, planned, .. } = sides;
        if schema.nesting == Nesting::Single && config.is_known() && planned.is_known() {
            return self.object(&schema.block, sides, place);
        }
        if schema.nesting == Nesting::Single || !config.is_known() {
            return self.changed_objects(schema, sides, place, &schema.ty());
        }
        if planned.is_null() {
            return self.push(place, "planned for absence but config wants existence");
        }
        let (planned, config) = (length(planned), length(config));
        if planned != config {
            let count = |length: Option<usize>| match length {
                Some(length) => format!("cty.NumberIntVal({length})"),
                None => "cty.UnknownVal(cty.Number)".to_owned(),
            };
            let (planned, config) = (count(planned), count(config));
            return self
                .push(place, format!("count in plan ({planned}) disagrees with count in config ({config})"));
        }
        self.elements(schema, sides, place, "map");
    }

    fn nested_block(&mut self, schema: &Nested, sides: Sides<'_>, place: &Place) {
        let Sides { config, planned, .. } = sides;
        if !config.is_known() {
            return self.changed_objects(schema, sides, place, &schema.ty());
        }
        if !planned.is_known() {
            return self.push(place, unknown_block("attribute"));
        }
        if schema.nesting == Nesting::Single {
            return self.object(&schema.block, sides, place);
        }
        if planned.is_null() {
            return self.push(place, null_blocks(schema.nesting));
        }
        let count = |value| length(value).unwrap_or_default();
        let (in_plan, in_config) = (count(planned), count(config));
        if schema.nesting != Nesting::Map && in_plan != in_config {
            let text =
                format!("block count in plan ({in_plan}) disagrees with count in config ({in_config})");
            return self.push(place, text);
        }
        self.elements(schema, sides, place, "block");
    }

    /// Elements of sets cannot be told apart, so nothing is said about them.
    fn elements(&mut self, schema: &Nested, sides: Sides<'_>, place: &Place, keyed: &str) {
        match (schema.nesting, sides.planned) {
            (Nesting::List, Value::List(elements)) => {
                for i in 0..elements.len() {
                    let place = place.index(i64::try_from(i).unwrap_or(i64::MAX));
                    self.element(schema, sides.each(|side| element(side, i)), &place);
                }
            }
            (Nesting::Map, Value::Map(elements)) => {
                self.keys(sides, place, keyed);
                for key in elements.keys().filter(|key| has(sides.config, key)) {
                    self.element(schema, sides.each(|side| member(side, key)), &place.key(key));
                }
            }
            _ => {}
        }
    }

    fn element(&mut self, schema: &Nested, sides: Sides<'_>, place: &Place) {
        match (sides.config.is_known(), sides.planned.is_known()) {
            (true, true) => self.object(&schema.block, sides, place),
            (true, false) => self.push(place, unknown_block("element")),
            (false, _) => self.changed_objects(schema, sides, place, &schema.block.ty()),
        }
    }

    /// Objects that cannot be compared one by one, because there is nothing to see on one side.
    fn changed_objects(&mut self, schema: &Nested, sides: Sides<'_>, place: &Place, ty: &Type) {
        if !same(sides.planned, sides.config) {
            self.push(place, changed(sides, ty, &place.hiding(schema.block.is_sensitive())));
        }
    }

    fn keys(&mut self, sides: Sides<'_>, place: &Place, keyed: &str) {
        for key in keys(sides.config).filter(|key| !has(sides.planned, key)) {
            self.push(place, format!("{keyed} key {key:?} from config is missing from plan"));
        }
        for key in keys(sides.planned).filter(|key| !has(sides.config, key)) {
            self.push(place, format!("{keyed} key {key:?} from plan is not present in config"));
        }
    }
}

fn keys(value: &Value) -> impl Iterator<Item = &String> {
    value.as_map().into_iter().flat_map(|members| members.keys())
}

fn has(value: &Value, key: &str) -> bool {
    value.as_map().is_some_and(|members| members.contains_key(key))
}

/// The number of elements; `None` when it is unknown.
fn length(value: &Value) -> Option<usize> {
    match value {
        Value::List(elements) | Value::Set(elements) => Some(elements.len()),
        Value::Map(elements) => Some(elements.len()),
        _ => None,
    }
}

fn unconfigured(planned: &Value, ty: &Type, place: &Place) -> String {
    if place.hidden {
        return "sensitive planned value for a non-computed attribute".to_owned();
    }
    format!("planned value {} for a non-computed attribute", place.show(planned, ty))
}

fn changed(Sides { prior, config, planned }: Sides<'_>, ty: &Type, place: &Place) -> String {
    let show = |value| place.show(value, ty);
    let mut text = if place.hidden {
        "sensitive planned value does not match config value".to_owned()
    } else {
        format!("planned value {} does not match config value {}", show(planned), show(config))
    };
    if !prior.is_null() {
        text += " nor prior value";
        if !place.hidden {
            text = text + " " + &show(prior);
        }
    }
    text
}

fn unknown_block(what: &str) -> String {
    format!(
        "{what} representing nested block must not be unknown itself; set nested attribute values to unknown instead"
    )
}

fn null_blocks(nesting: Nesting) -> String {
    let kind = match nesting {
        Nesting::Map => "map",
        Nesting::Set => "set",
        Nesting::List | Nesting::Single => "list",
    };
    format!("attribute representing a {kind} of nested blocks must be empty to indicate no blocks, not null")
}

/// Whether core takes the values for the same: what is certain about unknown ones does not count.
fn same(a: &Value, b: &Value) -> bool {
    a == b || unrefined(a) == unrefined(b)
}

fn unrefined(value: &Value) -> Value {
    match value {
        Value::Unknown(_) => Value::Unknown(Refinement::default()),
        Value::List(elements) => Value::List(elements.iter().map(unrefined).collect()),
        Value::Set(elements) => Value::Set(elements.iter().map(unrefined).collect()),
        Value::Map(members) => {
            Value::Map(members.iter().map(|(key, value)| (key.clone(), unrefined(value))).collect())
        }
        Value::Dynamic(ty, value) => Value::Dynamic(ty.clone(), Box::new(unrefined(value))),
        known => known.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::rules::fixture::{block, value};
    use serde_json::{Value as Json, json};

    fn problems(prior: &Json, config: &Json, planned: &Json) -> Vec<String> {
        let found = plan_valid(&block(), &value(prior), &value(config), &value(planned));
        found.iter().map(|problem| format!("{}: {}", problem.path, problem.text)).collect()
    }

    #[test]
    fn a_plan_may_fill_in_computed_values_and_keep_prior_ones() {
        let cases = [
            (json!(null), json!({"name": "a"}), json!({"name": "a", "id": "?", "colour": "blue"})),
            (json!({"name": "A"}), json!({"name": "a"}), json!({"name": "A"})),
            (json!(null), json!({"name": "?"}), json!({"name": "?"})),
            (json!({"name": "a"}), json!({"name": "?"}), json!({"name": "a"})),
            (json!(null), json!({"secret": "s"}), json!({})),
            (
                json!(null),
                json!({"parts": [{"label": "x"}]}),
                json!({"parts": [{"label": "x", "code": "?"}]}),
            ),
            (json!(null), json!({"group": [{"label": "x"}]}), json!({"group": [{"label": "other"}]})),
            (json!(null), json!({}), json!({"settings": {"label": "own"}})),
            (json!(null), json!({"set": [{"label": "x"}]}), json!({"set": [{"label": "other"}]})),
            (json!(null), json!({"list": "?"}), json!({"list": "?"})),
            (json!(null), json!(null), json!(null)),
        ];
        for (prior, config, planned) in cases {
            assert_eq!(problems(&prior, &config, &planned), [""; 0], "{config} {planned}");
        }
    }

    #[test]
    fn refinements_of_unknown_values_do_not_count() {
        let mut planned = value(&json!({"tags": {"a": "?"}}));
        let Value::Map(members) = &mut planned else { unreachable!() };
        let not_null = Value::Unknown(Refinement { not_null: true, ..Refinement::default() });
        members.insert("tags".to_owned(), Value::Map([("a".to_owned(), not_null)].into()));
        assert_eq!(plan_valid(&block(), &Value::Null, &value(&json!({"tags": {"a": "?"}})), &planned), []);
    }

    /// Checks rows of a prior object, a configuration, a plan, and the first problem that core sees in it.
    fn refused<const N: usize>(rows: [(Json, Json, Json, &str); N]) {
        for (prior, config, planned, expected) in rows {
            let found = problems(&prior, &config, &planned);
            assert_eq!(found.first().map(String::as_str), Some(expected), "{config} {planned}");
        }
    }

    #[test]
    fn an_object_is_planned_where_one_is_configured() {
        refused([
            (json!(null), json!({}), json!(null), ": planned for absence but config wants existence"),
            (json!(null), json!(null), json!({}), ": planned for existence but config wants absence"),
        ]);
    }

    #[test]
    fn configured_attributes_are_planned_as_they_are_or_were() {
        refused([
            (
                json!(null),
                json!({"name": "a"}),
                json!({"name": "b"}),
                r#"name: planned value cty.StringVal("b") does not match config value cty.StringVal("a")"#,
            ),
            (
                json!({"name": "c"}),
                json!({"name": "a"}),
                json!({"name": "b"}),
                r#"name: planned value cty.StringVal("b") does not match config value cty.StringVal("a") nor prior value cty.StringVal("c")"#,
            ),
            (
                json!(null),
                json!({"name": "?"}),
                json!({"name": "b"}),
                r#"name: planned value cty.StringVal("b") does not match config value cty.UnknownVal(cty.String)"#,
            ),
            (
                json!({"token": "c"}),
                json!({"token": "a"}),
                json!({"token": "b"}),
                "token: sensitive planned value does not match config value nor prior value",
            ),
        ]);
    }

    #[test]
    fn attributes_that_are_not_configured_are_planned_by_providers_only_where_they_are_computed() {
        refused([
            (
                json!(null),
                json!({}),
                json!({"name": "b"}),
                r#"name: planned value cty.StringVal("b") for a non-computed attribute"#,
            ),
            (
                json!({"name": "b"}),
                json!({}),
                json!({"name": "b"}),
                r#"name: planned value cty.StringVal("b") for a non-computed attribute"#,
            ),
            (
                json!(null),
                json!({}),
                json!({"token": "b"}),
                "token: sensitive planned value for a non-computed attribute",
            ),
            (
                json!(null),
                json!({"secret": "s"}),
                json!({"secret": "s"}),
                "secret: planned value for write-only attribute is not null",
            ),
        ]);
    }

    #[test]
    fn nested_attributes_are_planned_for_the_same_elements() {
        refused([
            (
                json!(null),
                json!({"parts": [{"label": "x"}]}),
                json!({"parts": "?"}),
                "parts: count in plan (cty.UnknownVal(cty.Number)) disagrees with count in config (cty.NumberIntVal(1))",
            ),
            (
                json!(null),
                json!({"parts": [{"label": "x"}]}),
                json!({"parts": null}),
                "parts: planned for absence but config wants existence",
            ),
            (
                json!(null),
                json!({"parts": [{"label": "x"}]}),
                json!({"parts": [{"label": "y"}]}),
                r#"parts[0].label: planned value cty.StringVal("y") does not match config value cty.StringVal("x")"#,
            ),
            (
                json!(null),
                json!({"named": {"a": {"label": "x"}}}),
                json!({"named": {"b": {"label": "x"}}}),
                r#"named: map key "a" from config is missing from plan"#,
            ),
            (
                json!(null),
                json!({"group": [{"label": "x"}]}),
                json!({"group": []}),
                "group: count in plan (cty.NumberIntVal(0)) disagrees with count in config (cty.NumberIntVal(1))",
            ),
            (
                json!(null),
                json!({"settings": {"label": "x"}}),
                json!({"settings": {"label": "y"}}),
                r#"settings.label: planned value cty.StringVal("y") does not match config value cty.StringVal("x")"#,
            ),
            (
                json!(null),
                json!({"settings": {"pin": "s3cret"}}),
                json!({"settings": "?"}),
                "settings: sensitive planned value does not match config value",
            ),
            (
                json!(null),
                json!({}),
                json!({"parts": [{"pin": "s3cret"}]}),
                "parts: sensitive planned value for a non-computed attribute",
            ),
            (
                json!({"parts": [{"pin": "s3cret"}]}),
                json!({"parts": "?"}),
                json!({"parts": []}),
                "parts: sensitive planned value does not match config value nor prior value",
            ),
            (
                json!(null),
                json!({"parts": ["?"]}),
                json!({"parts": [{"label": "x"}]}),
                "parts[0]: sensitive planned value does not match config value",
            ),
        ]);
    }

    #[test]
    fn blocks_are_planned_as_often_as_they_are_configured() {
        let blocks = |name: &str, content: Json| json!({ name: content });
        let unknown = "must not be unknown itself; set nested attribute values to unknown instead";
        let of_list = format!("list: attribute representing nested block {unknown}");
        let of_element = format!("list[0]: element representing nested block {unknown}");
        let count = "block count in plan (0) disagrees with count in config (1)";
        refused([
            (json!(null), blocks("list", json!([{}])), blocks("list", json!([])), &format!("list: {count}")),
            (json!(null), blocks("set", json!([{}])), blocks("set", json!([])), &format!("set: {count}")),
            (json!(null), blocks("list", json!([{}])), blocks("list", json!("?")), &of_list),
            (json!(null), blocks("list", json!([{}])), blocks("list", json!(["?"])), &of_element),
            (
                json!(null),
                blocks("map", json!({"a": {}})),
                blocks("map", json!({"a": {}, "b": {}})),
                r#"map: block key "b" from plan is not present in config"#,
            ),
            (
                json!(null),
                blocks("single", json!({})),
                json!({}),
                "single: planned for absence but config wants existence",
            ),
            (
                json!(null),
                blocks("single", json!({"pin": "s3cret"})),
                blocks("single", json!({"pin": "other"})),
                "single.pin: sensitive planned value does not match config value",
            ),
        ]);
    }

    #[test]
    fn blocks_are_never_null() {
        for (name, kind) in [("list", "list"), ("map", "map"), ("set", "set")] {
            let mut planned = value(&json!({}));
            let Value::Map(members) = &mut planned else { unreachable!() };
            members.insert(name.to_owned(), Value::Null);
            let found = plan_valid(&block(), &Value::Null, &value(&json!({})), &planned);
            let text = format!(
                "attribute representing a {kind} of nested blocks must be empty to indicate no blocks, not null"
            );
            assert_eq!(found.iter().map(|p| p.text.clone()).collect::<Vec<_>>(), [text]);
        }
    }

    #[test]
    fn an_unknown_block_stays_unknown() {
        refused([(
            json!(null),
            json!({"list": "?"}),
            json!({"list": []}),
            "list: sensitive planned value does not match config value",
        )]);
    }
}
