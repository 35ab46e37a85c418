//! Which objects core accepts where it was promised another: what was known must be the same, and what was unknown must
//! keep the promises made about it. Applied objects are compared with their plan so, and final plans with first ones.

use std::collections::BTreeMap;

use super::problem::{Place, Problem, element, member};
use super::refinement::admits;
use crate::schema::Nesting;
use crate::testing::schema::{Attribute, Block, Nested};
use crate::value::{Type, Value};

/// Checks an object against the one that was planned.
pub(in crate::testing) fn object_compatible(block: &Block, planned: &Value, actual: &Value) -> Vec<Problem> {
    object(block, planned, actual, &Place::default())
}

fn object(block: &Block, planned: &Value, actual: &Value, place: &Place) -> Vec<Problem> {
    let subject = if place.path.is_root() { "Root object " } else { "" };
    match (planned.is_null(), actual.is_null()) {
        (true, true) => return Vec::new(),
        (true, false) => return vec![place.problem(format!("{subject}was absent, but now present"))],
        (false, true) => return vec![place.problem(format!("{subject}was present, but now absent"))],
        (false, false) => {}
    }
    let attributes = block.attributes.iter().flat_map(|(name, schema)| {
        attribute(
            schema,
            member(planned, name),
            member(actual, name),
            &place.attribute(name, schema.is_sensitive()),
        )
    });
    let blocks = block.blocks.iter().flat_map(|(name, schema)| {
        nested(&schema.nested, member(planned, name), member(actual, name), &place.attribute(name, false))
    });
    attributes.chain(blocks).collect()
}

fn attribute(schema: &Attribute, planned: &Value, actual: &Value, place: &Place) -> Vec<Problem> {
    let problems = value(&schema.shape.ty(), planned, actual, place);
    if place.hidden && !problems.is_empty() {
        return vec![place.problem("inconsistent values for sensitive attribute")];
    }
    problems
}

fn value(ty: &Type, planned: &Value, actual: &Value, place: &Place) -> Vec<Problem> {
    let show = |value| place.show(value, ty);
    let text = match (planned, actual) {
        (Value::Unknown(refinement), actual) if admits(refinement, actual) => return Vec::new(),
        (Value::Unknown(_), actual) => {
            format!("final value {} does not conform to planning placeholder {}", show(actual), show(planned))
        }
        (Value::Dynamic(planned_ty, planned), Value::Dynamic(actual_ty, actual))
            if planned_ty == actual_ty =>
        {
            return value(planned_ty, planned, actual, place);
        }
        (Value::Dynamic(ty, _), Value::Dynamic(..)) => format!("wrong final value type: {ty} required"),
        (Value::Null, Value::Null) => return Vec::new(),
        (planned, Value::Null) => format!("was {}, but now null", show(planned)),
        (Value::Null, actual) => format!("was null, but now {}", show(actual)),
        (_, Value::Unknown(_)) => "was known, but now unknown".to_owned(),
        (Value::List(_) | Value::Map(_), _) => return members(ty, planned, actual, place),
        (Value::Set(planned), Value::Set(actual)) => return set(ty, planned, actual, place),
        (planned, actual) if planned == actual => return Vec::new(),
        (planned, actual) => format!("was {}, but now {}", show(planned), show(actual)),
    };
    vec![place.problem(text)]
}

/// Lists, tuples, maps and objects: element by element.
fn members(ty: &Type, planned: &Value, actual: &Value, place: &Place) -> Vec<Problem> {
    match (ty, planned, actual) {
        (Type::Object(types), planned, actual) => {
            let of_member = |(name, ty): (&String, &Type)| {
                value(ty, member(planned, name), member(actual, name), &place.attribute(name, false))
            };
            types.iter().flat_map(of_member).collect()
        }
        (ty, Value::List(planned), Value::List(actual)) => list(ty, planned, actual, place),
        (ty, Value::Map(planned), Value::Map(actual)) => map(ty, planned, actual, place),
        _ => Vec::new(),
    }
}

fn list(ty: &Type, planned: &[Value], actual: &[Value], place: &Place) -> Vec<Problem> {
    let ty = |i| match ty {
        Type::Tuple(types) => &types[i],
        ty => element_type(ty),
    };
    let name = |i: usize| format!("cty.NumberIntVal({i})");
    let common = (0..)
        .zip(planned.iter().zip(actual).enumerate())
        .flat_map(|(index, (i, (planned, actual)))| value(ty(i), planned, actual, &place.index(index)));
    let vanished = (actual.len()..planned.len()).map(|i| vanished(place, &name(i)));
    let appeared = (planned.len()..actual.len()).map(|i| appeared(place, &name(i)));
    common.chain(vanished).chain(appeared).collect()
}

type Members = BTreeMap<String, Value>;

fn map(ty: &Type, planned: &Members, actual: &Members, place: &Place) -> Vec<Problem> {
    let name = |key: &str| format!("cty.StringVal({key:?})");
    let of_planned = planned.iter().flat_map(|(key, planned)| match actual.get(key) {
        Some(actual) => value(element_type(ty), planned, actual, &place.key(key)),
        None => vec![vanished(place, &name(key))],
    });
    let new = actual.keys().filter(|key| !planned.contains_key(*key));
    of_planned.chain(new.map(|key| appeared(place, &name(key)))).collect()
}

fn element_type(ty: &Type) -> &Type {
    match ty {
        Type::List(ty) | Type::Set(ty) | Type::Map(ty) => ty,
        ty => ty,
    }
}

fn vanished(place: &Place, name: &str) -> Problem {
    place.problem(format!("element {name} has vanished"))
}

fn appeared(place: &Place, name: &str) -> Problem {
    place.problem(format!("new element {name} has appeared"))
}

/// Unknown elements may turn out to be equal, so a set may shrink, but it may not grow.
fn set(ty: &Type, planned: &[Value], actual: &[Value], place: &Place) -> Vec<Problem> {
    let element = element_type(ty);
    let fits =
        |planned: &Value, actual: &Value| value(element, planned, actual, &Place::default()).is_empty();
    let mut problems = correlate(planned, actual, fits, |value| place.show(value, element), place);
    if actual.len() > planned.len() {
        problems.push(place.problem(format!("length changed from {} to {}", planned.len(), actual.len())));
    }
    problems
}

/// Every element of either side needs a partner on the other.
fn correlate(
    planned: &[Value],
    actual: &[Value],
    fits: impl Fn(&Value, &Value) -> bool,
    show: impl Fn(&Value) -> String,
    place: &Place,
) -> Vec<Problem> {
    let lost = planned.iter().filter(|planned| !actual.iter().any(|actual| fits(planned, actual)));
    let text =
        |value| format!("planned set element {} does not correlate with any element in actual", show(value));
    let lost: Vec<Problem> = lost.map(|value| place.problem(text(value))).collect();
    if !lost.is_empty() {
        return lost;
    }
    let new = actual.iter().filter(|actual| !planned.iter().any(|planned| fits(planned, actual)));
    let text =
        |value| format!("actual set element {} does not correlate with any element in plan", show(value));
    new.map(|value| place.problem(text(value))).collect()
}

/// Blocks that were unknown as a whole may turn out to be any.
fn nested(schema: &Nested, planned: &Value, actual: &Value, place: &Place) -> Vec<Problem> {
    let block = &schema.block;
    match (schema.nesting, planned, actual) {
        (_, Value::Unknown(_), _) => Vec::new(),
        (Nesting::Single, planned, actual) => object(block, planned, actual, place),
        (Nesting::List, Value::List(elements), Value::List(now)) if elements.len() == now.len() => (0..)
            .zip(elements.iter().enumerate())
            .flat_map(|(index, (i, planned))| object(block, planned, element(actual, i), &place.index(index)))
            .collect(),
        (Nesting::List, Value::List(planned), Value::List(actual)) => {
            vec![place.problem(format!("block count changed from {} to {}", planned.len(), actual.len()))]
        }
        (Nesting::Map, Value::Map(planned), Value::Map(actual)) => {
            let of_planned = planned.iter().flat_map(|(key, planned)| match actual.get(key) {
                Some(actual) => object(block, planned, actual, &place.key(key)),
                None => vec![place.problem(format!("block key {key:?} has vanished"))],
            });
            let new = actual.keys().filter(|key| !planned.contains_key(*key));
            of_planned
                .chain(new.map(|key| place.problem(format!("new block key {key:?} has appeared"))))
                .collect()
        }
        (Nesting::Set, Value::Set(planned), Value::Set(actual)) => block_set(schema, planned, actual, place),
        (_, planned, actual) => value(&schema.ty(), planned, actual, &place.hiding(block.is_sensitive())),
    }
}

fn block_set(schema: &Nested, planned: &[Value], actual: &[Value], place: &Place) -> Vec<Problem> {
    let (block, ty) = (&schema.block, schema.block.ty());
    let fits = |planned: &Value, actual: &Value| object(block, planned, actual, &Place::default()).is_empty();
    let place = place.hiding(block.is_sensitive());
    let mut problems = correlate(planned, actual, fits, |value| place.show(value, &ty), &place);
    if actual.len() > planned.len() {
        let text = format!("block set length changed from {} to {}", planned.len(), actual.len());
        problems.push(place.problem(text));
    }
    problems
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::rules::fixture::{block, value as object_value};
    use crate::value::Refinement;
    use serde_json::{Value as Json, json};

    fn problems(planned: &Json, actual: &Json) -> Vec<String> {
        let found = object_compatible(&block(), &object_value(planned), &object_value(actual));
        found.iter().map(|problem| format!("{}: {}", problem.path, problem.text)).collect()
    }

    #[test]
    fn what_was_unknown_may_become_anything() {
        let cases = [
            (json!({"id": "?"}), json!({"id": "1"})),
            (json!({"id": "?"}), json!({"id": null})),
            (json!({"id": "?"}), json!({"id": "?"})),
            (json!({"tags": {"a": "?"}}), json!({"tags": {"a": "1"}})),
            (
                json!({"parts": [{"label": "x", "code": "?"}]}),
                json!({"parts": [{"label": "x", "code": "1"}]}),
            ),
            (json!({"list": "?"}), json!({"list": [{"label": "x"}]})),
            (
                json!({"set": [{"code": "?"}, {"label": "x"}]}),
                json!({"set": [{"label": "x"}, {"code": "1"}]}),
            ),
            (json!({"group": [{"code": "?"}, {"code": "1"}]}), json!({"group": [{"code": "1"}]})),
            (json!(null), json!(null)),
        ];
        for (planned, actual) in cases {
            assert_eq!(problems(&planned, &actual), [""; 0], "{planned} {actual}");
        }
    }

    /// Checks rows of a planned object, an actual one, and the first problem that core sees in it.
    fn refused<const N: usize>(rows: [(Json, Json, &str); N]) {
        for (planned, actual, expected) in rows {
            let found = problems(&planned, &actual);
            assert_eq!(found.first().map(String::as_str), Some(expected), "{planned} {actual}");
        }
    }

    #[test]
    fn what_was_known_must_stay_so_in_core_s_words() {
        refused([
            (json!(null), json!({}), ": Root object was absent, but now present"),
            (json!({}), json!(null), ": Root object was present, but now absent"),
            (
                json!({"name": "a"}),
                json!({"name": "b"}),
                r#"name: was cty.StringVal("a"), but now cty.StringVal("b")"#,
            ),
            (json!({"name": "a"}), json!({}), r#"name: was cty.StringVal("a"), but now null"#),
            (json!({}), json!({"name": "a"}), r#"name: was null, but now cty.StringVal("a")"#),
            (json!({"name": "a"}), json!({"name": "?"}), "name: was known, but now unknown"),
            (
                json!({"token": "a"}),
                json!({"token": "b"}),
                "token: inconsistent values for sensitive attribute",
            ),
            (
                json!({"parts": [{"pin": "a"}]}),
                json!({"parts": [{"pin": "b"}]}),
                "parts: inconsistent values for sensitive attribute",
            ),
            (
                json!({"tags": {"a": "1"}}),
                json!({"tags": {}}),
                r#"tags: element cty.StringVal("a") has vanished"#,
            ),
            (
                json!({"tags": {}}),
                json!({"tags": {"a": "1"}}),
                r#"tags: new element cty.StringVal("a") has appeared"#,
            ),
            (
                json!({"tags": {"a": "1"}}),
                json!({"tags": {"a": "2"}}),
                r#"tags["a"]: was cty.StringVal("1"), but now cty.StringVal("2")"#,
            ),
        ]);
    }

    #[test]
    fn blocks_stay_as_many_as_they_were() {
        refused([
            (json!({"list": [{}]}), json!({"list": []}), "list: block count changed from 1 to 0"),
            (
                json!({"list": [{"label": "x"}]}),
                json!({"list": [{"label": "y"}]}),
                r#"list[0].label: was cty.StringVal("x"), but now cty.StringVal("y")"#,
            ),
            (json!({"map": {"a": {}}}), json!({"map": {}}), r#"map: block key "a" has vanished"#),
            (json!({"map": {}}), json!({"map": {"a": {}}}), r#"map: new block key "a" has appeared"#),
            (
                json!({"set": [{"label": "x"}]}),
                json!({"set": [{"label": "y"}]}),
                "set: planned set element (sensitive value) does not correlate with any element in actual",
            ),
            (
                json!({"set": [{"label": "x"}]}),
                json!({"set": [{"label": "x"}, {"label": "y"}]}),
                "set: actual set element (sensitive value) does not correlate with any element in plan",
            ),
            (json!({"single": {}}), json!({}), "single: was present, but now absent"),
            (json!({"list": [{"pin": "s3cret"}]}), json!({"list": "?"}), "list: was known, but now unknown"),
        ]);
    }

    #[test]
    fn lists_and_sets_of_plain_values_are_compared_by_element() {
        let ty = |json: &str| Type::parse_json(json.as_bytes()).unwrap();
        let list = |texts: &[&str]| Value::List(texts.iter().map(|text| Value::from(*text)).collect());
        let set = |texts: &[&str]| Value::Set(texts.iter().map(|text| Value::from(*text)).collect());
        let two_unknown = Value::Set(vec![Value::unknown(), Value::from("a")]);
        let cases = [
            (
                r#"["list","string"]"#,
                list(&["a"]),
                list(&["a", "b"]),
                "new element cty.NumberIntVal(1) has appeared",
            ),
            (
                r#"["list","string"]"#,
                list(&["a", "b"]),
                list(&["a"]),
                "element cty.NumberIntVal(1) has vanished",
            ),
            (
                r#"["tuple",["string"]]"#,
                list(&["a"]),
                list(&["b"]),
                r#"was cty.StringVal("a"), but now cty.StringVal("b")"#,
            ),
            (
                r#"["set","string"]"#,
                set(&["a"]),
                set(&["b"]),
                r#"planned set element cty.StringVal("a") does not correlate with any element in actual"#,
            ),
            (r#"["set","string"]"#, two_unknown, set(&["a", "b", "c"]), "length changed from 2 to 3"),
        ];
        for (json, planned, actual, expected) in cases {
            let found = value(&ty(json), &planned, &actual, &Place::default());
            assert_eq!(found.iter().map(|p| p.text.as_str()).collect::<Vec<_>>(), [expected]);
        }
    }

    #[test]
    fn a_promise_made_while_planning_binds() {
        let not_null = Value::Unknown(Refinement { not_null: true, ..Refinement::default() });
        let found = value(&Type::String, &not_null, &Value::Null, &Place::default());
        let expected = "final value cty.NullVal(cty.String) does not conform to planning placeholder \
                        cty.UnknownVal(cty.String).RefineNotNull()";
        assert_eq!(found[0].text, expected);
        assert_eq!(value(&Type::String, &not_null, &Value::from("a"), &Place::default()), []);
    }

    #[test]
    fn the_type_of_a_value_that_may_have_any_is_part_of_the_plan() {
        let dynamic = |ty, value| Value::Dynamic(ty, Box::new(value));
        let text = dynamic(Type::String, Value::from("a"));
        let number = dynamic(Type::Number, Value::from(1));
        assert_eq!(value(&Type::Dynamic, &Value::unknown(), &number, &Place::default()), []);
        assert_eq!(value(&Type::Dynamic, &text, &text, &Place::default()), []);
        let found = value(&Type::Dynamic, &text, &number, &Place::default());
        assert_eq!(found[0].text, "wrong final value type: string required");
    }
}
