//! `#[derive(Model)]`: a documented struct becomes the schema, the codec and the documentation text of a block, so that
//! the three cannot disagree.

mod arguments;
mod expand;
mod field;
mod rule;

use proc_macro::TokenStream;

/// Implements `tfplugin::model::Model` and `tfplugin::model::Field` for a struct with named fields.
///
/// The words of `#[attr(…)]` and `#[model(…)]` are listed at `tfplugin::model::Model`.
#[proc_macro_derive(Model, attributes(attr, model))]
pub fn derive_model(input: TokenStream) -> TokenStream {
    let input = syn::parse_macro_input!(input as syn::DeriveInput);
    expand::model(input).unwrap_or_else(syn::Error::into_compile_error).into()
}

/// Implements `tfplugin::arguments::Arguments` for a struct with named fields, or with none.
///
/// The words of `#[argument(…)]` are listed at `tfplugin::arguments::Arguments`.
#[proc_macro_derive(Arguments, attributes(argument))]
pub fn derive_arguments(input: TokenStream) -> TokenStream {
    let input = syn::parse_macro_input!(input as syn::DeriveInput);
    arguments::arguments(input).unwrap_or_else(syn::Error::into_compile_error).into()
}
