//! Actions: once started they run to their end, whether or not somebody still listens.

use std::sync::Arc;

use tokio::sync::mpsc::{self, Sender};

use super::answer::Answer as _;
use super::events::{Step, Working};
use super::proto;
use super::proto::invoke_action::event::{Progress as ProgressEvent, Type};
use super::proto::invoke_action::{Event, Request};
use crate::action::Progress;
use crate::diagnostics::Result;
use crate::provider::Provider;
use crate::server::{Server, check};
use crate::value::Value;
use crate::wire::convert;

pub(super) async fn validate<P: Provider>(
    server: Arc<Server<P>>,
    request: proto::validate_action_config::Request,
) -> Result<proto::validate_action_config::Response> {
    let entry = server.actions.get(&request.type_name)?;
    let config = convert::decode(request.config, entry.ty())?;
    let warnings = check(&entry.schema().block, config, |config| entry.item.validate(config))?;
    let diagnostics = convert::diagnostics(warnings);
    Ok(proto::validate_action_config::Response { diagnostics })
}

pub(super) async fn plan<P: Provider>(
    server: Arc<Server<P>>,
    request: proto::plan_action::Request,
) -> Result<proto::plan_action::Response> {
    let entry = server.actions.get(&request.action_type)?;
    let config = convert::decode(request.config, entry.ty())?;
    match entry.item.plan(&server.context(Value::Null)?, config).await {
        Ok(warnings) => Ok(proto::plan_action::Response {
            diagnostics: convert::diagnostics(warnings),
            ..Default::default()
        }),
        Err(error) => Ok(proto::plan_action::Response {
            deferred: Some(convert::deferral(request.client_capabilities, &error).ok_or(error)?),
            ..Default::default()
        }),
    }
}

pub(super) async fn invoke<P: Provider>(
    server: Arc<Server<P>>,
    request: Request,
    events: Sender<Event>,
) -> Result<()> {
    let entry = server.actions.get(&request.action_type)?;
    let config = convert::decode(request.config, entry.ty())?;
    let (progress, messages) = mpsc::channel(1);
    let cx = server.context(Value::Null)?;
    let invoking = entry.item.invoke(&cx, config, Progress::new(progress));
    let mut invoking = Working::new(invoking, messages);
    // Nobody may be listening any more; the action goes on.
    let warnings = loop {
        match invoking.next().await {
            Step::Done(warnings) => break warnings?,
            Step::Sent(message) => drop(events.send(progressed(message)).await),
        }
    };
    let _ = events.send(Event::only(warnings)).await;
    Ok(())
}

fn progressed(message: String) -> Event {
    Event { r#type: Some(Type::Progress(ProgressEvent { message })) }
}
