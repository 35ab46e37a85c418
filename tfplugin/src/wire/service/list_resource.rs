//! List resources: a stream of objects, made only as fast and as far as the host reads.

use std::sync::Arc;

use tokio::sync::mpsc::{self, Sender};

use super::answer::Answer as _;
use super::events::{Step, Working};
use super::proto;
use super::proto::list_resource::{Event, Request};
use crate::any::ListedObject;
use crate::diagnostics::{Diagnostic, Diagnostics, Result};
use crate::list_resource::ListRequest;
use crate::provider::Provider;
use crate::server::{ResourceEntry, Server, check};
use crate::value::Value;
use crate::wire::convert;

pub(super) async fn validate<P: Provider>(
    server: Arc<Server<P>>,
    request: proto::validate_list_resource_config::Request,
) -> Result<proto::validate_list_resource_config::Response> {
    let entry = server.list_resources.get(&request.type_name)?;
    let config = convert::decode(request.config, entry.ty())?;
    let warnings = check(&entry.schema().block, config, |config| entry.item.validate(config))?;
    let diagnostics = convert::diagnostics(warnings);
    Ok(proto::validate_list_resource_config::Response { diagnostics })
}

/// Nothing more is asked of the server once the host has its fill, or has gone.
pub(super) async fn list<P: Provider>(
    server: Arc<Server<P>>,
    request: Request,
    events: Sender<Event>,
) -> Result<()> {
    let entry = server.list_resources.get(&request.type_name)?;
    let resource = server.resources.get(&request.type_name)?;
    let config = convert::decode(request.config, entry.ty())?;
    let (include_object, limit) = (request.include_resource_object, request.limit);
    let limit = usize::try_from(limit).ok().filter(|limit| *limit > 0).unwrap_or(usize::MAX);
    let (found, objects) = mpsc::channel(1);
    let cx = server.context(Value::Null)?;
    let listing = entry.item.list(&cx, ListRequest { config, include_object, limit }, found);
    let mut listing = Working::new(listing, objects);
    let mut left = limit;
    let warnings = loop {
        let step = tokio::select! {
            step = listing.next() => step,
            () = events.closed() => return Ok(()),
        };
        match step {
            Step::Done(warnings) => break warnings?,
            Step::Sent(listed) => {
                left -= usize::from(listed.object.is_some());
                let sent = events.send(event(resource, listed, include_object)).await;
                if sent.is_err() || left == 0 {
                    return Ok(());
                }
            }
        }
    };
    if !warnings.is_empty() {
        let _ = events.send(Event::only(warnings)).await;
    }
    Ok(())
}

fn event<C>(resource: &ResourceEntry<C>, listed: ListedObject, include_object: bool) -> Event {
    let ListedObject { object, display_name, diagnostics } = listed;
    let Some(object) = object else { return Event::only(diagnostics) };
    let complete = |object| -> Result<Event> {
        let (object, identity) = resource.listed(object);
        let identity =
            identity.filter(Value::is_wholly_known).ok_or_else(|| without_identity(resource.name()))?;
        let resource_object = if include_object { convert::encode(&object, resource.ty())? } else { None };
        Ok(Event {
            identity: convert::encode_identity(Some(&identity), resource.identity_type())?,
            display_name,
            resource_object,
            diagnostic: convert::diagnostics(diagnostics),
        })
    };
    complete(object).unwrap_or_else(Event::only)
}

fn without_identity(name: &str) -> Diagnostics {
    Diagnostic::error(
        "Object without identity",
        format!("The provider listed a {name} without its identity. This is a bug in the provider; please report it."),
    )
    .into()
}
