//! Calls of the provider, as messages: what a host makes of a gRPC status, of diagnostics and of paths.

use std::future::Future;

use serde_json::Value as Json;
use tonic::{Code, Response, Status};

use super::failure::{HostError, Violation};
use crate::diagnostics::{Diagnostic, Diagnostics};
use crate::value::{Path, Type, Value};
use crate::wire::convert;
use crate::wire::proto::tfplugin6::{self as proto, attribute_path::step::Selector, diagnostic::Severity};

/// The provider's answer. Whoever drops the future before cancels the call, as a host does that goes away.
pub(super) async fn answer<A>(
    call: impl Future<Output = Result<Response<A>, Status>>,
) -> Result<A, HostError> {
    call.await.map(Response::into_inner).map_err(|status| failed(&status))
}

/// The fixed words that core has for a gRPC status, whatever the provider said beside it.
pub(super) fn failed(status: &Status) -> HostError {
    let (summary, detail) = match status.code() {
        Code::Unavailable => {
            ("Plugin did not respond", "The plugin encountered an error, and failed to respond.")
        }
        Code::Cancelled => ("Request cancelled", "The request was cancelled."),
        Code::Unimplemented => ("Unsupported plugin method", "The call is not supported by this plugin."),
        _ => ("Plugin error", "The plugin returned an unexpected error."),
    };
    HostError::Diagnostics(Diagnostics::error(summary, format!("{detail} ({})", status.message())))
}

/// The warnings of an answer; fails when a message is an error.
pub(super) fn warnings(messages: Vec<proto::Diagnostic>) -> Result<Diagnostics, HostError> {
    diagnostics(messages)?.into_result().map_err(HostError::Diagnostics)
}

/// The messages of an answer, whatever they say.
pub(super) fn diagnostics(messages: Vec<proto::Diagnostic>) -> Result<Diagnostics, HostError> {
    messages.into_iter().map(diagnostic).collect()
}

fn diagnostic(message: proto::Diagnostic) -> Result<Diagnostic, HostError> {
    let severity = message.severity();
    let proto::Diagnostic { summary, detail, attribute, .. } = message;
    let diagnostic = match severity {
        Severity::Error => Diagnostic::error(summary, detail),
        Severity::Warning => Diagnostic::warning(summary, detail),
        Severity::Invalid => {
            let problem = format!("A diagnostic has no severity: {summary}");
            return Err(Violation::new("Provider produced invalid diagnostic", problem).into());
        }
    };
    Ok(attribute.map_or(diagnostic.clone(), |attribute| diagnostic.at(path(attribute))))
}

pub(super) fn path(path: proto::AttributePath) -> Path {
    path.steps.into_iter().filter_map(|step| step.selector).fold(
        Path::root(),
        |path, selector| match selector {
            Selector::AttributeName(name) => path.attribute(name),
            Selector::ElementKeyString(key) => path.key(key),
            Selector::ElementKeyInt(index) => path.index(index),
        },
    )
}

/// A value of the host for the provider. One that does not fit its type is the test's mistake.
pub(super) fn encode(value: &Value, ty: &Type) -> Result<Option<proto::DynamicValue>, HostError> {
    convert::encode(value, ty)
        .map_err(|error| HostError::refused("Value does not fit the schema", error.to_string()))
}

pub(super) fn encode_identity(
    identity: Option<&Value>,
    ty: Option<&Type>,
) -> Result<Option<proto::ResourceIdentityData>, HostError> {
    convert::encode_identity(identity, ty)
        .map_err(|error| HostError::refused("Identity does not fit the schema", error.to_string()))
}

/// A value as JSON, in which unknown values are what [`unknown`](super::unknown) returns.
pub(super) fn to_json(value: &Value) -> Json {
    match value {
        Value::Null => Json::Null,
        Value::Unknown(_) => super::unknown(),
        Value::Bool(flag) => Json::Bool(*flag),
        Value::Number(number) => {
            serde_json::from_str(&number.to_string()).unwrap_or_else(|_| Json::String(number.to_string()))
        }
        Value::String(text) => Json::String(text.clone()),
        Value::List(elements) => elements.iter().map(to_json).collect(),
        Value::Set(elements) => {
            let mut sorted: Vec<&Value> = elements.iter().collect();
            sorted.sort_unstable();
            sorted.into_iter().map(to_json).collect()
        }
        Value::Map(members) => members.iter().map(|(name, member)| (name.clone(), to_json(member))).collect(),
        Value::Dynamic(_, value) => to_json(value),
    }
}
