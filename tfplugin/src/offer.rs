//! Everything that a provider offers, with its schema, for those who look at all of it: the lint and the documentation.

use std::fmt;

use crate::model::Model;
use crate::provider::Provider;
use crate::schema::{Block, IdentitySchema, Schema};

/// What an offered schema is the schema of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Provider,
    ProviderMeta,
    Resource,
    DataSource,
    EphemeralResource,
    ListResource,
    Action,
}

/// As people say it in the middle of a sentence.
impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Kind::Provider => "provider",
            Kind::ProviderMeta => "provider_meta",
            Kind::Resource => "resource",
            Kind::DataSource => "data source",
            Kind::EphemeralResource => "ephemeral resource",
            Kind::ListResource => "list resource",
            Kind::Action => "action",
        })
    }
}

/// The provider block, or a type.
pub(crate) struct Offer {
    pub(crate) kind: Kind,
    /// The full type name; the provider's own for its blocks.
    pub(crate) name: &'static str,
    pub(crate) schema: Schema,
    pub(crate) identity: Option<IdentitySchema>,
}

impl Offer {
    fn new(kind: Kind, name: &'static str, block: Block) -> Self {
        Self { kind, name, schema: Schema { version: 0, block }, identity: None }
    }

    /// Such as `resource example_entry`.
    pub(crate) fn place(&self) -> String {
        format!("{} {}", self.kind, self.name)
    }
}

/// All of it but the functions, which have no block, in the order of the provider's tables.
pub(crate) fn offers<P: Provider>(provider: &P) -> Vec<Offer> {
    let mut offers = vec![Offer::new(Kind::Provider, P::NAME, P::Config::block())];
    offers.extend(provider.meta().map(|block| Offer::new(Kind::ProviderMeta, P::NAME, block)));
    offers.extend(provider.resources().iter().map(|resource| Offer {
        kind: Kind::Resource,
        name: resource.name(),
        schema: resource.schema(),
        identity: resource.identity(),
    }));
    let data_sources = provider.data_sources().iter();
    offers.extend(data_sources.map(|data| Offer::new(Kind::DataSource, data.name(), data.block())));
    let ephemeral = provider.ephemeral_resources().iter();
    offers.extend(ephemeral.map(|offer| Offer::new(Kind::EphemeralResource, offer.name(), offer.block())));
    let lists = provider.list_resources().iter();
    offers.extend(lists.map(|list| Offer::new(Kind::ListResource, list.name(), list.block())));
    let actions = provider.actions().iter();
    offers.extend(actions.map(|action| Offer::new(Kind::Action, action.name(), action.block())));
    offers
}
