//! One field of a model: its doc comment and the words of its `#[attr(…)]`, checked for contradictions.

use syn::ext::IdentExt;
use syn::spanned::Spanned;
use syn::{Attribute, Error, Expr, ExprLit, Field, Ident, Lit, LitInt, LitStr, Meta, Result, Type};

/// A parsed field.
pub(crate) struct ModelField {
    pub(crate) ident: Ident,
    pub(crate) ty: Type,
    /// The attribute's name: the field's, without `r#`.
    pub(crate) name: String,
    pub(crate) description: String,
    pub(crate) words: Words,
}

/// What `#[attr(…)]` says.
#[derive(Default)]
pub(crate) struct Words {
    pub(crate) required: bool,
    pub(crate) optional: bool,
    pub(crate) computed: bool,
    pub(crate) identity: bool,
    pub(crate) identity_optional: bool,
    pub(crate) id: bool,
    pub(crate) replace: bool,
    pub(crate) stable: bool,
    pub(crate) sensitive: bool,
    pub(crate) write_only: bool,
    pub(crate) block: bool,
    pub(crate) flatten: bool,
    pub(crate) default: Option<Expr>,
    pub(crate) deprecated: Option<LitStr>,
    pub(crate) min: Option<LitInt>,
    pub(crate) max: Option<LitInt>,
    pub(crate) replace_if: Option<Expr>,
    pub(crate) same: Option<Expr>,
    pub(crate) validate: Vec<Expr>,
}

impl ModelField {
    pub(crate) fn parse(field: Field) -> Result<Self> {
        let span = field.span();
        let ident = field.ident.ok_or_else(|| Error::new(span, "a model's fields have names"))?;
        let mut words = Words::default();
        for attribute in field.attrs.iter().filter(|a| a.path().is_ident("attr")) {
            words.read(attribute)?;
        }
        words.check(&ident)?;
        let description = doc(&field.attrs);
        if description.is_empty() && !words.flatten {
            return Err(Error::new(
                ident.span(),
                "an attribute needs a doc comment: it is its documentation",
            ));
        }
        Ok(Self { name: ident.unraw().to_string(), ident, ty: field.ty, description, words })
    }
}

impl Words {
    fn read(&mut self, attribute: &Attribute) -> Result<()> {
        attribute.parse_nested_meta(|meta| {
            let word = meta.path.require_ident()?.to_string();
            match word.as_str() {
                "default" => self.default = Some(meta.value()?.parse()?),
                "deprecated" => self.deprecated = Some(meta.value()?.parse()?),
                "min" => self.min = Some(meta.value()?.parse()?),
                "max" => self.max = Some(meta.value()?.parse()?),
                "replace_if" => self.replace_if = Some(meta.value()?.parse()?),
                "same" => self.same = Some(meta.value()?.parse()?),
                "validate" => self.validate.push(meta.value()?.parse()?),
                _ => *self.flag(&word).ok_or_else(|| meta.error("unknown word"))? = true,
            }
            Ok(())
        })
    }

    fn flag(&mut self, word: &str) -> Option<&mut bool> {
        Some(match word {
            "required" => &mut self.required,
            "optional" => &mut self.optional,
            "computed" => &mut self.computed,
            "identity" => &mut self.identity,
            "identity_optional" => &mut self.identity_optional,
            "id" => &mut self.id,
            "replace" => &mut self.replace,
            "stable" => &mut self.stable,
            "sensitive" => &mut self.sensitive,
            "write_only" => &mut self.write_only,
            "block" => &mut self.block,
            "flatten" => &mut self.flatten,
            _ => return None,
        })
    }

    /// Refuses what hosts would refuse when they load the schema.
    fn check(&self, field: &Ident) -> Result<()> {
        let contradictions = [
            (
                !(self.block || self.flatten || self.required || self.optional || self.computed),
                "say required, optional or computed",
            ),
            (self.required && (self.optional || self.computed), "required excludes optional and computed"),
            (
                self.write_only && self.computed,
                "a write-only value is never stored, so it cannot be computed",
            ),
            (self.write_only && self.default.is_some(), "a write-only attribute cannot have a default"),
            (self.required && self.default.is_some(), "a required attribute cannot have a default"),
            (self.default.is_some() && !self.computed, "an attribute with a default is also computed"),
            (self.id && (!self.computed || self.optional), "the id is computed"),
            (self.stable && !self.computed, "only a computed value can be stable"),
            (self.identity && self.identity_optional, "identity and identity_optional exclude each other"),
            (
                self.replace_if.is_some() && (self.replace || self.identity || self.identity_optional),
                "replace_if is for attributes that do not always replace",
            ),
            (!self.block && (self.min.is_some() || self.max.is_some()), "min and max belong to blocks"),
        ];
        match contradictions.iter().find(|(found, _)| *found) {
            Some((_, why)) => Err(Error::new(field.span(), *why)),
            None => Ok(()),
        }
    }
}

/// The doc comment as text: one space of indentation goes, line breaks stay.
pub(crate) fn doc(attributes: &[Attribute]) -> String {
    let lines = attributes.iter().filter(|a| a.path().is_ident("doc")).filter_map(|attribute| {
        let Meta::NameValue(pair) = &attribute.meta else {
            return None;
        };
        let Expr::Lit(ExprLit { lit: Lit::Str(line), .. }) = &pair.value else {
            return None;
        };
        let line = line.value();
        Some(line.strip_prefix(' ').unwrap_or(&line).trim_end().to_owned())
    });
    lines.collect::<Vec<_>>().join("\n").trim().to_owned()
}
