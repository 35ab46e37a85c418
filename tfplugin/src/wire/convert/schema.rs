//! Schemas, as hosts load them.

use crate::arguments::Parameter;
use crate::schema::{Attribute, Block, IdentitySchema, Mode, NestedBlock, Nesting, Schema, Shape};
use crate::server::FunctionEntry;
use crate::wire::proto::tfplugin6::{self as proto, StringKind, resource_identity_schema::IdentityAttribute};

pub(in crate::wire) fn schema(schema: &Schema) -> proto::Schema {
    proto::Schema { version: schema.version, block: Some(block(&schema.block)) }
}

pub(in crate::wire) fn identity_schema(identity: &IdentitySchema) -> proto::ResourceIdentitySchema {
    let attribute = |attribute: &Attribute, is_required: bool| IdentityAttribute {
        name: attribute.name.to_owned(),
        r#type: attribute.value_type().to_json().into(),
        required_for_import: is_required,
        optional_for_import: !is_required,
        description: attribute.description.to_owned(),
    };
    let required = identity.attributes.iter().map(|a| attribute(a, true));
    let optional = identity.optional.iter().map(|a| attribute(a, false));
    proto::ResourceIdentitySchema {
        version: identity.version,
        identity_attributes: required.chain(optional).collect(),
    }
}

pub(in crate::wire) fn function(entry: &FunctionEntry) -> proto::Function {
    let (variadic, parameters): (Vec<_>, Vec<_>) = entry.parameters().iter().partition(|p| p.variadic);
    proto::Function {
        parameters: parameters.into_iter().map(parameter).collect(),
        variadic_parameter: variadic.into_iter().map(parameter).next(),
        r#return: Some(proto::function::Return { r#type: entry.output().to_json().into() }),
        summary: entry.function.summary().to_owned(),
        description: entry.function.description().to_owned(),
        description_kind: StringKind::Markdown.into(),
        deprecation_message: entry.function.deprecated().unwrap_or_default().to_owned(),
    }
}

fn parameter(parameter: &Parameter) -> proto::function::Parameter {
    proto::function::Parameter {
        name: parameter.name.to_owned(),
        r#type: parameter.ty.to_json().into(),
        allow_null_value: parameter.nullable,
        allow_unknown_values: parameter.unknown,
        description: parameter.description.to_owned(),
        description_kind: StringKind::Markdown.into(),
    }
}

fn block(block: &Block) -> proto::schema::Block {
    proto::schema::Block {
        attributes: block.attributes.iter().map(attribute).collect(),
        block_types: block.blocks.iter().map(nested_block).collect(),
        description: block.description.to_owned(),
        description_kind: StringKind::Markdown.into(),
        deprecated: block.deprecated.is_some(),
        deprecation_message: block.deprecated.unwrap_or_default().to_owned(),
        ..Default::default()
    }
}

fn attribute(attribute: &Attribute) -> proto::schema::Attribute {
    let (ty, nested_type) = match &attribute.shape {
        Shape::Plain(ty) => (ty.to_json().into(), None),
        Shape::Object(block) => (Default::default(), Some(object(Nesting::Single, block))),
        Shape::Nested(nesting, block) => (Default::default(), Some(object(*nesting, block))),
    };
    proto::schema::Attribute {
        name: attribute.name.to_owned(),
        r#type: ty,
        nested_type,
        description: attribute.description.to_owned(),
        description_kind: StringKind::Markdown.into(),
        required: attribute.mode == Mode::Required,
        optional: matches!(attribute.mode, Mode::Optional | Mode::OptionalComputed),
        computed: attribute.mode.is_computed(),
        sensitive: attribute.sensitive,
        write_only: attribute.write_only,
        deprecated: attribute.deprecated.is_some(),
        deprecation_message: attribute.deprecated.unwrap_or_default().to_owned(),
    }
}

fn object(nesting: Nesting, block: &Block) -> proto::schema::Object {
    use proto::schema::object::NestingMode;
    let nesting = match nesting {
        Nesting::Single => NestingMode::Single,
        Nesting::List => NestingMode::List,
        Nesting::Set => NestingMode::Set,
        Nesting::Map => NestingMode::Map,
    };
    let attributes = block.attributes.iter().map(attribute).collect();
    proto::schema::Object { attributes, nesting: nesting.into(), ..Default::default() }
}

fn nested_block(nested: &NestedBlock) -> proto::schema::NestedBlock {
    use proto::schema::nested_block::NestingMode;
    let nesting = match nested.nesting {
        Nesting::Single => NestingMode::Single,
        Nesting::List => NestingMode::List,
        Nesting::Set => NestingMode::Set,
        Nesting::Map => NestingMode::Map,
    };
    proto::schema::NestedBlock {
        type_name: nested.name.to_owned(),
        block: Some(block(&nested.block)),
        nesting: nesting.into(),
        min_items: nested.min_items,
        max_items: nested.max_items,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Arguments, Function, FunctionError};

    /// Adds numbers.
    #[derive(Arguments)]
    struct SumArguments {
        /// What to begin with; 0 when null.
        #[argument(nullable)]
        start: Option<i64>,
        /// What to add.
        #[argument(variadic, unknown)]
        numbers: Vec<i64>,
    }

    struct Sum;

    impl Function for Sum {
        type Arguments = SumArguments;
        type Output = i64;

        const NAME: &'static str = "sum";
        const DEPRECATED: Option<&'static str> = Some("Use `+`.");

        fn call(&self, arguments: SumArguments) -> Result<i64, FunctionError> {
            Ok(arguments.start.unwrap_or_default() + arguments.numbers.iter().sum::<i64>())
        }
    }

    /// Proves: functions/deprecation-message
    #[test]
    fn a_function_is_told_with_everything_hosts_ask_about_it() {
        let told = function(&FunctionEntry::new(&Sum));
        assert_eq!((&*told.summary, &*told.deprecation_message), ("Adds numbers.", "Use `+`."));
        let [start] = &told.parameters[..] else { panic!("{told:?}") };
        let numbers = told.variadic_parameter.as_ref().expect("a variadic parameter");
        let flags =
            |p: &proto::function::Parameter| (p.name.clone(), p.allow_null_value, p.allow_unknown_values);
        assert_eq!(flags(start), ("start".to_owned(), true, false));
        assert_eq!(flags(numbers), ("numbers".to_owned(), false, true));
        assert_eq!(
            (&*numbers.r#type, &*told.r#return.unwrap().r#type),
            (&b"\"number\""[..], &b"\"number\""[..])
        );
    }
}
