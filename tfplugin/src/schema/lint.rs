//! What hosts or users would find wrong with a provider's schemas, found in the provider's own tests: a host checks a
//! schema when it loads it, and then every command fails.

mod attribute;
mod block;
mod defect;
mod function;
mod nested_block;
mod offer;

use std::collections::BTreeSet;
use std::fmt;

pub use defect::Defect;

use crate::markdown;
use crate::offer::offers;
use crate::provider::Provider;
use crate::value::Type;

/// Something that is wrong, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Such as `resource example_entry: attribute owner.name`.
    pub place: String,
    /// What it is.
    pub defect: Defect,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.place, self.defect)
    }
}

/// Everything that is wrong with the schemas of a provider; empty when they are fit to be released.
///
/// ```
/// # use tfplugin::diagnostics::Result;
/// # use tfplugin::{AnyResource, ConfigureRequest, Provider, Reply};
/// # /// How to reach the service.
/// # #[derive(Clone, Debug, Default, tfplugin::model::Model)]
/// # struct Config {}
/// # struct Example;
/// # impl Provider for Example {
/// #     type Config = Config;
/// #     type Client = ();
/// #     const NAME: &'static str = "example";
/// #     const ADDRESS: &'static str = "example/example";
/// #     fn resources(&self) -> &'static [&'static dyn AnyResource<()>] { &[] }
/// #     async fn configure(&self, _request: ConfigureRequest<Config>) -> Result<Reply<()>> { Ok(().into()) }
/// # }
/// assert_eq!(tfplugin::schema::lint(&Example), []);
/// ```
///
/// Where something is right all the same, such as an attribute that only sounds like a [secret](Defect::Secret), filter the
/// problem out by its place.
pub fn lint<P: Provider>(provider: &P) -> Vec<Problem> {
    let offers = offers(provider);
    let each = offers.iter().flat_map(|offer| offer::problems(offer, P::NAME));
    let functions = provider.functions().iter().flat_map(|function| function::problems(*function));
    each.chain(offer::problems_together(&offers)).chain(functions).collect()
}

fn found<const N: usize>(defects: [(Defect, bool); N]) -> impl Iterator<Item = Defect> {
    defects.into_iter().filter(|(_, is_there)| *is_there).map(|(defect, _)| defect)
}

fn at(place: String) -> impl Fn(Defect) -> Problem {
    move |defect| Problem { place: place.clone(), defect }
}

fn in_description(text: &str) -> impl Iterator<Item = Defect> {
    found([
        (Defect::Description, text.trim().is_empty()),
        (Defect::RustDescription, markdown::is_for_rust(text)),
    ])
}

fn in_deprecation(message: Option<&str>) -> impl Iterator<Item = Defect> {
    found([(Defect::Deprecation, message.is_some_and(|message| message.trim().is_empty()))])
}

/// The names that were there before.
fn taken<T: Ord + Clone>(names: impl Iterator<Item = T>) -> impl Iterator<Item = T> {
    let mut seen = BTreeSet::new();
    names.filter(move |name| !seen.insert(name.clone()))
}

fn is_name(name: &str) -> bool {
    let inside = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    !name.is_empty() && !name.starts_with(|c: char| c.is_ascii_digit()) && name.chars().all(inside)
}

fn has_collection_of_dynamic(ty: &Type) -> bool {
    match ty {
        Type::List(element) | Type::Set(element) | Type::Map(element) => element.has_dynamic(),
        Type::Tuple(types) => types.iter().any(has_collection_of_dynamic),
        Type::Object(types) => types.values().any(has_collection_of_dynamic),
        Type::String | Type::Number | Type::Bool | Type::Dynamic => false,
    }
}

#[cfg(test)]
mod tests;
