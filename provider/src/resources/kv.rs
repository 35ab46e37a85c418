//! `kestra_kv`: an entry of a namespace's key-value store.

use client::{Client, PutOptions, Read, Secret};
use schema::kv::{KvType, same};
use tfplugin::diagnostics::{Diagnostics, Result};
use tfplugin::model::{Attr, Model};
use tfplugin::resource::{
    ApplyError, CreateRequest, DeleteRequest, MoveRequest, Moved, Plan, PlanRequest, ReadRequest, Resource,
    Saved, UpdateRequest,
};
use tfplugin::{Context, Private};

use super::kv_check;
use super::kv_value::{KvValue, body};
use crate::explain::Explain;
use crate::kestra::{Kestra, known};
use crate::{stamp, takeover};

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
    pub(super) key: Attr<String>,
    /// The value, as text. Give either this or `value_wo`.
    #[attr(optional, sensitive)]
    pub(super) value: Attr<String>,
    /// The value, never stored in plans and states. It is sent when `value_wo_version` changes.
    #[attr(optional, sensitive, write_only)]
    pub(super) value_wo: Attr<String>,
    /// Version of `value_wo`: raise it to send a new value.
    #[attr(optional)]
    pub(super) value_wo_version: Attr<i64>,
    /// `STRING`, `NUMBER`, `BOOLEAN`, `DATETIME`, `DATE`, `DURATION` or `JSON`. Kestra decides by the value when this is
    /// not set, and stores any text that it cannot read as something else as a `STRING`.
    #[attr(optional, computed)]
    pub(super) r#type: Attr<String>,
    /// How long the entry lives after each write, as an ISO 8601 duration such as `PT24H`. For ever when not set.
    #[attr(optional)]
    pub(super) ttl: Attr<String>,
    /// What the entry is for. One line of Latin-1 characters.
    #[attr(optional)]
    pub(super) description: Attr<String>,
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
        kv_check::problems(config).into_result()
    }

    async fn plan(&self, cx: &Context<Kestra>, request: PlanRequest<KvModel>) -> Result<Plan<KvModel>> {
        let PlanRequest { config, prior, mut planned, private } = request;
        cx.client.plan_tenant(&mut planned.tenant_id);
        if let Some(prior) = &prior {
            planned.keep_spelling(&config, prior);
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
        let ReadRequest { mut state, mut private } = request;
        let client = cx.client.client()?;
        let (namespace, key) = state.name();
        let stamp = stamp::of(&private);
        let read = client.kv().current(namespace, key, stamp.as_ref()).await;
        match read.explain("Could not read the KV entry")? {
            Read::Gone => return Ok(None),
            Read::Unchanged { stamp } => stamp::remember(&mut private, Some(&stamp)),
            Read::Found { object, stamp: now } => {
                if stamp.is_some() || state.is_imported() {
                    state.description = description(client, namespace, key).await?;
                }
                if private.get(WRITE_ONLY).unwrap_or(false) {
                    state.adopt_unseen(stamp.is_some());
                } else {
                    state.adopt(&object);
                }
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
        cx.client.client()?.kv().delete(namespace, key).await.explain("Could not delete the KV entry")?;
        Ok(Diagnostics::new())
    }

    fn move_state(&self, source: MoveRequest) -> Result<Option<Moved<KvModel>>> {
        takeover::from(&[Self::NAME], source)
    }
}

/// What the entry is for. Kestra says it in lists only, so it is asked for after a change by others and after an import.
async fn description(client: &Client, namespace: &str, key: &str) -> Result<Attr<String>> {
    let entries = client.kv().list(namespace).await.explain("Could not read the KV entry")?;
    let entry = entries.into_iter().find(|entry| entry.key == key);
    Ok(entry.and_then(|entry| entry.description).into())
}

/// The fact in private state that the value is write-only. The version can't tell: a refresh may have taken it away.
const WRITE_ONLY: &str = "write_only";

/// Sends the value and fills in what the server makes of it. Kestra's answer is empty, but its inference is known.
async fn write(
    kestra: &Kestra,
    config: &KvModel,
    mut planned: KvModel,
) -> Result<Saved<KvModel>, ApplyError<KvModel>> {
    let client = kestra.client()?;
    let text = config.text().unwrap_or_default();
    let body = body(config.declared_type(), text);
    let options =
        PutOptions { ttl: config.ttl.known().cloned(), description: config.description.known().cloned() };
    let (namespace, key) = planned.name();
    let put = client.kv().put(namespace, key, Secret::from(&*body), &options).await;
    put.explain("Could not write the KV entry")?;
    if planned.r#type.known().is_none() {
        planned.r#type = Attr::from(KvValue::inferred(&body).kind.as_str());
    }
    planned.tenant_id = kestra.tenant();
    let mut private = Private::default();
    if config.value.is_null() {
        private.set(WRITE_ONLY, &true);
    }
    Ok(Saved::new(planned, private))
}

impl KvModel {
    fn name(&self) -> (&str, &str) {
        (known(&self.namespace), known(&self.key))
    }

    pub(super) fn declared_type(&self) -> Option<KvType> {
        self.r#type.as_str()?.parse().ok()
    }

    /// Whether nothing but the name is known yet.
    fn is_imported(&self) -> bool {
        self.value.is_null() && self.value_wo_version.is_null() && self.r#type.is_null()
    }

    /// The value to send: of a configuration, which alone has write-only values.
    pub(super) fn text(&self) -> Option<&str> {
        self.value.as_str().or(self.value_wo.as_str())
    }

    /// Plans no change where only the spelling of the value differs, and none of the type where the value stays.
    fn keep_spelling(&mut self, config: &Self, prior: &Self) {
        if !config.r#type.is_unknown() && config.means(prior) {
            self.value = prior.value.clone();
        }
        let same_value = self.value == prior.value && self.value_wo_version == prior.value_wo_version;
        if config.r#type.is_null() && same_value {
            self.r#type = prior.r#type.clone();
        }
    }

    /// Whether both values are the same to Kestra. What is sent decides, because answers round long numbers.
    fn means(&self, other: &Self) -> bool {
        let (Some(text), Some(others)) = (self.value.as_str(), other.value.as_str()) else {
            return false;
        };
        let kind = |model: &Self, text: &str| KvValue::inferred(&body(model.declared_type(), text)).kind;
        let (mine, theirs) = (kind(self, text), kind(other, others));
        mine == theirs && same(mine, text, others)
    }

    /// Takes over what the server has, unless it is what Kestra makes of the value in the state.
    fn adopt(&mut self, found: &client::Value) {
        let server = KvValue::of_server(found);
        let expected = self.value.as_str().map(|text| KvValue::inferred(&body(self.declared_type(), text)));
        if expected.is_none_or(|expected| !expected.means(&server)) {
            self.r#type = Attr::from(server.kind.as_str());
            self.value = Attr::Known(server.text);
        }
    }

    /// Of a write-only value the state knows nothing but its version. A revision that is not ours forgets that version, so
    /// that the next apply sends the value again. What the server has stays there.
    fn adopt_unseen(&mut self, seen_before: bool) {
        if seen_before {
            self.value_wo_version = Attr::Null;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_means_what_kestra_stores() {
        let entry = |(kind, value): (Option<&str>, &str)| KvModel {
            r#type: kind.map(String::from).into(),
            value: Attr::from(value),
            ..KvModel::default()
        };
        let number = |value| (Some("NUMBER"), value);
        for (a, b, expected) in [
            (number("1000000"), number("1e+06"), true),
            ((None, "1.0"), number("1"), true),
            // Kestra answers the same rounded number for both.
            (number("12345678901234567891"), number("12345678901234567890"), false),
            ((None, "P3D"), (Some("DURATION"), "PT72H"), true),
            ((Some("STRING"), "42"), (None, "42"), false),
            ((Some("STRING"), "1.0"), (Some("STRING"), "1"), false),
            ((Some("JSON"), r#"{"a":1,"b":2}"#), (None, r#"{ "b": 2, "a": 1 }"#), true),
        ] {
            assert_eq!(entry(a).means(&entry(b)), expected, "{a:?} and {b:?}");
            assert_eq!(entry(b).means(&entry(a)), expected, "{b:?} and {a:?}");
        }
        assert!(!KvModel::default().means(&KvModel::default()));
    }
}
