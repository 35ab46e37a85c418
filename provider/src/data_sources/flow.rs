//! `data.kestra_flow`: a flow that something else manages.

use tfplugin::diagnostics::Result;
use tfplugin::model::{Attr, Model};
use tfplugin::{Context, DataSource, Reply};

use crate::explain::Explain;
use crate::kestra::{Kestra, known, revision};

/// A flow that is on the server already.
#[derive(Clone, Debug, Default, Model)]
pub(crate) struct FlowModel {
    /// `namespace/flow_id`.
    #[attr(computed)]
    id: Attr<String>,
    /// Namespace of the flow.
    #[attr(required)]
    namespace: Attr<String>,
    /// Id of the flow.
    #[attr(required)]
    flow_id: Attr<String>,
    /// The flow as YAML, as it was written.
    #[attr(computed)]
    content: Attr<String>,
    /// Its revision.
    #[attr(computed)]
    revision: Attr<i64>,
    /// Its tenant: that of the provider.
    #[attr(computed)]
    tenant_id: Attr<String>,
}

/// The data source.
pub(crate) struct Flow;

impl DataSource for Flow {
    type Client = Kestra;
    type Model = FlowModel;

    const NAME: &'static str = "kestra_flow";

    async fn read(&self, cx: &Context<Kestra>, mut model: FlowModel) -> Result<Reply<FlowModel>> {
        let (namespace, flow_id) = (known(&model.namespace), known(&model.flow_id));
        let client = cx.client.client()?;
        let flow = client.flows().get(namespace, flow_id).await.explain("Could not look up the flow")?;
        model.id = Attr::Known(format!("{namespace}/{flow_id}"));
        model.content = flow.source.into();
        model.revision = revision(flow.revision);
        model.tenant_id = cx.client.tenant();
        Ok(model.into())
    }
}
