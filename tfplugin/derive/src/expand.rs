//! From the parsed fields to the two implementations.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Data, DeriveInput, Error, Fields, Result};

use crate::field::{ModelField, doc};
use crate::rule;

pub(crate) fn model(input: DeriveInput) -> Result<TokenStream> {
    let description = doc(&input.attrs);
    let name = input.ident;
    let fields = named_fields(input.data, &name)?;
    let rules = rule::rules(&input.attrs, &fields)?;
    let Names { identity, identity_optional, id } = Names::of(&fields);
    let declare = fields.iter().map(declare);
    let read = fields.iter().map(read);
    let write = fields.iter().map(write);
    Ok(quote! {
        impl ::tfplugin::model::Model for #name {
            const IDENTITY: &'static [&'static str] = #identity;
            const IDENTITY_OPTIONAL: &'static [&'static str] = #identity_optional;
            const ID: ::core::option::Option<&'static str> = #id;

            fn block() -> ::tfplugin::schema::Block {
                let mut block = ::tfplugin::schema::Block { description: #description, ..::core::default::Default::default() };
                #(#declare)*
                block.rules.extend([#(#rules),*]);
                block
            }

            fn read(
                object: &mut ::tfplugin::model::Object<'_>,
            ) -> ::core::result::Result<Self, ::tfplugin::value::ValueError> {
                ::core::result::Result::Ok(Self { #(#read),* })
            }

            fn write(&self, object: &mut ::std::collections::BTreeMap<::std::string::String, ::tfplugin::value::Value>) {
                #(#write)*
            }
        }

        impl ::tfplugin::model::Field for #name {
            fn shape() -> ::tfplugin::schema::Shape {
                ::tfplugin::schema::Shape::Object(<Self as ::tfplugin::model::Model>::block())
            }

            fn from_value(
                value: ::tfplugin::value::Value,
                path: &::tfplugin::value::Path,
            ) -> ::core::result::Result<Self, ::tfplugin::value::ValueError> {
                <Self as ::tfplugin::model::Model>::from_value(value, path)
            }

            fn to_value(&self) -> ::tfplugin::value::Value {
                <Self as ::tfplugin::model::Model>::to_value(self)
            }
        }
    })
}

/// The identity and the id: the struct's own, or those of the model it is built on.
struct Names {
    identity: TokenStream,
    identity_optional: TokenStream,
    id: TokenStream,
}

impl Names {
    fn of(fields: &[ModelField]) -> Self {
        if let Some(ModelField { ty, .. }) = fields.iter().find(|f| f.words.flatten) {
            let base = quote!(<#ty as ::tfplugin::model::Model>);
            return Self {
                identity: quote!(#base::IDENTITY),
                identity_optional: quote!(#base::IDENTITY_OPTIONAL),
                id: quote!(#base::ID),
            };
        }
        let identity = fields.iter().filter(|f| f.words.identity).map(|f| &f.name);
        let identity_optional = fields.iter().filter(|f| f.words.identity_optional).map(|f| &f.name);
        let id = fields.iter().find(|f| f.words.id).map(|ModelField { name, .. }| quote!(#name));
        Self {
            identity: quote!(&[#(#identity),*]),
            identity_optional: quote!(&[#(#identity_optional),*]),
            id: optional(id),
        }
    }
}

fn named_fields(data: Data, name: &syn::Ident) -> Result<Vec<ModelField>> {
    match data {
        Data::Struct(syn::DataStruct { fields: Fields::Named(fields), .. }) => {
            fields.named.into_iter().map(ModelField::parse).collect()
        }
        _ => Err(Error::new(name.span(), "a model is a struct with named fields")),
    }
}

/// The statement that adds a field to the block.
fn declare(field: &ModelField) -> TokenStream {
    let ModelField { ty, words, .. } = field;
    if words.flatten {
        return quote! {
            let base = <#ty as ::tfplugin::model::Model>::block();
            block.attributes.extend(base.attributes);
            block.blocks.extend(base.blocks);
            block.rules.extend(base.rules);
        };
    }
    if words.block {
        let nested = block(field);
        return quote!(block.blocks.push(#nested););
    }
    let attribute = attribute(field);
    quote!(block.attributes.push(#attribute);)
}

fn attribute(field: &ModelField) -> TokenStream {
    let ModelField { ty, name, description, words, .. } = field;
    let mode = mode(field);
    let (sensitive, write_only) = (words.sensitive, words.write_only);
    let replace = replace(field);
    let same = optional(words.same.as_ref().map(|same| quote!(#same)));
    let validators = &words.validate;
    let stable = words.stable || words.id;
    let deprecated = optional(words.deprecated.as_ref().map(|text| quote!(#text)));
    let default =
        optional(words.default.as_ref().map(|value| quote!(::tfplugin::value::Value::from(#value))));
    quote! {
        ::tfplugin::schema::Attribute {
            name: #name,
            description: #description,
            shape: <#ty as ::tfplugin::model::Field>::shape(),
            mode: #mode,
            sensitive: #sensitive,
            write_only: #write_only,
            deprecated: #deprecated,
            replace: #replace,
            stable: #stable,
            default: #default,
            validators: ::std::vec![#(#validators),*],
            same: #same,
        }
    }
}

fn mode(field: &ModelField) -> TokenStream {
    let words = &field.words;
    match (words.required, words.optional, words.computed) {
        (true, ..) => quote!(::tfplugin::schema::Mode::Required),
        (_, true, true) => quote!(::tfplugin::schema::Mode::OptionalComputed),
        (_, true, _) => quote!(::tfplugin::schema::Mode::Optional),
        _ => quote!(::tfplugin::schema::Mode::Computed),
    }
}

fn replace(field: &ModelField) -> TokenStream {
    let words = &field.words;
    match &words.replace_if {
        Some(when) => quote!(::tfplugin::schema::Replace::If(#when)),
        None if words.replace || words.identity || words.identity_optional => {
            quote!(::tfplugin::schema::Replace::Always)
        }
        None => quote!(::tfplugin::schema::Replace::Never),
    }
}

fn optional(value: Option<TokenStream>) -> TokenStream {
    match value {
        Some(value) => quote!(::core::option::Option::Some(#value)),
        None => quote!(::core::option::Option::None),
    }
}

fn block(field: &ModelField) -> TokenStream {
    let ModelField { ty, name, description, words, .. } = field;
    let min = words.min.as_ref().map_or(quote!(0), |n| quote!(#n));
    let max = words.max.as_ref().map_or(quote!(0), |n| quote!(#n));
    quote!(<#ty as ::tfplugin::model::BlockField>::nested(#name, #description, #min, #max))
}

fn read(field: &ModelField) -> TokenStream {
    let ModelField { ident, name, ty, words, .. } = field;
    if words.flatten {
        return quote!(#ident: <#ty as ::tfplugin::model::Model>::read(object)?);
    }
    quote!(#ident: object.take(#name)?)
}

fn write(field: &ModelField) -> TokenStream {
    let ModelField { ident, name, ty, words, .. } = field;
    if words.flatten {
        return quote!(::tfplugin::model::Model::write(&self.#ident, object););
    }
    let value = if words.block {
        quote!(<#ty as ::tfplugin::model::BlockField>::to_block_value(&self.#ident))
    } else {
        quote!(::tfplugin::model::Field::to_value(&self.#ident))
    };
    quote!(object.insert(::std::string::String::from(#name), #value);)
}
