//! The types of Terraform's type system.

use std::collections::BTreeMap;
use std::fmt;

use serde_json::json;
use thiserror::Error;

use super::depth::Depth;
use super::error::JsonError;
use super::raw::{Kind, Raw};
use super::text::nfc;

/// A type as schemas declare it (`"string"`, `["list","string"]`, `["object",{…}]` in its JSON form).
///
/// [`Display`](fmt::Display) writes it as Terraform's configuration language does: `list(string)`, `object({a=bool})`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Type {
    /// Text.
    String,
    /// A number of any precision.
    Number,
    /// A boolean.
    Bool,
    /// Any type: the value carries its own.
    Dynamic,
    /// A list of elements of one type.
    List(Box<Type>),
    /// A set of elements of one type.
    Set(Box<Type>),
    /// A map from text to elements of one type.
    Map(Box<Type>),
    /// A fixed number of elements, each with its type.
    Tuple(Vec<Type>),
    /// Named attributes, each with its type.
    Object(BTreeMap<String, Type>),
}

/// Why a text is not the JSON form of a [`Type`].
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum TypeError {
    /// The text is not JSON.
    #[error(transparent)]
    Json(#[from] JsonError),
    /// The JSON is none of the forms of a type.
    #[error(r#"expected a name such as "string" or an array such as ["list","string"], found {0}"#)]
    Shape(&'static str),
    /// The type is nested beyond any sensible type.
    #[error("it is nested too deeply")]
    TooDeep,
}

impl Type {
    /// The JSON form, without spaces and with attributes in order.
    pub fn to_json(&self) -> String {
        self.to_json_value().to_string()
    }

    fn to_json_value(&self) -> serde_json::Value {
        match self {
            Self::String | Self::Number | Self::Bool | Self::Dynamic => self.kind().into(),
            Self::List(ty) | Self::Set(ty) | Self::Map(ty) => json!([self.kind(), ty.to_json_value()]),
            Self::Tuple(types) => {
                json!([self.kind(), types.iter().map(Self::to_json_value).collect::<Vec<_>>()])
            }
            Self::Object(types) => {
                let attributes = types.iter().map(|(name, ty)| (name.clone(), ty.to_json_value()));
                json!([self.kind(), attributes.collect::<serde_json::Map<_, _>>()])
            }
        }
    }

    /// Reads the JSON form. The list of optional attributes that an object may have there is accepted and forgotten: it
    /// concerns conversions, which only hosts make.
    pub fn parse_json(json: &[u8]) -> Result<Self, TypeError> {
        read(Raw::parse(json)?, Depth::ROOT)
    }

    /// The outermost word of the type: `string`, `list`, `object`.
    pub(super) fn kind(&self) -> &'static str {
        match self {
            Self::String => "string",
            Self::Number => "number",
            Self::Bool => "bool",
            Self::Dynamic => "dynamic",
            Self::List(_) => "list",
            Self::Set(_) => "set",
            Self::Map(_) => "map",
            Self::Tuple(_) => "tuple",
            Self::Object(_) => "object",
        }
    }

    /// Whether the type is dynamic or has anything dynamic in it.
    pub fn has_dynamic(&self) -> bool {
        match self {
            Self::Dynamic => true,
            Self::List(ty) | Self::Set(ty) | Self::Map(ty) => ty.has_dynamic(),
            Self::Tuple(types) => types.iter().any(Self::has_dynamic),
            Self::Object(types) => types.values().any(Self::has_dynamic),
            Self::String | Self::Number | Self::Bool => false,
        }
    }
}

fn read(raw: Raw<'_>, depth: Depth) -> Result<Type, TypeError> {
    let depth = depth.deeper().map_err(|_| TypeError::TooDeep)?;
    match raw.kind() {
        Kind::String => named(&raw.string()?),
        Kind::Array => composed(&raw.elements()?, depth),
        other => Err(TypeError::Shape(other.name())),
    }
}

fn named(name: &str) -> Result<Type, TypeError> {
    match name {
        "string" => Ok(Type::String),
        "number" => Ok(Type::Number),
        "bool" => Ok(Type::Bool),
        "dynamic" => Ok(Type::Dynamic),
        _ => Err(TypeError::Shape("another name")),
    }
}

fn composed(parts: &[Raw<'_>], depth: Depth) -> Result<Type, TypeError> {
    let [constructor, rest @ ..] = parts else {
        return Err(TypeError::Shape("an empty array"));
    };
    if constructor.kind() != Kind::String {
        return Err(TypeError::Shape("an array that does not begin with a name"));
    }
    match (constructor.string()?.as_str(), rest) {
        ("list", [ty]) => Ok(Type::List(Box::new(read(*ty, depth)?))),
        ("set", [ty]) => Ok(Type::Set(Box::new(read(*ty, depth)?))),
        ("map", [ty]) => Ok(Type::Map(Box::new(read(*ty, depth)?))),
        ("tuple", [types]) if types.kind() == Kind::Array => Ok(Type::Tuple(
            types.elements()?.into_iter().map(|ty| read(ty, depth)).collect::<Result<_, _>>()?,
        )),
        ("object", [types, optional @ ..]) if types.kind() == Kind::Object && is_optional(optional) => {
            let attribute = |(name, ty): (String, Raw<'_>)| Ok((nfc(&name).into_owned(), read(ty, depth)?));
            Ok(Type::Object(types.members()?.into_iter().map(attribute).collect::<Result<_, TypeError>>()?))
        }
        _ => Err(TypeError::Shape("another array")),
    }
}

fn is_optional(rest: &[Raw<'_>]) -> bool {
    match rest {
        [] => true,
        [names] => names.kind() == Kind::Array,
        _ => false,
    }
}

impl fmt::Display for Type {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.kind())?;
        match self {
            Self::String | Self::Number | Self::Bool | Self::Dynamic => Ok(()),
            Self::List(ty) | Self::Set(ty) | Self::Map(ty) => write!(f, "({ty})"),
            Self::Tuple(types) => {
                let types: Vec<_> = types.iter().map(Self::to_string).collect();
                write!(f, "([{}])", types.join(", "))
            }
            Self::Object(types) => {
                let types: Vec<_> = types.iter().map(|(name, ty)| format!("{name}={ty}")).collect();
                write!(f, "({{{}}})", types.join(", "))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_have_a_json_form_and_a_readable_one() {
        let cases = [
            (r#""string""#, "string"),
            (r#""dynamic""#, "dynamic"),
            (r#"["list","string"]"#, "list(string)"),
            (r#"["set",["map","number"]]"#, "set(map(number))"),
            (r#"["tuple",["bool","dynamic"]]"#, "tuple([bool, dynamic])"),
            (r#"["tuple",[]]"#, "tuple([])"),
            (r#"["object",{"a":"bool","b":["list","string"]}]"#, "object({a=bool, b=list(string)})"),
            (r#"["object",{}]"#, "object({})"),
        ];
        for (json, text) in cases {
            let ty = Type::parse_json(json.as_bytes()).unwrap();
            assert_eq!(ty.to_json(), json);
            assert_eq!(ty.to_string(), text);
        }
    }

    #[test]
    fn order_spaces_and_optional_attributes_do_not_matter() {
        let json = br#" ["object", {"b": "bool", "a": "string"}, ["b"]] "#;
        assert_eq!(Type::parse_json(json).unwrap().to_json(), r#"["object",{"a":"string","b":"bool"}]"#);
    }

    #[test]
    fn what_is_no_type_is_refused() {
        let shape = |found| TypeError::Shape(found);
        let cases = [
            ("", JsonError { line: 1, column: 0 }.into()),
            (r#"["list""#, JsonError { line: 1, column: 7 }.into()),
            (r#""text""#, shape("another name")),
            ("1", shape("number")),
            ("null", shape("null")),
            ("{}", shape("object")),
            ("[]", shape("an empty array")),
            ("[1]", shape("an array that does not begin with a name")),
            (r#"["list"]"#, shape("another array")),
            (r#"["list","string","string"]"#, shape("another array")),
            (r#"["tuple",{}]"#, shape("another array")),
            (r#"["object",[]]"#, shape("another array")),
            (r#"["object",{},1]"#, shape("another array")),
            (r#"["object",{"a":1}]"#, shape("number")),
        ];
        for (json, expected) in cases {
            assert_eq!(Type::parse_json(json.as_bytes()), Err(expected), "{json}");
        }
    }

    #[test]
    fn nesting_has_a_limit() {
        let nested =
            |levels: usize| format!("{}\"bool\"{}", r#"["list","#.repeat(levels), "]".repeat(levels));
        assert!(Type::parse_json(nested(127).as_bytes()).is_ok());
        for levels in [128, 10_000] {
            assert_eq!(Type::parse_json(nested(levels).as_bytes()), Err(TypeError::TooDeep), "{levels}");
        }
    }
}
