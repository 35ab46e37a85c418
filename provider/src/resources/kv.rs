//! `kestra_kv`: an entry of a namespace's key-value store.

use client::{PutOptions, Read, Secret};
use schema::duration::Duration;
use schema::kv::KvType;
use tfplugin::diagnostics::{Diagnostic, Diagnostics, Result};
use tfplugin::model::{Attr, Model};
use tfplugin::resource::{
    ApplyError, CreateRequest, DeleteRequest, Plan, PlanRequest, ReadRequest, Resource, Saved, UpdateRequest,
};
use tfplugin::value::Path;
use tfplugin::{Context, Private};

use super::kv_value::{KvValue, body};
use crate::explain::Explain;
use crate::kestra::{Kestra, known};
use crate::stamp;

/// An entry of a namespace's [key-value store](https://kestra.io/docs/concepts/kv-store).
///
/// Values are compared by type and meaning: `1000000` and `1e6`, `PT72H` and `P3D`, or JSON objects with their keys in
/// another order are no difference.
#[derive(Clone, Debug, Default, Model)]
pub(crate) struct KvModel {
    /// `namespace/key`, as for `terraform import`.
    #[attr(computed, id)]
    id: Attr<String>,
    /// Namespace of the entry.
    #[attr(required, identity)]
    namespace: Attr<String>,
    /// Key of the entry: letters, digits, `.`, `_` and `-`, beginning with a letter or digit.
    #[attr(required, identity)]
    key: Attr<String>,
    /// The value, as text. Give either this or `value_wo`.
    #[attr(optional, sensitive)]
    value: Attr<String>,
    /// The value, never stored in plans and states. It is sent when `value_wo_version` changes.
    #[attr(optional, sensitive, write_only)]
    value_wo: Attr<String>,
    /// Version of `value_wo`: raise it to send a new value.
    #[attr(optional)]
    value_wo_version: Attr<i64>,
    /// `STRING`, `NUMBER`, `BOOLEAN`, `DATETIME`, `DATE`, `DURATION` or `JSON`. Kestra decides by the value when this is
    /// not set, and stores any text that it cannot read as something else as a `STRING`.
    #[attr(optional, computed)]
    r#type: Attr<String>,
    /// How long the entry lives after each write, as an ISO 8601 duration such as `PT24H`. For ever when not set.
    #[attr(optional)]
    ttl: Attr<String>,
    /// What the entry is for. One line of Latin-1 characters.
    #[attr(optional)]
    description: Attr<String>,
    /// Tenant of the entry: that of the provider. Another tenant means another entry.
    #[attr(computed, stable, replace)]
    tenant_id: Attr<String>,
}

/// The resource type.
pub(crate) struct Kv;

impl Resource for Kv {
    type Client = Kestra;
    type Model = KvModel;

    const NAME: &'static str = "kestra_kv";

    fn validate(&self, config: &KvModel) -> Result<Diagnostics> {
        config.check().into_iter().collect::<Diagnostics>().into_result()
    }

    async fn plan(&self, cx: &Context<Kestra>, request: PlanRequest<KvModel>) -> Result<Plan<KvModel>> {
        let PlanRequest {
            config,
            prior,
            mut planned,
            private,
        } = request;
        cx.client.plan_tenant(&mut planned.tenant_id);
        if let Some(prior) = prior.filter(|prior| config.r#type.is_null() && prior.value == planned.value) {
            planned.r#type = prior.r#type;
        }
        Ok(Plan::new(planned, private))
    }

    async fn create(
        &self,
        cx: &Context<Kestra>,
        request: CreateRequest<KvModel>,
    ) -> Result<Saved<KvModel>, ApplyError<KvModel>> {
        write(&cx.client, &request.config, request.planned).await
    }

    async fn read(
        &self,
        cx: &Context<Kestra>,
        request: ReadRequest<KvModel>,
    ) -> Result<Option<Saved<KvModel>>> {
        let ReadRequest {
            mut state,
            mut private,
        } = request;
        let (namespace, key) = state.name();
        let stamp = stamp::of(&private);
        let read = cx
            .client
            .client()?
            .kv()
            .current(namespace, key, stamp.as_ref())
            .await;
        match read.explain("Could not read the KV entry")? {
            Read::Gone => return Ok(None),
            Read::Unchanged { stamp } => stamp::remember(&mut private, Some(&stamp)),
            Read::Found { object, stamp: now } => {
                state.adopt(&object, stamp.is_some());
                stamp::remember(&mut private, now.as_ref());
            }
        }
        state.tenant_id = cx.client.tenant();
        Ok(Some(Saved::new(state, private)))
    }

    async fn update(
        &self,
        cx: &Context<Kestra>,
        request: UpdateRequest<KvModel>,
    ) -> Result<Saved<KvModel>, ApplyError<KvModel>> {
        write(&cx.client, &request.config, request.planned).await
    }

    async fn delete(&self, cx: &Context<Kestra>, request: DeleteRequest<KvModel>) -> Result<Diagnostics> {
        let (namespace, key) = request.prior.name();
        cx.client
            .client()?
            .kv()
            .delete(namespace, key)
            .await
            .explain("Could not delete the KV entry")?;
        Ok(Diagnostics::new())
    }
}

/// Sends the value and fills in what the server makes of it. Kestra's answer is empty, but its inference is known.
async fn write(
    kestra: &Kestra,
    config: &KvModel,
    mut planned: KvModel,
) -> Result<Saved<KvModel>, ApplyError<KvModel>> {
    let client = kestra.client()?;
    let text = config
        .value
        .as_str()
        .or(config.value_wo.as_str())
        .unwrap_or_default();
    let body = body(config.declared_type(), text);
    let options = PutOptions {
        ttl: config.ttl.known().cloned(),
        description: config.description.known().cloned(),
    };
    let (namespace, key) = planned.name();
    let put = client
        .kv()
        .put(namespace, key, Secret::from(&*body), &options)
        .await;
    put.explain("Could not write the KV entry")?;
    if planned.r#type.known().is_none() {
        planned.r#type = Attr::from(KvValue::inferred(&body).kind.as_str());
    }
    planned.tenant_id = kestra.tenant();
    Ok(Saved::new(planned, Private::default()))
}

impl KvModel {
    fn name(&self) -> (&str, &str) {
        (known(&self.namespace), known(&self.key))
    }

    fn declared_type(&self) -> Option<KvType> {
        self.r#type.as_str()?.parse().ok()
    }

    /// Takes over what the server has, unless it is what Kestra makes of the value in the state.
    ///
    /// Of a write-only value the state knows nothing but its version. A new revision that is not ours forgets that version,
    /// so that the next apply sends the value again.
    fn adopt(&mut self, found: &client::Value, seen_before: bool) {
        let server = KvValue::of_server(found);
        if self.value_wo_version.known().is_some() {
            if seen_before {
                self.value_wo_version = Attr::Null;
            }
            return;
        }
        let expected = self
            .value
            .as_str()
            .map(|text| KvValue::inferred(&body(self.declared_type(), text)));
        if expected.is_none_or(|expected| !expected.means(&server)) {
            self.r#type = Attr::from(server.kind.as_str());
            self.value = Attr::Known(server.text);
        }
    }

    /// What can be said of a configuration that may hold unknown values.
    fn check(&self) -> Vec<Diagnostic> {
        [
            self.check_source(),
            self.check_version(),
            self.check_type(),
            self.check_ttl(),
        ]
        .into_iter()
        .flatten()
        .collect()
    }

    fn check_source(&self) -> Option<Diagnostic> {
        let both = !self.value.is_null() && !self.value_wo.is_null();
        let neither = self.value.is_null() && self.value_wo.is_null();
        (both || neither).then(|| {
            let detail =
                "Give the value either in `value` or, to keep it out of plans and states, in `value_wo`.";
            Diagnostic::error("KV entry needs one value", detail).at(attribute("value"))
        })
    }

    fn check_version(&self) -> Option<Diagnostic> {
        let lonely = self.value_wo.is_null() != self.value_wo_version.is_null();
        lonely.then(|| {
            let detail = "`value_wo` is never stored, so a change of it goes unseen: it is sent when `value_wo_version` \
                          changes. Set both, or none.";
            Diagnostic::error("Write-only value without version", detail).at(attribute("value_wo_version"))
        })
    }

    fn check_type(&self) -> Option<Diagnostic> {
        let declared = match self.r#type.as_str()?.parse::<KvType>() {
            Ok(declared) => declared,
            Err(error) => {
                return Some(Diagnostic::error("Unknown KV type", error.to_string()).at(attribute("type")));
            }
        };
        let stored = KvValue::inferred(&body(Some(declared), self.value.as_str()?)).kind;
        if stored == declared {
            return None;
        }
        let detail = format!(
            "Kestra decides the type by the value, and stores this one as {stored}, not as {declared}. Correct the value, or \
             leave out `type`."
        );
        // Kestra has no way to hold text that looks like a duration, so this is no mistake of the user's.
        let unavoidable = declared == KvType::String;
        let new = if unavoidable {
            Diagnostic::warning
        } else {
            Diagnostic::error
        };
        Some(new("Value is not of the declared type", detail).at(attribute("type")))
    }

    fn check_ttl(&self) -> Option<Diagnostic> {
        let error = self.ttl.as_str()?.parse::<Duration>().err()?;
        Some(Diagnostic::error("Malformed time to live", error.to_string()).at(attribute("ttl")))
    }
}

fn attribute(name: &str) -> Path {
    Path::root().attribute(name)
}
