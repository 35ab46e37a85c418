//! A schema per defect, and what is said of it; everything else about the schemas is right.

use std::collections::BTreeMap;

use super::*;
use crate::any::AnyFunction;
use crate::arguments::Parameter;
use crate::function::FunctionError;
use crate::offer::{Kind, Offer};
use crate::schema::{Attribute, Block, IdentitySchema, Mode, NestedBlock, Nesting, Replace, Schema, Shape};
use crate::validate;
use crate::value::Value;

/// Places and what is wrong there.
type Found<'a> = &'a [(&'a str, Defect)];

const RIGHT: Attribute = Attribute {
    name: "label",
    description: "What it is called.",
    shape: Shape::Plain(Type::String),
    mode: Mode::Optional,
    sensitive: false,
    write_only: false,
    deprecated: None,
    replace: Replace::Never,
    stable: false,
    default: None,
    validators: Vec::new(),
    same: None,
};

fn block(attributes: Vec<Attribute>) -> Block {
    Block { description: "A thing.", attributes, ..Block::default() }
}

fn with_blocks(blocks: Vec<NestedBlock>) -> Block {
    Block { blocks, ..block(Vec::new()) }
}

fn nested(nesting: Nesting, attributes: Vec<Attribute>) -> NestedBlock {
    NestedBlock { name: "parts", nesting, block: block(attributes), min_items: 0, max_items: 0 }
}

fn bounds(nesting: Nesting, min_items: i64, max_items: i64) -> Block {
    with_blocks(vec![NestedBlock { min_items, max_items, ..nested(nesting, vec![RIGHT]) }])
}

fn parts(nesting: Nesting, attributes: Vec<Attribute>) -> Attribute {
    Attribute { name: "parts", shape: Shape::Nested(nesting, block(attributes)), ..RIGHT }
}

fn of_type(ty: Type) -> Attribute {
    Attribute { shape: Shape::Plain(ty), ..RIGHT }
}

fn list(element: Type) -> Type {
    Type::List(Box::new(element))
}

fn write_only() -> Attribute {
    Attribute { write_only: true, ..RIGHT }
}

fn offer(kind: Kind, block: Block) -> Offer {
    let name = if kind == Kind::Provider { "toy" } else { "toy_thing" };
    Offer { kind, name, schema: Schema { version: 0, block }, identity: None }
}

fn identified_by(attribute: Attribute, version: i64) -> Offer {
    let identity = Some(IdentitySchema { version, attributes: vec![attribute], optional: Vec::new() });
    Offer { identity, ..offer(Kind::Resource, block(vec![RIGHT])) }
}

#[track_caller]
fn says(offer: &Offer, expected: Found<'_>) {
    let problems = offer::problems(offer, "toy");
    let found: Vec<(&str, Defect)> =
        problems.iter().map(|problem| (&*problem.place, problem.defect)).collect();
    assert_eq!(found, expected);
}

/// Attributes of a resource, and the one problem of each.
/// Proves: provider/schema-rules-that-hosts-enforce
#[test]
fn a_defect_of_an_attribute_is_named() {
    let cases = [
        (Attribute { name: "Label", ..RIGHT }, "Label", Defect::Name),
        (Attribute { name: "2nd", ..RIGHT }, "2nd", Defect::Name),
        (Attribute { name: "", ..RIGHT }, "", Defect::Name),
        (Attribute { name: "count", ..RIGHT }, "count", Defect::Reserved),
        (Attribute { description: " ", ..RIGHT }, "label", Defect::Description),
        (Attribute { description: "See [`Thing`].", ..RIGHT }, "label", Defect::RustDescription),
        (Attribute { deprecated: Some(""), ..RIGHT }, "label", Defect::Deprecation),
        (
            Attribute { default: Some(Value::from(true)), mode: Mode::OptionalComputed, ..RIGHT },
            "label",
            Defect::Default,
        ),
        (
            Attribute {
                default: Some(Value::from("blue")),
                validators: vec![validate::one_of(["red", "green"])],
                mode: Mode::OptionalComputed,
                ..RIGHT
            },
            "label",
            Defect::Default,
        ),
        (of_type(list(Type::Dynamic)), "label", Defect::Dynamic),
        (
            of_type(Type::Object(BTreeMap::from([("x".to_owned(), list(Type::Dynamic))]))),
            "label",
            Defect::Dynamic,
        ),
        (parts(Nesting::Map, vec![of_type(Type::Dynamic)]), "parts", Defect::Dynamic),
        (Attribute { mode: Mode::Computed, ..write_only() }, "label", Defect::WriteOnlyStored),
        (Attribute { default: Some(Value::from("x")), ..write_only() }, "label", Defect::WriteOnlyStored),
        (
            Attribute { write_only: true, ..of_type(Type::Set(Box::new(Type::String))) },
            "label",
            Defect::WriteOnlyInSet,
        ),
        (parts(Nesting::Set, vec![write_only()]), "parts.label", Defect::WriteOnlyInSet),
        (
            parts(Nesting::Set, vec![parts(Nesting::Single, vec![write_only()])]),
            "parts.parts.label",
            Defect::WriteOnlyInSet,
        ),
        (
            Attribute { mode: Mode::Computed, ..parts(Nesting::List, vec![write_only()]) },
            "parts.label",
            Defect::WriteOnlyInComputed,
        ),
        (
            Attribute { write_only: true, ..parts(Nesting::List, vec![RIGHT]) },
            "parts.label",
            Defect::StoredInWriteOnly,
        ),
        (Attribute { name: "api_token", ..RIGHT }, "api_token", Defect::Secret),
        (
            parts(Nesting::List, vec![Attribute { name: "password", ..RIGHT }]),
            "parts.password",
            Defect::Secret,
        ),
    ];
    for (attribute, path, defect) in cases {
        let place = format!("resource toy_thing: attribute {path}");
        says(&offer(Kind::Resource, block(vec![attribute])), &[(&place, defect)]);
    }
}

#[test]
fn a_defect_of_a_block_is_named() {
    let cases = [
        (bounds(Nesting::Single, 0, 1), "parts", Defect::Bounds),
        (bounds(Nesting::Single, 2, 2), "parts", Defect::Bounds),
        (bounds(Nesting::Map, 0, 1), "parts", Defect::Bounds),
        (bounds(Nesting::List, 3, 2), "parts", Defect::Bounds),
        (bounds(Nesting::Set, -1, 0), "parts", Defect::Bounds),
        (with_blocks(vec![nested(Nesting::List, vec![of_type(Type::Dynamic)])]), "parts", Defect::Dynamic),
        (
            with_blocks(vec![NestedBlock { name: "provisioner", ..nested(Nesting::List, vec![RIGHT]) }]),
            "provisioner",
            Defect::Reserved,
        ),
        (
            with_blocks(vec![NestedBlock { block: Block::default(), ..nested(Nesting::List, Vec::new()) }]),
            "parts",
            Defect::Description,
        ),
    ];
    for (block, path, defect) in cases {
        let place = format!("resource toy_thing: block {path}");
        says(&offer(Kind::Resource, block), &[(&place, defect)]);
    }
    let in_set = with_blocks(vec![nested(Nesting::Set, vec![write_only()])]);
    let place = "resource toy_thing: attribute parts.label";
    says(&offer(Kind::Resource, in_set), &[(place, Defect::WriteOnlyInSet)]);
}

#[test]
fn blocks_and_attributes_share_their_names() {
    let block = Block { blocks: vec![nested(Nesting::List, vec![RIGHT])], ..block(vec![RIGHT, RIGHT]) };
    let block =
        Block { attributes: [block.attributes, vec![parts(Nesting::List, vec![RIGHT])]].concat(), ..block };
    let expected = [
        ("resource toy_thing: name label", Defect::Duplicate),
        ("resource toy_thing: name parts", Defect::Duplicate),
    ];
    says(&offer(Kind::Resource, block), &expected);
}

#[test]
fn a_block_in_an_attribute_would_be_lost() {
    let inner = Block { description: "A part.", ..with_blocks(vec![nested(Nesting::List, vec![RIGHT])]) };
    let attribute = Attribute { shape: Shape::Nested(Nesting::List, inner), ..RIGHT };
    let place = "resource toy_thing: attribute label";
    says(&offer(Kind::Resource, block(vec![attribute])), &[(place, Defect::BlockInAttribute)]);
}

#[test]
fn what_a_kind_of_block_cannot_have_is_named() {
    let reserved = |name| block(vec![Attribute { name, ..RIGHT }]);
    let computed = || block(vec![Attribute { mode: Mode::OptionalComputed, ..RIGHT }]);
    let cases = [
        (Kind::Provider, reserved("alias"), "provider toy: attribute alias", Defect::Reserved),
        (
            Kind::DataSource,
            reserved("provider"),
            "data source toy_thing: attribute provider",
            Defect::Reserved,
        ),
        (Kind::Provider, computed(), "provider toy: attribute label", Defect::Computed),
        (Kind::Action, computed(), "action toy_thing: attribute label", Defect::Computed),
        (Kind::ListResource, computed(), "list resource toy_thing: attribute label", Defect::Computed),
        (Kind::Provider, block(vec![write_only()]), "provider toy: attribute label", Defect::WriteOnlyKind),
        (
            Kind::EphemeralResource,
            block(vec![write_only()]),
            "ephemeral resource toy_thing: attribute label",
            Defect::WriteOnlyKind,
        ),
    ];
    for (kind, block, place, defect) in cases {
        says(&offer(kind, block), &[(place, defect)]);
    }
}

#[test]
fn the_type_and_its_versions_are_looked_at_too() {
    let thing = || offer(Kind::Resource, block(vec![RIGHT]));
    let named = |name| Offer { name, ..thing() };
    let old = Offer { schema: Schema { version: -1, ..thing().schema }, ..thing() };
    let silent = offer(Kind::Resource, Block { description: "", ..block(vec![RIGHT]) });
    let cases = [
        (named("toy_Thing"), "resource toy_Thing", Defect::Name),
        (named("toything"), "resource toything", Defect::Prefix),
        (named("other_thing"), "resource other_thing", Defect::Prefix),
        (old, "resource toy_thing", Defect::Version),
        (silent, "resource toy_thing", Defect::Description),
        (identified_by(RIGHT, -1), "resource toy_thing: identity", Defect::Version),
        (
            identified_by(of_type(list(list(Type::String))), 0),
            "resource toy_thing: identity attribute label",
            Defect::Identity,
        ),
        (
            identified_by(of_type(Type::Map(Box::new(Type::String))), 0),
            "resource toy_thing: identity attribute label",
            Defect::Identity,
        ),
    ];
    for (offer, place, defect) in cases {
        says(&offer, &[(place, defect)]);
    }
}

#[test]
fn what_is_wrong_with_types_only_together_is_named() {
    let of = |kind| offer(kind, block(Vec::new()));
    let cases: [(Vec<Offer>, Found<'_>); 4] = [
        (
            vec![of(Kind::Resource), of(Kind::DataSource), of(Kind::Resource)],
            &[("resource toy_thing", Defect::Duplicate)],
        ),
        (vec![of(Kind::ListResource)], &[("list resource toy_thing", Defect::List)]),
        (vec![of(Kind::ListResource), of(Kind::Resource)], &[("list resource toy_thing", Defect::List)]),
        (vec![of(Kind::ListResource), identified_by(RIGHT, 0)], &[]),
    ];
    for (offers, expected) in cases {
        let problems = offer::problems_together(&offers);
        let found: Vec<_> = problems.iter().map(|problem| (&*problem.place, problem.defect)).collect();
        assert_eq!(found, expected);
    }
}

#[test]
fn what_is_right_passes() {
    let blocks = vec![NestedBlock { min_items: 1, max_items: 1, ..nested(Nesting::Single, vec![RIGHT]) }];
    let attributes = vec![
        RIGHT,
        Attribute { name: "count_2", deprecated: Some("Use label."), ..RIGHT },
        Attribute { name: "pin", ..write_only() },
        Attribute { name: "any", ..of_type(Type::Dynamic) },
        Attribute { name: "password", sensitive: true, ..RIGHT },
        Attribute { name: "password_version", ..of_type(Type::Number) },
        Attribute { name: "tokens", ..RIGHT },
        Attribute {
            name: "login",
            sensitive: true,
            ..parts(Nesting::Single, vec![Attribute { name: "token", ..RIGHT }])
        },
        Attribute {
            name: "colour",
            default: Some(Value::from("blue")),
            mode: Mode::OptionalComputed,
            ..RIGHT
        },
        Attribute { name: "keys", write_only: true, ..parts(Nesting::List, vec![write_only()]) },
    ];
    says(&offer(Kind::Resource, Block { blocks, ..block(attributes) }), &[]);
    says(&identified_by(of_type(list(Type::Number)), 0), &[]);
    says(&Offer { name: "toy", ..offer(Kind::DataSource, block(vec![RIGHT])) }, &[]);
}

#[test]
fn a_problem_says_where_and_what() {
    let problem =
        Problem { place: "resource toy_thing: attribute label".to_owned(), defect: Defect::Description };
    assert_eq!(problem.to_string(), "resource toy_thing: attribute label has no description");
}

/// A function described by hand.
struct Described {
    name: &'static str,
    description: &'static str,
    parameters: Vec<Parameter>,
    output: Type,
}

impl AnyFunction for Described {
    fn name(&self) -> &'static str {
        self.name
    }

    fn summary(&self) -> &'static str {
        self.description
    }

    fn description(&self) -> &'static str {
        self.description
    }

    fn deprecated(&self) -> Option<&'static str> {
        None
    }

    fn parameters(&self) -> Vec<Parameter> {
        self.parameters.clone()
    }

    fn output(&self) -> Type {
        self.output.clone()
    }

    fn call(&self, _arguments: Vec<Value>) -> Result<Value, FunctionError> {
        Err(FunctionError::new("Nobody calls it."))
    }
}

#[test]
fn a_defect_of_a_function_is_named() {
    let parameter = |name, ty| Parameter {
        name,
        description: "Text.",
        ty,
        nullable: false,
        unknown: false,
        variadic: false,
        validators: Vec::new(),
    };
    let text = || parameter("text", Type::String);
    let right = || Described {
        name: "shout",
        description: "Makes text loud.",
        parameters: vec![text()],
        output: Type::String,
    };
    let of = |parameters| Described { parameters, ..right() };
    let cases: [(Described, Found<'_>); 7] = [
        (right(), &[]),
        (Described { name: "shout!", ..right() }, &[("function shout!", Defect::Name)]),
        (Described { description: "", ..right() }, &[("function shout", Defect::Description)]),
        (Described { output: list(Type::Dynamic), ..right() }, &[("function shout", Defect::Dynamic)]),
        (of(vec![text(), text()]), &[("function shout: parameter text", Defect::Duplicate)]),
        (of(vec![parameter("a-b", Type::Bool)]), &[("function shout: parameter a-b", Defect::Name)]),
        (
            of(vec![Parameter { description: "[`Text`].", ..parameter("a", list(Type::Dynamic)) }]),
            &[
                ("function shout: parameter a", Defect::Dynamic),
                ("function shout: parameter a", Defect::RustDescription),
            ],
        ),
    ];
    for (function, expected) in cases {
        let problems = function::problems(&function);
        let found: Vec<_> = problems.iter().map(|problem| (&*problem.place, problem.defect)).collect();
        assert_eq!(found, expected);
    }
}
