//! `data.kestra_namespace`: a namespace that something else manages.

use serde_json::Value as Json;
use tfplugin::diagnostics::Result;
use tfplugin::model::{Attr, Model};
use tfplugin::{Context, DataSource, Reply};

use crate::explain::Explain;
use crate::kestra::{Kestra, known};

/// A namespace. The open-source edition knows no settings of namespaces and finds any name.
#[derive(Clone, Debug, Default, Model)]
pub(crate) struct NamespaceModel {
    /// The namespace.
    #[attr(computed)]
    id: Attr<String>,
    /// The namespace to look up, such as `company.team`.
    #[attr(required)]
    namespace_id: Attr<String>,
    /// What the namespace is for.
    #[attr(computed)]
    description: Attr<String>,
    /// Variables of all flows in the namespace, as JSON.
    #[attr(computed)]
    variables: Attr<String>,
    /// Namespaces that may use the flows and files of this one.
    #[attr(computed)]
    allowed_namespaces: Attr<Vec<Attr<String>>>,
    /// Its tenant: that of the provider.
    #[attr(computed)]
    tenant_id: Attr<String>,
}

/// The data source.
pub(crate) struct Namespace;

impl DataSource for Namespace {
    type Client = Kestra;
    type Model = NamespaceModel;

    const NAME: &'static str = "kestra_namespace";

    async fn read(&self, cx: &Context<Kestra>, mut model: NamespaceModel) -> Result<Reply<NamespaceModel>> {
        let namespaces = cx.client.client()?.namespaces();
        let found =
            namespaces.get(known(&model.namespace_id)).await.explain("Could not look up the namespace")?;
        let allowed = found.allowed_namespaces.into_iter().flatten();
        model.allowed_namespaces =
            Attr::Known(allowed.map(|allowed| Attr::Known(allowed.namespace)).collect());
        model.id = Attr::Known(found.id);
        model.description = found.description.into();
        model.variables = found.variables.map(|variables| Json::Object(variables).to_string()).into();
        model.tenant_id = cx.client.tenant();
        Ok(model.into())
    }
}
