//! The rules of attributes, those of nested attributes included.

use super::block::{self, Named, Scope};
use super::{Defect, Problem, at, found, has_collection_of_dynamic};
use crate::offer::Kind;
use crate::schema::{Attribute, Block, Mode, Nesting, Shape};
use crate::value::Type;

pub(super) fn problems(attribute: &Attribute, scope: &Scope) -> Vec<Problem> {
    let named =
        Named { name: attribute.name, description: attribute.description, deprecated: attribute.deprecated };
    let own =
        named.defects(scope).chain(found(own(attribute, scope))).chain(found(write_only(attribute, scope)));
    let own = own.map(at(scope.place("attribute", attribute.name)));
    let nested = object(&attribute.shape).into_iter();
    own.chain(nested.flat_map(|block| block::problems(block, &below(attribute, scope)))).collect()
}

fn own(attribute: &Attribute, scope: &Scope) -> [(Defect, bool); 5] {
    let ty = attribute.value_type();
    let is_hidden = attribute.sensitive || attribute.write_only || scope.sensitive;
    [
        (Defect::Computed, attribute.mode.is_computed() && !gives_values(scope.kind)),
        (Defect::Default, !accepts_default(attribute)),
        (Defect::Dynamic, collects_dynamic(&attribute.shape)),
        (Defect::BlockInAttribute, object(&attribute.shape).is_some_and(|block| !block.blocks.is_empty())),
        (Defect::Secret, !is_hidden && holds_text(&ty) && sounds_secret(attribute.name)),
    ]
}

fn write_only(attribute: &Attribute, scope: &Scope) -> [(Defect, bool); 5] {
    let write_only = attribute.write_only;
    let is_stored = attribute.mode.is_computed() || attribute.default.is_some();
    let in_set = scope.in_set || matches!(attribute.value_type(), Type::Set(_));
    [
        (Defect::WriteOnlyKind, write_only && scope.kind != Kind::Resource),
        (Defect::WriteOnlyStored, write_only && is_stored),
        (Defect::WriteOnlyInSet, write_only && in_set),
        (Defect::WriteOnlyInComputed, write_only && scope.computed),
        (Defect::StoredInWriteOnly, scope.write_only && !write_only),
    ]
}

fn below(attribute: &Attribute, scope: &Scope) -> Scope {
    Scope {
        in_set: scope.in_set || matches!(attribute.shape, Shape::Nested(Nesting::Set, _)),
        computed: scope.computed || attribute.mode == Mode::Computed,
        write_only: attribute.write_only,
        sensitive: scope.sensitive || attribute.sensitive,
        ..scope.below(attribute.name)
    }
}

/// Whether the provider answers with values of its own, or the block is configuration and nothing else.
fn gives_values(kind: Kind) -> bool {
    matches!(kind, Kind::Resource | Kind::DataSource | Kind::EphemeralResource)
}

fn accepts_default(attribute: &Attribute) -> bool {
    attribute.default.as_ref().is_none_or(|default| {
        let is_valid = attribute.validators.iter().all(|validator| validator.accepts(default));
        is_valid && default.conforms(&attribute.value_type()).is_ok()
    })
}

fn object(shape: &Shape) -> Option<&Block> {
    match shape {
        Shape::Plain(_) => None,
        Shape::Object(block) | Shape::Nested(_, block) => Some(block),
    }
}

fn collects_dynamic(shape: &Shape) -> bool {
    match shape {
        Shape::Plain(ty) => has_collection_of_dynamic(ty),
        Shape::Object(_) | Shape::Nested(Nesting::Single, _) => false,
        Shape::Nested(_, block) => block.object_type().has_dynamic(),
    }
}

/// Versions, lifetimes and switches of secrets are no secrets.
fn holds_text(ty: &Type) -> bool {
    !matches!(ty, Type::Bool | Type::Number)
}

fn sounds_secret(name: &str) -> bool {
    let name = format!("_{name}_");
    SECRETS.iter().any(|word| name.contains(&format!("_{word}_")))
}

const SECRETS: [&str; 9] = [
    "access_key",
    "api_key",
    "client_key",
    "jwt",
    "passphrase",
    "password",
    "private_key",
    "secret",
    "token",
];
