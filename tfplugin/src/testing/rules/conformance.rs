//! What no answer may hold: unknown values where all must be known, and write-only values anywhere.

use crate::testing::schema::{Block, Nested};
use crate::value::{Path, Type, Value};

/// The paths of all unknown values of a type; those in a set share the set's.
pub(in crate::testing) fn unknown_paths(value: &Value, ty: &Type) -> Vec<Path> {
    let mut found = Vec::new();
    find_unknown(value, ty, Path::root(), &mut found);
    found.dedup();
    found
}

fn find_unknown(value: &Value, ty: &Type, path: Path, found: &mut Vec<Path>) {
    match (value, ty) {
        (Value::Unknown(_), _) => found.push(path),
        (Value::Dynamic(ty, value), _) => find_unknown(value, ty, path, found),
        (Value::List(elements), Type::List(ty)) => {
            (0..)
                .zip(elements)
                .for_each(|(i, element)| find_unknown(element, ty, path.clone().index(i), found));
        }
        (Value::List(elements), Type::Tuple(types)) => (0..)
            .zip(elements.iter().zip(types))
            .for_each(|(i, (element, ty))| find_unknown(element, ty, path.clone().index(i), found)),
        (Value::Set(elements), Type::Set(ty)) => {
            elements.iter().for_each(|element| find_unknown(element, ty, path.clone(), found));
        }
        (Value::Map(elements), Type::Map(ty)) => {
            elements.iter().for_each(|(key, element)| find_unknown(element, ty, path.clone().key(key), found))
        }
        (Value::Map(members), Type::Object(types)) => members
            .iter()
            .filter_map(|(name, member)| Some((name, member, types.get(name)?)))
            .for_each(|(name, member, ty)| find_unknown(member, ty, path.clone().attribute(name), found)),
        _ => {}
    }
}

/// The paths of all write-only attributes that are not null.
pub(in crate::testing) fn write_only_paths(block: &Block, value: &Value) -> Vec<Path> {
    let mut found = Vec::new();
    find_write_only(block, value, &Path::root(), &mut found);
    found
}

fn find_write_only(block: &Block, object: &Value, path: &Path, found: &mut Vec<Path>) {
    let Value::Map(members) = object else { return };
    for (name, value) in members {
        let path = path.clone().attribute(name);
        let attribute = block.attributes.get(name);
        if attribute.is_some_and(|attribute| attribute.write_only) && !value.is_null() {
            found.push(path);
        } else if let Some(nested) = attribute.and_then(|attribute| attribute.nested()) {
            find_in_objects(nested, value, &path, found);
        } else if let Some(nested) = block.blocks.get(name) {
            find_in_objects(&nested.nested, value, &path, found);
        }
    }
}

fn find_in_objects(nested: &Nested, value: &Value, path: &Path, found: &mut Vec<Path>) {
    for (path, object) in nested.objects(value, path) {
        find_write_only(&nested.block, object, &path, found);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::rules::fixture::{block, value};
    use serde_json::json;

    fn text(paths: &[Path]) -> Vec<String> {
        paths.iter().map(Path::to_string).collect()
    }

    #[test]
    fn unknown_values_are_found_wherever_they_are() {
        let object = value(&json!({
            "id": "?", "tags": "?", "parts": [{"label": "x"}, {"code": "?"}],
            "named": {"a": {"code": "?"}}, "set": [{"code": "?"}, {"label": "?"}],
        }));
        let ty = block().ty();
        let expected = ["id", "named[\"a\"].code", "parts[1].code", "set.code", "set.label", "tags"];
        assert_eq!(text(&unknown_paths(&object, &ty)), expected);
        assert!(unknown_paths(&value(&json!({"id": "1"})), &ty).is_empty());
    }

    #[test]
    fn write_only_values_are_found_in_nested_objects_and_blocks_too() {
        let mut block = block();
        let secret = |nested: &mut Nested| nested.block.attributes.get_mut("pin").unwrap().write_only = true;
        secret(&mut block.blocks.get_mut("list").unwrap().nested);
        let crate::testing::schema::Shape::Nested(named) =
            &mut block.attributes.get_mut("named").unwrap().shape
        else {
            unreachable!()
        };
        secret(named);
        let object = value(&json!({
            "secret": "s", "token": "s", "list": [{"label": "x"}, {"pin": "s"}],
            "named": {"a": {"pin": "?"}}, "map": {"a": {"pin": "s"}},
        }));
        assert_eq!(text(&write_only_paths(&block, &object)), ["list[1].pin", "named[\"a\"].pin", "secret"]);
    }
}
