//! A Terraform host in this process: it plays what Terraform core plays around a provider, and holds the provider to
//! core's rules, in core's words. With it, the author of a provider can test every resource without a host's binary, and
//! cause faults that no binary can be made to cause.
//!
//! A [`Host`] knows of its provider only what the protocol's messages tell. Between two steps an object is what a state file
//! holds of it. A step fails with a [`HostError`] that says who is at fault: the test, the provider's server, or the
//! provider itself, which then broke a rule.
//!
//! ```
//! # use std::sync::Mutex;
//! # use tfplugin::diagnostics::{Diagnostics, Result};
//! # use tfplugin::model::{Attr, Model};
//! # use tfplugin::resource::{ApplyError, CreateRequest, DeleteRequest, ReadRequest, Saved, UpdateRequest};
//! # use tfplugin::{AnyResource, ConfigureRequest, Context, Provider, Reply, Resource};
//! # /// A note.
//! # #[derive(Clone, Debug, Default, Model)]
//! # struct Note {
//! #     /// Name of the note.
//! #     #[attr(required, identity)]
//! #     name: Attr<String>,
//! #     /// What it says.
//! #     #[attr(optional)]
//! #     text: Attr<String>,
//! # }
//! # struct Notes;
//! # impl Notes {
//! #     fn put(cx: &Context<Pad>, note: Note) -> Note {
//! #         *cx.client.lock().unwrap() = Some(note.clone());
//! #         note
//! #     }
//! # }
//! # type Pad = Mutex<Option<Note>>;
//! # impl Resource for Notes {
//! #     type Client = Pad;
//! #     type Model = Note;
//! #     const NAME: &'static str = "pad_note";
//! #     async fn create(&self, cx: &Context<Pad>, r: CreateRequest<Note>) -> Result<Saved<Note>, ApplyError<Note>> {
//! #         Ok(Saved::new(Self::put(cx, r.planned), r.private))
//! #     }
//! #     async fn read(&self, cx: &Context<Pad>, r: ReadRequest<Note>) -> Result<Option<Saved<Note>>> {
//! #         Ok(cx.client.lock().unwrap().clone().map(|note| Saved::new(note, r.private)))
//! #     }
//! #     async fn update(&self, cx: &Context<Pad>, r: UpdateRequest<Note>) -> Result<Saved<Note>, ApplyError<Note>> {
//! #         Ok(Saved::new(Self::put(cx, r.planned), r.private))
//! #     }
//! #     async fn delete(&self, cx: &Context<Pad>, _: DeleteRequest<Note>) -> Result<Diagnostics> {
//! #         *cx.client.lock().unwrap() = None;
//! #         Ok(Diagnostics::new())
//! #     }
//! # }
//! # #[derive(Clone, Debug, Default, Model)]
//! # struct PadConfig {}
//! # struct PadProvider;
//! # impl Provider for PadProvider {
//! #     type Config = PadConfig;
//! #     type Client = Pad;
//! #     const NAME: &'static str = "pad";
//! #     const ADDRESS: &'static str = "example/pad";
//! #     fn resources(&self) -> &'static [&'static dyn AnyResource<Pad>] {
//! #         &[&Notes]
//! #     }
//! #     async fn configure(&self, _: ConfigureRequest<PadConfig>) -> Result<Reply<Pad>> {
//! #         Ok(Pad::default().into())
//! #     }
//! # }
//! use serde_json::json;
//! use tfplugin::testing::{Action, Host, HostError};
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), HostError> {
//! let host = Host::start(PadProvider).await?;
//! host.configure(json!({})).await?;
//!
//! let config = json!({"name": "milk", "text": "two litres"});
//! let note = host.create("pad_note", config.clone()).await?;
//! assert_eq!(note.attributes()["text"], "two litres");
//! host.check_settled(&note, config).await?;
//!
//! let plan = host.plan("pad_note", Some(&note), json!({"name": "bread"})).await?;
//! assert_eq!(plan.action(), Action::Replace);
//! host.destroy(&note).await?;
//! # Ok(())
//! # }
//! ```

mod action;
mod apply;
mod change;
mod config;
mod conform;
mod data_source;
mod ephemeral_resource;
mod failure;
mod function;
mod generate;
mod host;
mod import;
mod list_resource;
mod moved;
mod object;
mod options;
mod plan;
mod propose;
mod refresh;
mod rpc;
mod rules;
mod schema;
mod schemas;
mod signature;
mod words;

pub use action::Invoked;
pub use apply::Applied;
pub use config::unknown;
pub use ephemeral_resource::Opened;
pub use failure::{HostError, Violation};
pub use host::Host;
pub use list_resource::{ListOptions, Listed, Listing};
pub use object::Object;
pub use plan::{Plan, PlanOptions};
pub use rules::Action;

#[cfg(test)]
mod tests;
