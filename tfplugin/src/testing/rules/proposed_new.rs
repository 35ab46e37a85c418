//! What core proposes to the provider: the configuration, completed with the computed values of the prior object.

use super::problem::{element, member};
use crate::schema::Nesting;
use crate::testing::schema::{Attribute, Block, Nested};
use crate::value::{Path, Value};

/// Merges a prior object, null for a create, into a configuration. Write-only values stay in it.
pub(in crate::testing) fn proposed_new(block: &Block, prior: &Value, config: &Value) -> Value {
    let Value::Map(_) = config else {
        return config.clone();
    };
    let attributes = block
        .attributes
        .iter()
        .map(|(name, schema)| (name.clone(), attribute(schema, member(prior, name), member(config, name))));
    let blocks = block.blocks.iter().map(|(name, schema)| {
        (name.clone(), nested(&schema.nested, member(prior, name), member(config, name)))
    });
    Value::Map(attributes.chain(blocks).collect())
}

fn attribute(schema: &Attribute, prior: &Value, config: &Value) -> Value {
    if config.is_null() && schema.computed && !only_configurable(schema, prior) {
        return prior.clone();
    }
    schema.nested().map_or_else(|| config.clone(), |schema| nested(schema, prior, config))
}

/// Whether the prior value of an optional and computed object holds what only a configuration can have put there. It then
/// came from a configuration that has it no more.
fn only_configurable(schema: &Attribute, prior: &Value) -> bool {
    schema.optional && schema.nested().is_some_and(|nested| holds_configured(nested, prior))
}

fn holds_configured(nested: &Nested, value: &Value) -> bool {
    let objects = nested.objects(value, &Path::root());
    objects.iter().any(|(_, object)| {
        nested.block.attributes.iter().any(|(name, schema)| {
            let value = member(object, name);
            let configured = !schema.computed && !value.is_null();
            configured || schema.nested().is_some_and(|inner| holds_configured(inner, value))
        })
    })
}

fn nested(schema: &Nested, prior: &Value, config: &Value) -> Value {
    let block = &schema.block;
    match (schema.nesting, config) {
        (Nesting::Single, config) => proposed_new(block, prior, config),
        (Nesting::List, Value::List(elements)) => {
            let merged =
                (0..).zip(elements).map(|(i, config)| proposed_new(block, element(prior, i), config));
            Value::List(merged.collect())
        }
        (Nesting::Map, Value::Map(elements)) => {
            let merge = |(key, config)| (String::clone(key), proposed_new(block, member(prior, key), config));
            Value::Map(elements.iter().map(merge).collect())
        }
        (Nesting::Set, Value::Set(elements)) => Value::Set(merged_set(block, prior, elements)),
        (_, config) => config.clone(),
    }
}

/// Elements of sets have no key: each takes the first prior element, not taken yet, that it could have become.
fn merged_set(block: &Block, prior: &Value, config: &[Value]) -> Vec<Value> {
    let mut free: Vec<&Value> = prior.as_list().unwrap_or_default().iter().collect();
    let merge = |config: &Value| {
        let partner = free.iter().position(|prior| proposed_new(block, prior, config) == **prior);
        let prior = partner.map_or(&Value::Null, |i| free.remove(i));
        proposed_new(block, prior, config)
    };
    config.iter().map(merge).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::rules::fixture::{block, value};
    use serde_json::json;

    #[test]
    fn computed_values_are_kept_where_the_configuration_is_silent() {
        let block = block();
        let cases = [
            (json!({}), json!({"id": "1"}), json!({"id": "1"})),
            (json!({"colour": "red"}), json!({"colour": "blue"}), json!({"colour": "red"})),
            (json!({}), json!({"colour": "blue", "name": "a"}), json!({"colour": "blue"})),
            (json!({"name": "?"}), json!({"name": "a"}), json!({"name": "?"})),
            (json!({"secret": "s"}), json!({}), json!({"secret": "s"})),
        ];
        for (config, prior, expected) in cases {
            let proposed = proposed_new(&block, &value(&prior), &value(&config));
            assert_eq!(proposed, value(&expected), "{config} {prior}");
        }
    }

    #[test]
    fn a_create_proposes_the_configuration() {
        let config = value(&json!({"name": "a", "parts": [{"label": "x"}], "set": [{"label": "y"}]}));
        assert_eq!(proposed_new(&block(), &Value::Null, &config), config);
    }

    #[test]
    fn nested_objects_are_merged_by_index_key_and_likeness() {
        let block = block();
        for name in ["parts", "list"] {
            let proposed = proposed_new(
                &block,
                &value(&json!({name: [{"label": "x", "code": "1"}, {"label": "y", "code": "2"}]})),
                &value(&json!({name: [{"label": "z"}]})),
            );
            assert_eq!(proposed, value(&json!({name: [{"label": "z", "code": "1"}]})), "{name}");
        }
        for name in ["named", "map"] {
            let proposed = proposed_new(
                &block,
                &value(&json!({name: {"a": {"label": "x", "code": "1"}, "b": {"label": "y", "code": "2"}}})),
                &value(&json!({name: {"b": {"label": "x"}, "c": {"label": "x"}}})),
            );
            let expected = json!({name: {"b": {"label": "x", "code": "2"}, "c": {"label": "x"}}});
            assert_eq!(proposed, value(&expected), "{name}");
        }
        for name in ["group", "set"] {
            let proposed = proposed_new(
                &block,
                &value(&json!({name: [{"label": "x", "code": "1"}, {"label": "y", "code": "2"}]})),
                &value(&json!({name: [{"label": "y"}, {"label": "z"}]})),
            );
            let expected = json!({name: [{"label": "y", "code": "2"}, {"label": "z"}]});
            assert_eq!(proposed, value(&expected), "{name}");
        }
    }

    #[test]
    fn two_like_elements_of_a_set_do_not_share_a_prior_one() {
        let prior = value(&json!({"set": [{"label": "x", "code": "1"}, {"label": "x", "code": "2"}]}));
        let config = value(&json!({"set": [{"label": "x", "code": "1"}, {"label": "x"}]}));
        let proposed = proposed_new(&block(), &prior, &config);
        assert_eq!(proposed, prior);
    }

    #[test]
    fn a_removed_object_that_only_a_configuration_can_have_set_is_gone() {
        let cases = [
            (json!({"settings": {"label": "x", "code": "1"}}), json!({})),
            (json!({"settings": {"code": "1"}}), json!({"settings": {"code": "1"}})),
        ];
        for (prior, expected) in cases {
            assert_eq!(
                proposed_new(&block(), &value(&prior), &value(&json!({}))),
                value(&expected),
                "{prior}"
            );
        }
    }

    #[test]
    fn what_is_unknown_as_a_whole_stays_so() {
        let prior =
            value(&json!({"parts": [{"label": "x", "code": "1"}], "list": [{"label": "x", "code": "1"}]}));
        let config = value(&json!({"parts": "?", "list": "?"}));
        assert_eq!(proposed_new(&block(), &prior, &config), config);
    }
}
