//! Calls of the provider service as a host makes them, with values of the test provider.

use std::collections::BTreeMap;

use tfplugin::value::{Type, Value, msgpack};
use tfplugin::wire::proto::tfplugin6::provider_client::ProviderClient;
use tfplugin::wire::proto::tfplugin6::{
    Diagnostic, DynamicValue, apply_resource_change, configure_provider, read_resource,
    validate_provider_config,
};
use tonic::transport::Channel;

use crate::host::soon;

/// The provider's one resource.
const THING: &str = "process_thing";

/// The attributes of an object, all of them text.
type Attributes<'a, const N: usize> = [(&'a str, Value); N];

fn object<const N: usize>(attributes: Attributes<'_, N>) -> DynamicValue {
    let ty = Type::Object(attributes.iter().map(|(name, _)| ((*name).to_owned(), Type::String)).collect());
    let value = Value::Map(attributes.into_iter().map(|(name, value)| (name.to_owned(), value)).collect());
    DynamicValue { msgpack: msgpack::encode(&value, &ty).unwrap().into(), json: Default::default() }
}

fn block(text: &str) -> Option<DynamicValue> {
    Some(object([("text", Value::from(text))]))
}

fn thing(gate: Value, text: &str, setting: Value) -> Option<DynamicValue> {
    Some(object([("gate", gate), ("text", Value::from(text)), ("setting", setting)]))
}

/// The attributes of a thing that the provider answered with.
fn attributes(thing: Option<DynamicValue>) -> BTreeMap<String, Value> {
    let ty = ["gate", "text", "setting"].map(|name| (name.to_owned(), Type::String));
    match msgpack::decode(&thing.unwrap().msgpack, &Type::Object(ty.into())).unwrap() {
        Value::Map(attributes) => attributes,
        other => panic!("{other:?}"),
    }
}

/// Messages of any size, as hosts allow.
fn client(channel: &Channel) -> ProviderClient<Channel> {
    let client = ProviderClient::new(channel.clone());
    client.max_decoding_message_size(usize::MAX).max_encoding_message_size(usize::MAX)
}

/// Has the provider check a `provider` block; gives its diagnostics.
pub(crate) async fn validate(channel: &Channel, text: &str) -> Vec<Diagnostic> {
    let request = validate_provider_config::Request { config: block(text) };
    let answer = soon(client(channel).validate_provider_config(request)).await.unwrap();
    answer.into_inner().diagnostics
}

/// Puts a `provider` block into effect.
pub(crate) async fn configure(channel: &Channel, text: &str) {
    let request = configure_provider::Request { config: block(text), ..Default::default() };
    let answer = soon(client(channel).configure_provider(request)).await.unwrap();
    assert_eq!(answer.into_inner().diagnostics, []);
}

/// Creates a thing, waiting at the gate if there is one; gives its `setting`, or what went wrong.
pub(crate) async fn create(
    channel: &Channel,
    gate: Option<&str>,
    text: &str,
) -> Result<Value, Vec<Diagnostic>> {
    let gate = gate.map_or(Value::Null, Value::from);
    let request = apply_resource_change::Request {
        type_name: THING.to_owned(),
        prior_state: Some(DynamicValue { msgpack: vec![0xc0].into(), json: Default::default() }),
        config: thing(gate.clone(), text, Value::Null),
        planned_state: thing(gate, text, Value::unknown()),
        ..Default::default()
    };
    let answer = soon(client(channel).apply_resource_change(request)).await.unwrap().into_inner();
    if !answer.diagnostics.is_empty() {
        return Err(answer.diagnostics);
    }
    Ok(attributes(answer.new_state)["setting"].clone())
}

/// Reads a thing with this text again; gives its text and its setting.
pub(crate) async fn read(channel: &Channel, text: &str) -> (Value, Value) {
    let current_state = thing(Value::Null, text, Value::Null);
    let request = read_resource::Request { type_name: THING.to_owned(), current_state, ..Default::default() };
    let answer = soon(client(channel).read_resource(request)).await.unwrap().into_inner();
    assert_eq!(answer.diagnostics, []);
    let mut attributes = attributes(answer.new_state);
    let mut take = |name: &str| attributes.remove(name).unwrap();
    (take("text"), take("setting"))
}
