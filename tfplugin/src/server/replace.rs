//! Which changes of an object need a new one.

use std::collections::BTreeMap;

use super::walk::{Member, members};
use crate::schema::{Attribute, Block, Nesting, Replace};
use crate::value::{Path, Value};

/// The attributes whose change needs a new object, nested ones too.
pub(super) fn replaced(block: &Block, prior: &Value, planned: &Value) -> Vec<Path> {
    let mut found = Vec::new();
    in_object(block, prior, planned, &Path::root(), &mut found);
    found
}

fn in_object(block: &Block, prior: &Value, planned: &Value, path: &Path, found: &mut Vec<Path>) {
    let (Value::Map(prior), Value::Map(planned)) = (prior, planned) else { return };
    for Member { name, attribute, nested } in members(block) {
        let Some((before, after)) = changed(prior, planned, name) else { continue };
        let path = path.clone().attribute(name);
        if attribute.is_some_and(|attribute| replaces(attribute, before, after)) {
            found.push(path);
        } else if let Some((nesting, block)) = nested {
            in_nested(nesting, block, before, after, &path, found);
        }
    }
}

fn changed<'a>(
    prior: &'a BTreeMap<String, Value>,
    planned: &'a BTreeMap<String, Value>,
    name: &str,
) -> Option<(&'a Value, &'a Value)> {
    prior.get(name).zip(planned.get(name)).filter(|(before, after)| before != after)
}

fn replaces(attribute: &Attribute, before: &Value, after: &Value) -> bool {
    match attribute.replace {
        Replace::Never => false,
        Replace::Always => true,
        Replace::If(replaces) => !after.is_known() || replaces(before, after),
    }
}

/// Elements are compared with their partners of the same place or key. Elements of sets have no partner: any change of a
/// set counts that could be one of such an attribute.
fn in_nested(
    nesting: Nesting,
    block: &Block,
    before: &Value,
    after: &Value,
    path: &Path,
    found: &mut Vec<Path>,
) {
    match (nesting, before, after) {
        (Nesting::Single, before, after) => in_object(block, before, after, path, found),
        (Nesting::List, Value::List(before), Value::List(after)) => {
            for (i, (before, after)) in (0_i64..).zip(before.iter().zip(after)) {
                in_object(block, before, after, &path.clone().index(i), found);
            }
        }
        (Nesting::Map, Value::Map(before), Value::Map(after)) => {
            for (key, after) in after {
                let before = before.get(key).unwrap_or(&Value::Null);
                in_object(block, before, after, &path.clone().key(key), found);
            }
        }
        (Nesting::Set, _, _) if block.attributes.iter().any(|a| matches!(a.replace, Replace::Always)) => {
            found.push(path.clone());
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::*;
    use crate::model::{Attr, Model};
    use crate::value::fixture::map;

    /// A box.
    #[derive(Clone, Debug, Default, Model)]
    struct Box {
        /// Its size; it can be cut down.
        #[attr(optional, replace_if = grows)]
        size: Attr<i64>,
        /// Its side.
        #[attr(optional)]
        side: Attr<Side>,
        /// Its sides in order.
        #[attr(optional)]
        sides: Attr<Vec<Side>>,
        /// Its sides by name.
        #[attr(optional)]
        named: Attr<BTreeMap<String, Side>>,
        /// Its sides without order.
        #[attr(optional)]
        loose: Attr<BTreeSet<Side>>,
        /// Its sides, as blocks.
        #[attr(block)]
        walls: Attr<Vec<Side>>,
    }

    /// A side.
    #[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Model)]
    struct Side {
        /// What it is made of.
        #[attr(optional, replace)]
        material: Attr<String>,
        /// Its colour.
        #[attr(optional)]
        colour: Attr<String>,
    }

    fn grows(before: &Value, after: &Value) -> bool {
        before.as_number() < after.as_number()
    }

    fn side(material: &str, colour: &str) -> Value {
        map([("material", material.into()), ("colour", colour.into())])
    }

    #[test]
    fn changes_count_at_any_depth() {
        let list = |element| Value::List(vec![side("oak", "red"), element]);
        let set = |element| Value::Set(vec![element]);
        let by_name = |element| map([("left", element)]);
        let cases: [(&str, Value, Value, &[&str]); 11] = [
            ("size", Value::from(2), Value::from(1), &[]),
            ("size", Value::from(1), Value::from(2), &["size"]),
            ("size", Value::from(1), Value::unknown(), &["size"]),
            ("side", side("oak", "red"), side("oak", "blue"), &[]),
            ("side", side("oak", "red"), side("ash", "red"), &["side.material"]),
            ("sides", list(side("oak", "red")), list(side("ash", "red")), &["sides[1].material"]),
            ("sides", list(side("oak", "red")), Value::List(vec![side("oak", "blue")]), &[]),
            (
                "named",
                by_name(side("oak", "red")),
                by_name(side("ash", "red")),
                &["named[\"left\"].material"],
            ),
            ("loose", set(side("oak", "red")), set(side("oak", "red")), &[]),
            ("loose", set(side("oak", "red")), set(side("ash", "red")), &["loose"]),
            ("walls", list(side("oak", "red")), list(side("ash", "red")), &["walls[1].material"]),
        ];
        for (name, before, after, expected) in cases {
            let found = replaced(&Box::block(), &map([(name, before)]), &map([(name, after.clone())]));
            let found: Vec<String> = found.iter().map(ToString::to_string).collect();
            assert_eq!(found, expected, "{name}: {after:?}");
        }
    }
}
