//! `#[model(…)]`: which attributes of a model go together.

use proc_macro2::TokenStream;
use quote::quote;
use syn::punctuated::Punctuated;
use syn::{Attribute, Error, Ident, Result, Token, parenthesized};

use crate::field::ModelField;

/// The words and the variants of `tfplugin::schema::RuleKind`.
const KINDS: [(&str, &str); 4] = [
    ("exactly_one_of", "ExactlyOneOf"),
    ("at_most_one_of", "AtMostOneOf"),
    ("at_least_one_of", "AtLeastOneOf"),
    ("all_or_none", "AllOrNone"),
];

/// One expression per rule.
pub(crate) fn rules(attributes: &[Attribute], fields: &[ModelField]) -> Result<Vec<TokenStream>> {
    let mut rules = Vec::new();
    for attribute in attributes.iter().filter(|a| a.path().is_ident("model")) {
        attribute.parse_nested_meta(|meta| {
            let word = meta.path.require_ident()?;
            let kind =
                KINDS.iter().find(|(name, _)| word == name).ok_or_else(|| meta.error("unknown word"))?;
            let kind = Ident::new(kind.1, word.span());
            let content;
            parenthesized!(content in meta.input);
            let names = Punctuated::<Ident, Token![,]>::parse_terminated(&content)?;
            let names = names.iter().map(|name| known(name, fields)).collect::<Result<Vec<_>>>()?;
            rules.push(quote!(::tfplugin::schema::Rule {
                kind: ::tfplugin::schema::RuleKind::#kind,
                attributes: &[#(#names),*],
            }));
            Ok(())
        })?;
    }
    Ok(rules)
}

fn known(name: &Ident, fields: &[ModelField]) -> Result<String> {
    let field = fields.iter().find(|field| field.ident == *name);
    field
        .map(|field| field.name.clone())
        .ok_or_else(|| Error::new(name.span(), "the model has no such attribute"))
}
