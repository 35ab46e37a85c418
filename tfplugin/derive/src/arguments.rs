//! `#[derive(Arguments)]`: the parameters of a function.

use proc_macro2::TokenStream;
use quote::quote;
use syn::ext::IdentExt as _;
use syn::spanned::Spanned as _;
use syn::{Data, DeriveInput, Error, Expr, Field, Fields, Ident, Result, Type};

use crate::field::doc;

/// A parsed field.
struct Parameter {
    ident: Ident,
    ty: Type,
    name: String,
    description: String,
    nullable: bool,
    unknown: bool,
    variadic: bool,
    validate: Vec<Expr>,
}

pub(crate) fn arguments(input: DeriveInput) -> Result<TokenStream> {
    let description = doc(&input.attrs);
    let name = input.ident;
    if description.is_empty() {
        return Err(Error::new(
            name.span(),
            "arguments need a doc comment: it is the function's documentation",
        ));
    }
    let summary = description.split("\n\n").next().unwrap_or_default().replace('\n', " ");
    let parameters = parameters(input.data, &name)?;
    let declare = parameters.iter().map(declare);
    let read = parameters.iter().map(read);
    Ok(quote! {
        impl ::tfplugin::arguments::Arguments for #name {
            const SUMMARY: &'static str = #summary;
            const DESCRIPTION: &'static str = #description;

            fn parameters() -> ::std::vec::Vec<::tfplugin::arguments::Parameter> {
                ::std::vec![#(#declare),*]
            }

            fn read(
                arguments: &mut ::tfplugin::arguments::CallArguments,
            ) -> ::core::result::Result<Self, ::tfplugin::function::FunctionError> {
                ::core::result::Result::Ok(Self { #(#read),* })
            }
        }
    })
}

fn parameters(data: Data, name: &Ident) -> Result<Vec<Parameter>> {
    let fields = match data {
        Data::Struct(syn::DataStruct { fields: Fields::Named(fields), .. }) => fields.named,
        Data::Struct(syn::DataStruct { fields: Fields::Unit, .. }) => return Ok(Vec::new()),
        _ => return Err(Error::new(name.span(), "arguments are a struct with named fields, or with none")),
    };
    let parameters = fields.into_iter().map(Parameter::parse).collect::<Result<Vec<_>>>()?;
    let before_last = parameters.iter().rev().skip(1);
    match before_last.into_iter().find(|parameter| parameter.variadic) {
        Some(parameter) => Err(Error::new(parameter.ident.span(), "only the last parameter can be variadic")),
        None => Ok(parameters),
    }
}

impl Parameter {
    fn parse(field: Field) -> Result<Self> {
        let span = field.span();
        let ident = field.ident.ok_or_else(|| Error::new(span, "parameters have names"))?;
        let description = doc(&field.attrs);
        if description.is_empty() {
            return Err(Error::new(ident.span(), "a parameter needs a doc comment: it is its documentation"));
        }
        let (name, ty) = (ident.unraw().to_string(), field.ty);
        let mut parameter = Self {
            ident,
            ty,
            name,
            description,
            nullable: false,
            unknown: false,
            variadic: false,
            validate: Vec::new(),
        };
        for attribute in field.attrs.iter().filter(|a| a.path().is_ident("argument")) {
            parameter.read_words(attribute)?;
        }
        Ok(parameter)
    }

    fn read_words(&mut self, attribute: &syn::Attribute) -> Result<()> {
        attribute.parse_nested_meta(|meta| {
            match meta.path.require_ident()?.to_string().as_str() {
                "nullable" => self.nullable = true,
                "unknown" => self.unknown = true,
                "variadic" => self.variadic = true,
                "validate" => self.validate.push(meta.value()?.parse()?),
                _ => return Err(meta.error("unknown word")),
            }
            Ok(())
        })
    }
}

fn declare(parameter: &Parameter) -> TokenStream {
    let Parameter { ty, name, description, nullable, unknown, variadic, validate, .. } = parameter;
    let ty = if *variadic {
        quote!(<<#ty as ::core::iter::IntoIterator>::Item as ::tfplugin::arguments::Argument>::ty())
    } else {
        quote!(<#ty as ::tfplugin::arguments::Argument>::ty())
    };
    quote! {
        ::tfplugin::arguments::Parameter {
            name: #name,
            description: #description,
            ty: #ty,
            nullable: #nullable,
            unknown: #unknown,
            variadic: #variadic,
            validators: ::std::vec![#(#validate),*],
        }
    }
}

fn read(parameter: &Parameter) -> TokenStream {
    let Parameter { ident, name, variadic, .. } = parameter;
    if *variadic { quote!(#ident: arguments.rest(#name)?) } else { quote!(#ident: arguments.take(#name)?) }
}
