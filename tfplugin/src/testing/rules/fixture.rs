//! A schema with one attribute or block of every kind, and its values written as JSON in which `"?"` is unknown.

use std::collections::BTreeMap;

use serde_json::Value as Json;

use crate::schema::Nesting;
use crate::testing::config;
use crate::testing::schema::{Attribute, Block, Nested, NestedBlock, Shape};
use crate::value::{Path, Type, Value};

/// Attributes: `id` computed, `name` and `tags` optional, `colour` optional and computed, `token` sensitive, `secret`
/// write-only, and of objects `parts` (list), `named` (map), `group` (set), `settings` (single, computed too). Blocks:
/// `list`, `map`, `set`, `single`. Objects have an optional `label`, a computed `code` and a sensitive `pin`.
pub(in crate::testing) fn block() -> Block {
    let plain = |flags| attribute(Shape::Plain(Type::String), flags);
    let objects = |nesting, flags| attribute(Shape::Nested(nested(nesting)), flags);
    let attributes = [
        ("id", plain("computed")),
        ("name", plain("optional")),
        ("tags", attribute(Shape::Plain(Type::Map(Box::new(Type::String))), "optional")),
        ("colour", plain("optional computed")),
        ("token", plain("optional sensitive")),
        ("secret", plain("optional sensitive write_only")),
        ("parts", objects(Nesting::List, "optional")),
        ("named", objects(Nesting::Map, "optional")),
        ("group", objects(Nesting::Set, "optional")),
        ("settings", objects(Nesting::Single, "optional computed")),
    ];
    let blocks = [
        ("list", nested_block(Nesting::List, 2)),
        ("map", nested_block(Nesting::Map, 0)),
        ("set", nested_block(Nesting::Set, 0)),
        ("single", nested_block(Nesting::Single, 1)),
    ];
    Block { attributes: owned(attributes), blocks: owned(blocks) }
}

fn nested(nesting: Nesting) -> Nested {
    let plain = |flags| attribute(Shape::Plain(Type::String), flags);
    let attributes =
        [("label", plain("optional")), ("code", plain("computed")), ("pin", plain("optional sensitive"))];
    Nested { nesting, block: Block { attributes: owned(attributes), ..Block::default() } }
}

fn nested_block(nesting: Nesting, max_items: usize) -> NestedBlock {
    NestedBlock { nested: nested(nesting), min_items: 0, max_items }
}

fn attribute(shape: Shape, flags: &str) -> Attribute {
    let is = |flag| flags.split(' ').any(|other| other == flag);
    Attribute {
        shape,
        required: false,
        optional: is("optional"),
        computed: is("computed"),
        sensitive: is("sensitive"),
        write_only: is("write_only"),
    }
}

fn owned<T, const N: usize>(members: [(&str, T); N]) -> BTreeMap<String, T> {
    members.map(|(name, member)| (name.to_owned(), member)).into()
}

/// A value of [`block`].
pub(in crate::testing) fn value(json: &Json) -> Value {
    config::object(&block(), &marked(json), &Path::root()).unwrap()
}

fn marked(json: &Json) -> Json {
    match json {
        Json::String(text) if text == "?" => config::unknown(),
        Json::Array(elements) => elements.iter().map(marked).collect(),
        Json::Object(members) => {
            members.iter().map(|(name, member)| (name.clone(), marked(member))).collect()
        }
        other => other.clone(),
    }
}
