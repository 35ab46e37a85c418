//! The types as a whole: their names, versions and identities, and how they fit together.

use super::block::{self, Scope};
use super::{Defect, Problem, at, found, in_deprecation, in_description, is_name, taken};
use crate::offer::{Kind, Offer};
use crate::schema::IdentitySchema;
use crate::value::Type;

pub(super) fn problems(offer: &Offer, provider: &str) -> Vec<Problem> {
    let Offer { name, schema, .. } = offer;
    let after = name.strip_prefix(provider);
    let defects = [
        (Defect::Name, !is_name(name)),
        (Defect::Prefix, !after.is_some_and(|rest| rest.is_empty() || rest.starts_with('_'))),
        (Defect::Version, schema.version < 0),
    ];
    let own = found(defects)
        .chain(in_deprecation(schema.block.deprecated))
        .chain(in_description(schema.block.description))
        .map(at(offer.place()));
    let identity = offer.identity.iter().flat_map(|identity| in_identity(identity, &offer.place()));
    own.chain(identity).chain(block::problems(&schema.block, &Scope::of(offer))).collect()
}

fn in_identity(identity: &IdentitySchema, place: &str) -> Vec<Problem> {
    let place = format!("{place}: identity");
    let own = found([(Defect::Version, identity.version < 0)]).map(at(place.clone()));
    let rich = identity.all().filter(|attribute| !names_an_object(&attribute.value_type()));
    let rich = rich.map(|attribute| at(format!("{place} attribute {}", attribute.name))(Defect::Identity));
    own.chain(rich).collect()
}

fn names_an_object(ty: &Type) -> bool {
    let is_primitive = |ty: &Type| matches!(ty, Type::String | Type::Number | Type::Bool);
    match ty {
        Type::List(element) => is_primitive(element),
        other => is_primitive(other),
    }
}

/// What is wrong with types only because of the others.
pub(super) fn problems_together(offers: &[Offer]) -> Vec<Problem> {
    let taken = taken(offers.iter().map(Offer::place)).map(|place| at(place)(Defect::Duplicate));
    let is_identified = |list: &Offer| {
        let same = |offer: &Offer| offer.kind == Kind::Resource && offer.name == list.name;
        offers.iter().any(|offer| same(offer) && offer.identity.is_some())
    };
    let lists = offers.iter().filter(|offer| offer.kind == Kind::ListResource);
    let lost = lists.filter(|list| !is_identified(list)).map(|list| at(list.place())(Defect::List));
    taken.chain(lost).collect()
}
