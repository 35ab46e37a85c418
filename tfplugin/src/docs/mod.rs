//! The pages that registries show, made from the schemas and the examples, so that they cannot disagree with either.
//!
//! The layout and the headings are those of `tfplugindocs`, which users and tools know. Where a page needs an example, it
//! takes the file that `tfplugindocs` would take:
//!
//! | page | example |
//! |---|---|
//! | `index.md` | `provider/provider.tf` |
//! | `resources/NAME.md` | `resources/TYPE/resource.tf`, `resources/TYPE/import.sh` |
//! | `data-sources/NAME.md` | `data-sources/TYPE/data-source.tf` |
//! | `functions/NAME.md` | `functions/NAME/function.tf` |
//! | `ephemeral-resources/NAME.md` | `ephemeral-resources/TYPE/ephemeral-resource.tf` |
//! | `list-resources/NAME.md` | `list-resources/TYPE/list-resource.tf` |
//! | `actions/NAME.md` | `actions/TYPE/action.tf` |

mod example;
mod function;
mod import;
mod page;
mod schema;
mod text;

use std::path::Path;

pub use example::ExampleError;
pub use page::Page;

use crate::markdown::plain;
use crate::offer::{Kind, Offer, offers};
use crate::provider::Provider;
use example::Examples;
use page::Part;

/// All pages of a provider. `examples` is the folder of the examples; what has none there gets a page without one.
///
/// # Errors
/// An example cannot be read, or an `import.sh` does not import.
pub fn pages<P: Provider>(provider: &P, examples: &Path) -> Result<Vec<Page>, ExampleError> {
    let examples = Examples::new(examples);
    let offers = offers(provider);
    let blocks = offers.iter().filter_map(|offer| Some((offer, place(offer.kind)?)));
    let blocks = blocks.map(|(offer, place)| page::<P>(offer, &place, &examples));
    let functions = provider.functions().iter().map(|function| function::page::<P>(*function, &examples));
    blocks.chain(functions).collect()
}

/// Where the pages of a kind are, what they call it, and where their examples are.
struct Place {
    folder: &'static str,
    label: &'static str,
    example: &'static str,
}

/// Registries have no place for `provider_meta`, which only the modules of the provider's own authors use.
fn place(kind: Kind) -> Option<Place> {
    let (folder, label, example) = match kind {
        Kind::Provider => ("", "Provider", "provider/provider.tf"),
        Kind::ProviderMeta => return None,
        Kind::Resource => ("resources", "Resource", "resource.tf"),
        Kind::DataSource => ("data-sources", "Data Source", "data-source.tf"),
        Kind::EphemeralResource => ("ephemeral-resources", "Ephemeral Resource", "ephemeral-resource.tf"),
        Kind::ListResource => ("list-resources", "List Resource", "list-resource.tf"),
        Kind::Action => ("actions", "Action", "action.tf"),
    };
    Some(Place { folder, label, example })
}

fn page<P: Provider>(offer: &Offer, place: &Place, examples: &Examples) -> Result<Page, ExampleError> {
    let (name, block, label) = (offer.name, &offer.schema.block, place.label);
    let is_provider = offer.kind == Kind::Provider;
    let own_folder = format!("{}/{name}", place.folder);
    let example =
        if is_provider { place.example.to_owned() } else { format!("{own_folder}/{}", place.example) };
    let mut parts = vec![Part::text(block.description)];
    parts.extend(block.deprecated.map(text::deprecation));
    parts.extend(usage(examples.read(&example)?));
    parts.extend(schema::section(block));
    if let Some(identity) = &offer.identity {
        parts.extend(import::section(identity, examples.import(name, identity, &own_folder)?));
    }
    let (title, heading, path) = if is_provider {
        (format!("{name} {label}"), format!("{name} {label}"), "index.md".to_owned())
    } else {
        let short = name.strip_prefix(&format!("{}_", P::NAME)).unwrap_or(name);
        (page_title::<P>(name, label), format!("{name} ({label})"), format!("{}/{short}.md", place.folder))
    };
    Ok(Page { path, title, description: plain(block.description), heading, parts })
}

fn page_title<P: Provider>(name: &str, label: &str) -> String {
    format!("{name} {label} - terraform-provider-{}", P::NAME)
}

fn usage(example: Option<String>) -> Vec<Part> {
    let code = example.map(|example| Part::code("terraform", example));
    code.into_iter().flat_map(|code| [Part::heading(2, "Example Usage"), code]).collect()
}

#[cfg(test)]
mod tests;
