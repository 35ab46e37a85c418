//! `kestra_flow`: a flow, written as YAML.

use tfplugin::model::{Attr, Model};

use super::flow_object::{FlowKind, FlowObject};

/// A [flow](https://kestra.io/docs/workflow-components/flow): tasks and triggers in one YAML document.
///
/// The document is checked offline while planning, with line and column, and by the server before anything is written. A
/// changed text is always deployed, comments included; a text on the server that means the same is no difference.
///
/// Calls of other flows are checked as well: missing, unknown and ill-typed inputs, unknown outputs, and flows that start
/// each other without end. Where one plan has both flows and changes one of them, a wrong call is an error; beside a flow
/// that only the server has, it is a warning.
#[derive(Clone, Debug, Default, Model)]
pub(crate) struct FlowModel {
    /// `namespace/flow_id`, as for `terraform import`.
    #[attr(computed, id)]
    pub(crate) id: Attr<String>,
    /// Namespace of the flow. Taken from `content`; if set, it must be the same.
    #[attr(optional, computed, identity)]
    pub(crate) namespace: Attr<String>,
    /// Id of the flow. Taken from `content`; if set, it must be the same. Set it where `content` is known only after apply and
    /// may come with another id: a flow that changes its id during an apply cannot be replaced.
    #[attr(optional, computed, identity)]
    pub(crate) flow_id: Attr<String>,
    /// The flow as YAML, kept on the server letter by letter.
    #[attr(required)]
    pub(crate) content: Attr<String>,
    /// Revision that the server gave to this content.
    #[attr(computed)]
    pub(crate) revision: Attr<i64>,
    /// Tenant of the flow: that of the provider. Another tenant means another flow.
    #[attr(computed, stable, replace)]
    pub(crate) tenant_id: Attr<String>,
}

/// The resource type.
pub(crate) static FLOW: FlowObject<FlowModel> = FlowObject::new();

impl FlowKind for FlowModel {
    const NAME: &'static str = "kestra_flow";

    fn flow(&self) -> &FlowModel {
        self
    }

    fn flow_mut(&mut self) -> &mut FlowModel {
        self
    }
}
