//! What a provider offers, as hosts learn it: blocks, attributes, and the rules the server applies while planning.

mod lint;

use std::collections::BTreeMap;

use crate::validate::Validator;
use crate::value::{Type, Value};

pub use lint::{Defect, Problem, lint};

/// The schema of a resource, data source or provider configuration.
#[derive(Clone, Debug)]
pub struct Schema {
    /// Version of the stored state; raised when old states need an upgrade.
    pub version: i64,
    /// Its content.
    pub block: Block,
}

/// A group of attributes and nested blocks.
#[derive(Clone, Debug, Default)]
pub struct Block {
    /// Markdown for the user.
    pub description: &'static str,
    /// Why not to use it any more; `None` while it is current.
    pub deprecated: Option<&'static str>,
    /// The attributes, in the order of the model.
    pub attributes: Vec<Attribute>,
    /// The nested blocks, in the order of the model.
    pub blocks: Vec<NestedBlock>,
    /// Which of the attributes go together.
    pub rules: Vec<Rule>,
}

/// Attributes of which a configuration sets so and so many.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// How many.
    pub kind: RuleKind,
    /// Their names, in the order of the model.
    pub attributes: &'static [&'static str],
}

/// How many of the attributes of a [`Rule`] a configuration sets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RuleKind {
    /// One, no more and no less.
    ExactlyOneOf,
    /// One or none.
    AtMostOneOf,
    /// One or more.
    AtLeastOneOf,
    /// All or none.
    AllOrNone,
}

/// An attribute of a block or of a nested object.
#[derive(Clone, Debug)]
pub struct Attribute {
    /// Its name in configurations.
    pub name: &'static str,
    /// Markdown for the user.
    pub description: &'static str,
    /// What it holds.
    pub shape: Shape,
    /// Who gives the value.
    pub mode: Mode,
    /// Hosts hide it in their output.
    pub sensitive: bool,
    /// It is sent with the configuration and never stored.
    pub write_only: bool,
    /// Why not to use it any more; `None` while it is current.
    pub deprecated: Option<&'static str>,
    /// When a change needs a new object.
    pub replace: Replace,
    /// A computed value that stays as it is when other attributes change.
    pub stable: bool,
    /// What an unset attribute means, where that is a constant.
    pub default: Option<Value>,
    /// What a value has to be beyond its type.
    pub validators: Vec<Validator>,
    /// Whether two known values mean the same, where that is more than equality: the older spelling then stays.
    pub same: Option<Comparison>,
}

/// A question about two known values of an attribute: the older, then the newer.
pub type Comparison = fn(&Value, &Value) -> bool;

/// When a change of an attribute needs a new object.
#[derive(Clone, Copy, Debug)]
pub enum Replace {
    /// The object can be changed in place.
    Never,
    /// Any change does.
    Always,
    /// A change for which the function says so does, and one to a value that is not known yet.
    If(Comparison),
}

/// Who gives the value of an attribute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// The user must.
    Required,
    /// The user may.
    Optional,
    /// The provider does.
    Computed,
    /// The user may, otherwise the provider does.
    OptionalComputed,
}

impl Mode {
    /// Whether the provider may give a value of its own.
    pub fn is_computed(self) -> bool {
        matches!(self, Mode::Computed | Mode::OptionalComputed)
    }
}

/// What an attribute holds.
#[derive(Clone, Debug)]
pub enum Shape {
    /// A value of a type.
    Plain(Type),
    /// An object of its own attributes; only a field inside a collection has this shape.
    Object(Block),
    /// One or more such objects.
    Nested(Nesting, Block),
}

/// How often and how keyed nested objects occur.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nesting {
    /// Once, or null.
    Single,
    /// In order.
    List,
    /// Without order.
    Set,
    /// By name.
    Map,
}

/// A nested block.
#[derive(Clone, Debug)]
pub struct NestedBlock {
    /// Its name in configurations.
    pub name: &'static str,
    /// How often it occurs.
    pub nesting: Nesting,
    /// Its content.
    pub block: Block,
    /// At least this many; 0 or 1 for a single block.
    pub min_items: i64,
    /// At most this many; 0 means any number.
    pub max_items: i64,
}

/// The attributes that name one object for good, in the order of its import id.
#[derive(Clone, Debug)]
pub struct IdentitySchema {
    /// Version of the stored identity.
    pub version: i64,
    /// The attributes, all of them needed for an import.
    pub attributes: Vec<Attribute>,
    /// Further attributes, which an import may leave out.
    pub optional: Vec<Attribute>,
}

impl IdentitySchema {
    /// All attributes, those needed for an import first.
    pub fn all(&self) -> impl Iterator<Item = &Attribute> {
        self.attributes.iter().chain(&self.optional)
    }

    /// The object type that identities have.
    pub fn object_type(&self) -> Type {
        Type::Object(self.all().map(|a| (a.name.to_owned(), a.value_type())).collect())
    }
}

impl Block {
    /// The attribute of that name.
    pub fn attribute(&self, name: &str) -> Option<&Attribute> {
        self.attributes.iter().find(|attribute| attribute.name == name)
    }

    /// The object type that values of this block have.
    pub fn object_type(&self) -> Type {
        let attributes = self.attributes.iter().map(|a| (a.name.to_owned(), a.value_type()));
        let blocks = self.blocks.iter().map(|b| (b.name.to_owned(), b.nesting.of(b.block.object_type())));
        Type::Object(attributes.chain(blocks).collect::<BTreeMap<_, _>>())
    }
}

impl Attribute {
    /// The type of its values.
    pub fn value_type(&self) -> Type {
        self.shape.value_type()
    }
}

impl Shape {
    /// The type of values of this shape.
    pub fn value_type(&self) -> Type {
        match self {
            Shape::Plain(ty) => ty.clone(),
            Shape::Object(block) => block.object_type(),
            Shape::Nested(nesting, block) => nesting.of(block.object_type()),
        }
    }

    /// The shape of a collection of values of this shape.
    pub fn collected(self, nesting: Nesting) -> Shape {
        match self {
            Shape::Object(block) => Shape::Nested(nesting, block),
            other => Shape::Plain(nesting.of(other.value_type())),
        }
    }
}

impl Nesting {
    /// The type of a collection whose elements have the type `element`.
    pub fn of(self, element: Type) -> Type {
        let element = Box::new(element);
        match self {
            Nesting::Single => *element,
            Nesting::List => Type::List(element),
            Nesting::Set => Type::Set(element),
            Nesting::Map => Type::Map(element),
        }
    }
}
