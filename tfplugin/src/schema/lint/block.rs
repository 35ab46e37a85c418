//! A walk through a block and everything in it.

use super::{
    Defect, Problem, attribute, found, in_deprecation, in_description, is_name, nested_block, taken,
};
use crate::offer::{Kind, Offer};
use crate::schema::Block;

pub(super) fn problems(block: &Block, scope: &Scope) -> Vec<Problem> {
    let attributes = block.attributes.iter().map(|attribute| attribute.name);
    let names = attributes.chain(block.blocks.iter().map(|nested| nested.name));
    let taken =
        taken(names).map(|name| Problem { place: scope.place("name", name), defect: Defect::Duplicate });
    let attributes = block.attributes.iter().flat_map(|attribute| attribute::problems(attribute, scope));
    let blocks = block.blocks.iter().flat_map(|nested| nested_block::problems(nested, scope));
    taken.chain(attributes).chain(blocks).collect()
}

/// Where the walk through a schema is, and what holds for everything below.
#[derive(Clone)]
pub(super) struct Scope {
    pub(super) kind: Kind,
    pub(super) offer: String,
    pub(super) path: Vec<&'static str>,
    pub(super) in_set: bool,
    pub(super) computed: bool,
    pub(super) write_only: bool,
    pub(super) sensitive: bool,
}

impl Scope {
    pub(super) fn of(offer: &Offer) -> Self {
        Self {
            kind: offer.kind,
            offer: offer.place(),
            path: Vec::new(),
            in_set: false,
            computed: false,
            write_only: false,
            sensitive: false,
        }
    }

    pub(super) fn below(&self, name: &'static str) -> Self {
        let mut below = self.clone();
        below.path.push(name);
        below
    }

    fn is_root(&self) -> bool {
        self.path.is_empty()
    }

    pub(super) fn place(&self, what: &str, name: &'static str) -> String {
        let path: Vec<&str> = self.path.iter().copied().chain([name]).collect();
        format!("{}: {what} {}", self.offer, path.join("."))
    }
}

/// What attributes and blocks have in common.
pub(super) struct Named<'a> {
    pub(super) name: &'static str,
    pub(super) description: &'a str,
    pub(super) deprecated: Option<&'static str>,
}

impl Named<'_> {
    pub(super) fn defects(&self, scope: &Scope) -> impl Iterator<Item = Defect> {
        let defects = [
            (Defect::Name, !is_name(self.name)),
            (Defect::Reserved, scope.is_root() && reserved(scope.kind).contains(&self.name)),
        ];
        found(defects).chain(in_deprecation(self.deprecated)).chain(in_description(self.description))
    }
}

/// Names that the language uses in blocks of this kind.
fn reserved(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Provider => &["alias", "version"],
        Kind::Resource | Kind::DataSource | Kind::EphemeralResource => {
            &["connection", "count", "depends_on", "for_each", "lifecycle", "provider", "provisioner"]
        }
        Kind::ProviderMeta | Kind::ListResource | Kind::Action => &[],
    }
}
