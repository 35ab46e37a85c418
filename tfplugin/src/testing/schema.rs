//! Schemas as a host knows them: read from the provider's answers, with nothing of the provider's own types, so that what
//! is tested is what travels.

use std::collections::BTreeMap;

use super::failure::{HostError, Violation};
use crate::schema::Nesting;
use crate::value::{Path, Type, Value};
use crate::wire::proto::tfplugin6 as proto;

/// The schema of a resource, a data source or a configuration.
#[derive(Debug)]
pub(super) struct Schema {
    pub(super) version: i64,
    pub(super) block: Block,
    pub(super) ty: Type,
}

/// A group of attributes and nested blocks, by name.
#[derive(Debug, Default)]
pub(super) struct Block {
    pub(super) attributes: BTreeMap<String, Attribute>,
    pub(super) blocks: BTreeMap<String, NestedBlock>,
}

#[derive(Debug)]
pub(super) struct Attribute {
    pub(super) shape: Shape,
    pub(super) required: bool,
    pub(super) optional: bool,
    pub(super) computed: bool,
    pub(super) sensitive: bool,
    pub(super) write_only: bool,
}

/// What an attribute holds.
#[derive(Debug)]
pub(super) enum Shape {
    Plain(Type),
    Nested(Nested),
}

/// One or more objects of a block.
#[derive(Debug)]
pub(super) struct Nested {
    pub(super) nesting: Nesting,
    pub(super) block: Block,
}

#[derive(Debug)]
pub(super) struct NestedBlock {
    pub(super) nested: Nested,
    pub(super) min_items: usize,
    pub(super) max_items: usize,
}

/// The identity schema of a managed resource.
#[derive(Debug)]
pub(super) struct IdentitySchema {
    pub(super) version: i64,
    pub(super) ty: Type,
    /// The attributes that an import by identity must give.
    pub(super) required: Vec<String>,
}

impl Schema {
    pub(super) fn read(what: &str, schema: Option<proto::Schema>) -> Result<Self, HostError> {
        let schema = schema.ok_or_else(|| invalid(what, "the provider returned no schema for it"))?;
        let block = schema.block.ok_or_else(|| invalid(what, "its schema has no block"))?;
        let block = Block::read(what, block)?;
        Ok(Self { version: schema.version, ty: block.ty(), block })
    }
}

impl IdentitySchema {
    pub(super) fn read(what: &str, schema: proto::ResourceIdentitySchema) -> Result<Self, HostError> {
        let attributes = schema.identity_attributes;
        let required = attributes.iter().filter(|a| a.required_for_import).map(|a| a.name.clone()).collect();
        let types = attributes.into_iter().map(|a| Ok((a.name, read_type(what, &a.r#type)?)));
        Ok(Self {
            version: schema.version,
            required,
            ty: Type::Object(types.collect::<Result<_, HostError>>()?),
        })
    }
}

impl Block {
    fn read(what: &str, block: proto::schema::Block) -> Result<Self, HostError> {
        let blocks = block.block_types.into_iter().map(|nested| NestedBlock::read(what, nested));
        Ok(Self {
            attributes: attributes(what, block.attributes)?,
            blocks: blocks.collect::<Result<_, _>>()?,
        })
    }

    /// The object type of the block's values.
    pub(super) fn ty(&self) -> Type {
        let attributes = self.attributes.iter().map(|(name, a)| (name.clone(), a.shape.ty()));
        let blocks = self.blocks.iter().map(|(name, b)| (name.clone(), b.nested.ty()));
        Type::Object(attributes.chain(blocks).collect())
    }

    /// Whether the block, or anything in it, is secret.
    pub(super) fn is_sensitive(&self) -> bool {
        self.attributes.values().any(Attribute::is_sensitive)
            || self.blocks.values().any(|block| block.nested.block.is_sensitive())
    }

    /// The attribute a path leads to, if it leads to one.
    pub(super) fn attribute_at(&self, path: &Path) -> Option<&Attribute> {
        use crate::value::Step;
        let mut names = path.steps().iter().filter_map(|step| match step {
            Step::Attribute(name) => Some(name),
            Step::Key(_) | Step::Index(_) => None,
        });
        let first = names.next()?;
        names.try_fold(self.member(first)?, |member, name| member.1?.member(name))?.0
    }

    /// What has the name: the attribute, if it is one, and the block within, if there is one.
    fn member(&self, name: &str) -> Option<(Option<&Attribute>, Option<&Block>)> {
        if let Some(nested) = self.blocks.get(name) {
            return Some((None, Some(&nested.nested.block)));
        }
        let attribute = self.attributes.get(name)?;
        Some((Some(attribute), attribute.nested().map(|nested| &nested.block)))
    }
}

impl Attribute {
    fn read(what: &str, attribute: proto::schema::Attribute) -> Result<(String, Self), HostError> {
        let shape = match attribute.nested_type {
            Some(object) => Shape::Nested(Nested {
                nesting: object_nesting(what, object.nesting())?,
                block: Block { attributes: attributes(what, object.attributes)?, ..Block::default() },
            }),
            None => Shape::Plain(read_type(what, &attribute.r#type)?),
        };
        let read = Self {
            shape,
            required: attribute.required,
            optional: attribute.optional,
            computed: attribute.computed,
            sensitive: attribute.sensitive,
            write_only: attribute.write_only,
        };
        Ok((attribute.name, read))
    }

    pub(super) fn nested(&self) -> Option<&Nested> {
        match &self.shape {
            Shape::Nested(nested) => Some(nested),
            Shape::Plain(_) => None,
        }
    }

    /// Whether the attribute, or anything in it, is secret.
    pub(super) fn is_sensitive(&self) -> bool {
        self.sensitive || self.nested().is_some_and(|nested| nested.block.is_sensitive())
    }
}

impl Shape {
    pub(super) fn ty(&self) -> Type {
        match self {
            Self::Plain(ty) => ty.clone(),
            Self::Nested(nested) => nested.ty(),
        }
    }
}

impl Nested {
    pub(super) fn ty(&self) -> Type {
        self.nesting.of(self.block.ty())
    }

    /// The objects in a value, each with its path; those of a set share the set's.
    pub(super) fn objects<'v>(&self, value: &'v Value, path: &Path) -> Vec<(Path, &'v Value)> {
        match (self.nesting, value) {
            (Nesting::Single, object @ Value::Map(_)) => vec![(path.clone(), object)],
            (_, Value::List(elements)) => {
                (0..).zip(elements).map(|(i, element)| (path.clone().index(i), element)).collect()
            }
            (_, Value::Set(elements)) => elements.iter().map(|element| (path.clone(), element)).collect(),
            (_, Value::Map(elements)) => {
                elements.iter().map(|(key, element)| (path.clone().key(key), element)).collect()
            }
            _ => Vec::new(),
        }
    }

    /// What the value is when a configuration does not have the block.
    pub(super) fn absent(&self) -> Value {
        match self.nesting {
            Nesting::Single => Value::Null,
            Nesting::List => Value::List(Vec::new()),
            Nesting::Set => Value::Set(Vec::new()),
            Nesting::Map => Value::Map(BTreeMap::new()),
        }
    }
}

impl NestedBlock {
    fn read(what: &str, nested: proto::schema::NestedBlock) -> Result<(String, Self), HostError> {
        let nesting = block_nesting(what, nested.nesting())?;
        let block = nested.block.ok_or_else(|| invalid(what, "a nested block has no content"))?;
        let items =
            |count: i64| usize::try_from(count).map_err(|_| invalid(what, "a count of blocks is negative"));
        let read = Self {
            nested: Nested { nesting, block: Block::read(what, block)? },
            min_items: items(nested.min_items)?,
            max_items: items(nested.max_items)?,
        };
        Ok((nested.type_name, read))
    }
}

fn attributes(
    what: &str,
    attributes: Vec<proto::schema::Attribute>,
) -> Result<BTreeMap<String, Attribute>, HostError> {
    attributes.into_iter().map(|attribute| Attribute::read(what, attribute)).collect()
}

pub(super) fn read_type(what: &str, json: &[u8]) -> Result<Type, HostError> {
    Type::parse_json(json).map_err(|error| invalid(what, &format!("a type is malformed: {error}")))
}

fn object_nesting(what: &str, mode: proto::schema::object::NestingMode) -> Result<Nesting, HostError> {
    use proto::schema::object::NestingMode;
    match mode {
        NestingMode::Single => Ok(Nesting::Single),
        NestingMode::List => Ok(Nesting::List),
        NestingMode::Set => Ok(Nesting::Set),
        NestingMode::Map => Ok(Nesting::Map),
        NestingMode::Invalid => Err(invalid(what, "a nested attribute has no nesting mode")),
    }
}

fn block_nesting(what: &str, mode: proto::schema::nested_block::NestingMode) -> Result<Nesting, HostError> {
    use proto::schema::nested_block::NestingMode;
    match mode {
        NestingMode::Single => Ok(Nesting::Single),
        NestingMode::List => Ok(Nesting::List),
        NestingMode::Set => Ok(Nesting::Set),
        NestingMode::Map => Ok(Nesting::Map),
        NestingMode::Group => {
            Err(invalid(what, "this host does not know blocks with the nesting mode GROUP"))
        }
        NestingMode::Invalid => Err(invalid(what, "a nested block has no nesting mode")),
    }
}

pub(super) fn invalid(what: &str, problem: &str) -> HostError {
    Violation::new("Invalid provider schema", format!("The schema of {what} is invalid: {problem}.")).into()
}
