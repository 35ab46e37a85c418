//! Configurations written as JSON: what a test writes in place of HCL, and what core refuses before a provider sees it.

use serde_json::Value as Json;

use super::failure::HostError;
use super::schema::{Attribute, Block, Nested, NestedBlock, Schema, Shape};
use crate::diagnostics::{Diagnostic, Diagnostics};
use crate::schema::Nesting;
use crate::value::{Path, Type, Value, json};

/// No configuration means this text: it ends in a code point that is no character.
const UNKNOWN: &str = "unknown\u{10ffff}";

/// Stands in a configuration for a value that is not known yet, such as an attribute of an object that is still to be
/// created. It may take the place of any value, of whole collections and of all blocks of a name.
pub fn unknown() -> Json {
    UNKNOWN.into()
}

/// The value of a configuration; fails as core does when it does not fit the schema.
pub(super) fn read(schema: &Schema, config: &Json) -> Result<Value, HostError> {
    let value = object(&schema.block, config, &Path::root()).map_err(refused)?;
    let problems = problems(schema, &value);
    if problems.is_empty() { Ok(value) } else { Err(HostError::Refused(problems)) }
}

/// What keeps a value of the schema's type from being a configuration.
pub(super) fn problems(schema: &Schema, config: &Value) -> Diagnostics {
    let mut problems = Diagnostics::new();
    check(&schema.block, config, &Path::root(), &mut problems);
    problems
}

fn refused(problem: Diagnostic) -> HostError {
    HostError::Refused(problem.into())
}

/// An object of a block, in which attributes that the JSON does not have are null and blocks are absent.
pub(super) fn object(block: &Block, config: &Json, path: &Path) -> Result<Value, Diagnostic> {
    if *config == *UNKNOWN {
        return Ok(Value::unknown());
    }
    let members = match config {
        Json::Null => return Ok(Value::Null),
        Json::Object(members) => members,
        _ => return Err(inappropriate(path, "object required")),
    };
    let known = |name: &str| block.attributes.contains_key(name) || block.blocks.contains_key(name);
    if let Some(name) = members.keys().find(|name| !known(name)) {
        return Err(unsupported(name, path));
    }
    let of = |name: &str| members.get(name).unwrap_or(&Json::Null);
    let within = |name: &str| path.clone().attribute(name);
    let attributes =
        block.attributes.iter().map(|(name, a)| Ok((name.clone(), attribute(a, of(name), &within(name))?)));
    let blocks = block
        .blocks
        .iter()
        .map(|(name, b)| Ok((name.clone(), nested_block(&b.nested, of(name), &within(name))?)));
    attributes.chain(blocks).collect::<Result<_, _>>().map(Value::Map)
}

fn attribute(schema: &Attribute, config: &Json, path: &Path) -> Result<Value, Diagnostic> {
    match &schema.shape {
        Shape::Plain(ty) => plain(ty, config, path),
        Shape::Nested(nested) => nested_value(nested, config, path),
    }
}

fn nested_block(schema: &Nested, config: &Json, path: &Path) -> Result<Value, Diagnostic> {
    if config.is_null() { Ok(schema.absent()) } else { nested_value(schema, config, path) }
}

fn nested_value(schema: &Nested, config: &Json, path: &Path) -> Result<Value, Diagnostic> {
    let read = |config: &Json, path: &Path| object(&schema.block, config, path);
    match (schema.nesting, config) {
        (_, config) if *config == *UNKNOWN => Ok(Value::unknown()),
        (Nesting::Single, config) => read(config, path),
        (_, Json::Null) => Ok(Value::Null),
        (Nesting::List, Json::Array(elements)) => list(elements, path, read).map(Value::List),
        (Nesting::Set, Json::Array(elements)) => list(elements, path, read).map(Value::Set),
        (Nesting::Map, Json::Object(elements)) => map(elements, path, read),
        (Nesting::Map, _) => Err(inappropriate(path, "map of objects required")),
        _ => Err(inappropriate(path, "list of objects required")),
    }
}

/// A value of a type; text, numbers and booleans turn into each other as in HCL.
pub(super) fn plain(ty: &Type, config: &Json, path: &Path) -> Result<Value, Diagnostic> {
    match (ty, config) {
        (_, config) if *config == *UNKNOWN => Ok(Value::unknown()),
        (_, Json::Null) => Ok(Value::Null),
        (Type::Dynamic, config) => dynamic(config, path),
        (Type::List(ty), Json::Array(elements)) => {
            list(elements, path, |element, path| plain(ty, element, path)).map(Value::List)
        }
        (Type::Set(ty), Json::Array(elements)) => {
            list(elements, path, |element, _| plain(ty, element, path)).map(Value::Set)
        }
        (Type::Tuple(types), Json::Array(elements)) if types.len() == elements.len() => {
            let each = types.iter().zip(elements).map(|(ty, element)| plain(ty, element, path));
            each.collect::<Result<_, _>>().map(Value::List)
        }
        (Type::Map(ty), Json::Object(elements)) => {
            map(elements, path, |element, path| plain(ty, element, path))
        }
        (Type::Object(types), Json::Object(members))
            if members.keys().all(|name| types.contains_key(name)) =>
        {
            let member = |(name, ty): (&String, &Type)| {
                let config = members.get(name).unwrap_or(&Json::Null);
                Ok((name.clone(), plain(ty, config, &path.clone().attribute(name))?))
            };
            types.iter().map(member).collect::<Result<_, _>>().map(Value::Map)
        }
        (ty, config) => json::decode(config.to_string().as_bytes(), ty)
            .map_err(|_| inappropriate(path, &format!("{ty} required"))),
    }
}

/// What HCL makes of a literal where any type may stand: arrays are tuples and objects are objects.
fn dynamic(config: &Json, path: &Path) -> Result<Value, Diagnostic> {
    let ty = implied(config);
    let value = plain(&ty, config, path)?;
    Ok(Value::Dynamic(ty, Box::new(value)))
}

/// The type of a literal; null and unknown values, which have none, never get here by themselves.
fn implied(config: &Json) -> Type {
    match config {
        Json::Null => Type::Dynamic,
        config if *config == *UNKNOWN => Type::Dynamic,
        Json::Bool(_) => Type::Bool,
        Json::Number(_) => Type::Number,
        Json::String(_) => Type::String,
        Json::Array(elements) => Type::Tuple(elements.iter().map(implied).collect()),
        Json::Object(members) => {
            Type::Object(members.iter().map(|(name, member)| (name.clone(), implied(member))).collect())
        }
    }
}

fn list(
    elements: &[Json],
    path: &Path,
    read: impl Fn(&Json, &Path) -> Result<Value, Diagnostic>,
) -> Result<Vec<Value>, Diagnostic> {
    (0..).zip(elements).map(|(i, element)| read(element, &path.clone().index(i))).collect()
}

fn map(
    elements: &serde_json::Map<String, Json>,
    path: &Path,
    read: impl Fn(&Json, &Path) -> Result<Value, Diagnostic>,
) -> Result<Value, Diagnostic> {
    let element =
        |(key, element): (&String, &Json)| Ok((key.clone(), read(element, &path.clone().key(key))?));
    elements.iter().map(element).collect::<Result<_, _>>().map(Value::Map)
}

/// What core holds a configuration to: required attributes and counts of blocks. That nobody sets what only the provider
/// decides is for the provider to see to.
fn check(block: &Block, config: &Value, path: &Path, problems: &mut Diagnostics) {
    let Value::Map(members) = config else { return };
    for (name, schema) in &block.attributes {
        check_attribute(name, schema, &members[name], &path.clone().attribute(name), problems);
    }
    for (name, schema) in &block.blocks {
        let (value, path) = (&members[name], path.clone().attribute(name));
        check_count(name, schema, value, &path, problems);
        check_objects(&schema.nested, value, &path, problems);
    }
}

fn check_attribute(name: &str, schema: &Attribute, value: &Value, path: &Path, problems: &mut Diagnostics) {
    if schema.required && value.is_null() {
        let detail = format!("The argument {name:?} is required, but no definition was found.");
        problems.push(Diagnostic::error("Missing required argument", detail).at(path.clone()));
    }
    if let Some(nested) = schema.nested() {
        check_objects(nested, value, path, problems);
    }
}

fn check_objects(nested: &Nested, value: &Value, path: &Path, problems: &mut Diagnostics) {
    for (path, object) in nested.objects(value, path) {
        check(&nested.block, object, &path, problems);
    }
}

fn check_count(name: &str, schema: &NestedBlock, value: &Value, path: &Path, problems: &mut Diagnostics) {
    if !value.is_known() {
        return;
    }
    let count = schema.nested.objects(value, path).len();
    if count < schema.min_items {
        let detail = format!("At least {} {name:?} blocks are required.", schema.min_items);
        problems.push(Diagnostic::error(format!("Insufficient {name} blocks"), detail).at(path.clone()));
    }
    if schema.max_items > 0 && count > schema.max_items {
        let detail = format!("No more than {} {name:?} blocks are allowed.", schema.max_items);
        problems.push(Diagnostic::error(format!("Too many {name} blocks"), detail).at(path.clone()));
    }
}

fn unsupported(name: &str, path: &Path) -> Diagnostic {
    let detail = format!("An argument named {name:?} is not expected here.");
    Diagnostic::error("Unsupported argument", detail).at(path.clone())
}

fn inappropriate(path: &Path, required: &str) -> Diagnostic {
    let detail = format!("Inappropriate value for attribute \"{path}\": {required}.");
    Diagnostic::error("Incorrect attribute value type", detail).at(path.clone())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::rules::fixture;
    use serde_json::json;

    fn schema() -> Schema {
        let block = fixture::block();
        Schema { version: 0, ty: block.ty(), block }
    }

    #[test]
    fn what_is_not_written_is_null_or_absent() {
        let config =
            read(&schema(), &json!({"name": "a", "list": [{"label": unknown()}], "map": unknown()})).unwrap();
        let at = |path: Path| config.at(&path).unwrap().clone();
        let root = Path::root;
        assert_eq!(at(root().attribute("name")), Value::from("a"));
        assert_eq!(at(root().attribute("colour")), Value::Null);
        assert_eq!(at(root().attribute("parts")), Value::Null);
        assert_eq!(at(root().attribute("set")), Value::Set(vec![]));
        assert_eq!(at(root().attribute("single")), Value::Null);
        assert_eq!(at(root().attribute("map")), Value::unknown());
        assert_eq!(at(root().attribute("list").index(0).attribute("label")), Value::unknown());
        assert_eq!(at(root().attribute("list").index(0).attribute("code")), Value::Null);
        config.conforms(&schema().ty).unwrap();
    }

    #[test]
    fn values_that_may_have_any_type_take_the_type_of_what_is_written() {
        let value = |config| plain(&Type::Dynamic, &config, &Path::root()).unwrap();
        let typed =
            |ty: &str, value| Value::Dynamic(Type::parse_json(ty.as_bytes()).unwrap(), Box::new(value));
        assert_eq!(value(json!(null)), Value::Null);
        assert_eq!(value(unknown()), Value::unknown());
        assert_eq!(value(json!("a")), typed(r#""string""#, Value::from("a")));
        let tuple = Value::List(vec![Value::from(1), Value::unknown()]);
        assert_eq!(value(json!([1, unknown()])), typed(r#"["tuple",["number","dynamic"]]"#, tuple));
        let object = Value::Map([("a".to_owned(), Value::from(true))].into());
        assert_eq!(value(json!({"a": true})), typed(r#"["object",{"a":"bool"}]"#, object));
    }

    #[test]
    fn a_configuration_core_would_refuse_is_refused_in_its_words() {
        let cases = [
            (json!({"other": 1}), "Unsupported argument: An argument named \"other\" is not expected here."),
            (json!({"name": ["x"]}), "Inappropriate value for attribute \"name\": string required."),
            (json!({"parts": {}}), "Inappropriate value for attribute \"parts\": list of objects required."),
            (
                json!({"list": [{}, {}, {}]}),
                "Too many list blocks: No more than 2 \"list\" blocks are allowed.",
            ),
        ];
        for (config, words) in cases {
            let error = read(&schema(), &config).unwrap_err().to_string();
            assert!(error.contains(words), "{config}: {error}");
        }
        let mut strict = schema();
        strict.block.attributes.get_mut("name").unwrap().required = true;
        strict.block.blocks.get_mut("list").unwrap().min_items = 1;
        let error = read(&strict, &json!({})).unwrap_err().to_string();
        assert!(error.contains("The argument \"name\" is required, but no definition was found."), "{error}");
        assert!(error.contains("At least 1 \"list\" blocks are required."), "{error}");
        read(&strict, &json!({"name": "a", "list": unknown()})).unwrap();
    }
}
