//! `#[derive(Model)]`: a documented struct becomes the schema, the codec and the documentation text of a block, so that
//! the three cannot disagree.

mod expand;
mod field;

use proc_macro::TokenStream;

/// Implements `tfplugin::model::Model` and `tfplugin::model::Field` for a struct with named fields.
///
/// The words of `#[attr(…)]` are listed at `tfplugin::model::Model`.
#[proc_macro_derive(Model, attributes(attr))]
pub fn derive_model(input: TokenStream) -> TokenStream {
    let input = syn::parse_macro_input!(input as syn::DeriveInput);
    expand::model(input).unwrap_or_else(syn::Error::into_compile_error).into()
}
