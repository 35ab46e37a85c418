//! `data.kestra_kv`: an entry that something else manages.

use tfplugin::diagnostics::Result;
use tfplugin::model::{Attr, Model};
use tfplugin::{Context, DataSource, Reply};

use crate::explain::Explain;
use crate::kestra::{Kestra, known};
use crate::resources::kv_value::text;

/// An entry of a namespace's key-value store. Entries of parent namespaces are not found.
#[derive(Clone, Debug, Default, Model)]
pub(crate) struct KvModel {
    /// `namespace/key`.
    #[attr(computed)]
    id: Attr<String>,
    /// Namespace of the entry.
    #[attr(required)]
    namespace: Attr<String>,
    /// Key of the entry.
    #[attr(required)]
    key: Attr<String>,
    /// Kestra's type of the value: `STRING`, `NUMBER`, `BOOLEAN`, `DATETIME`, `DATE`, `DURATION` or `JSON`.
    #[attr(computed)]
    r#type: Attr<String>,
    /// The value, as text; JSON for the type `JSON`.
    #[attr(computed, sensitive)]
    value: Attr<String>,
    /// Its tenant: that of the provider.
    #[attr(computed)]
    tenant_id: Attr<String>,
}

/// The data source.
pub(crate) struct Kv;

impl DataSource for Kv {
    type Client = Kestra;
    type Model = KvModel;

    const NAME: &'static str = "kestra_kv";

    async fn read(&self, cx: &Context<Kestra>, mut model: KvModel) -> Result<Reply<KvModel>> {
        let (namespace, key) = (known(&model.namespace), known(&model.key));
        let found =
            cx.client.client()?.kv().get(namespace, key).await.explain("Could not look up the KV entry")?;
        model.id = Attr::Known(format!("{namespace}/{key}"));
        model.value = Attr::Known(text(&found.value));
        model.r#type = Attr::Known(found.r#type);
        model.tenant_id = cx.client.tenant();
        Ok(model.into())
    }
}
