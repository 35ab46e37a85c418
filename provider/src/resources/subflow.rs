//! `kestra_subflow`: a flow that other flows call, with its contract as attributes.

use std::collections::BTreeMap;

use schema::contract::{Contract, Parameter as ContractParameter};
use tfplugin::diagnostics::{Diagnostic, Diagnostics};
use tfplugin::model::{Attr, Model};

use super::flow::FlowModel;
use super::flow_object::{FlowKind, FlowObject};
use crate::flow_source::{FlowSource, content, diagnostic};

/// A flow that other flows call: on the server a flow like any other, here one with a contract.
///
/// `inputs` and `outputs` are read from the document, so that callers can refer to them and Terraform creates the subflow
/// first. A subflow has no triggers, and every input and output has a type.
#[derive(Clone, Debug, Default, Model)]
pub(crate) struct SubflowModel {
    #[attr(flatten)]
    pub(crate) flow: FlowModel,
    /// Inputs by name.
    #[attr(computed)]
    pub(crate) inputs: Attr<BTreeMap<String, Parameter>>,
    /// Outputs by name.
    #[attr(computed)]
    pub(crate) outputs: Attr<BTreeMap<String, Parameter>>,
    /// What a `Subflow` task needs to call it.
    #[attr(computed)]
    pub(crate) reference: Attr<Reference>,
}

/// An input or an output.
#[derive(Clone, Debug, Default, Model)]
pub(crate) struct Parameter {
    /// Kestra's name of the type, such as `STRING` or `ARRAY`.
    #[attr(computed)]
    pub(crate) r#type: Attr<String>,
    /// Whether a caller must give it.
    #[attr(computed)]
    pub(crate) required: Attr<bool>,
    /// The value it has when a caller gives none, as JSON.
    #[attr(computed)]
    pub(crate) default: Attr<String>,
    /// What it is for.
    #[attr(computed)]
    pub(crate) description: Attr<String>,
}

/// The name of a flow in `Subflow` tasks.
#[derive(Clone, Debug, Default, Model)]
pub(crate) struct Reference {
    /// Namespace of the subflow.
    #[attr(computed)]
    pub(crate) namespace: Attr<String>,
    /// Id of the subflow.
    #[attr(computed)]
    pub(crate) flow_id: Attr<String>,
}

/// The resource type.
pub(crate) static SUBFLOW: FlowObject<SubflowModel> = FlowObject::new();

impl FlowKind for SubflowModel {
    const NAME: &'static str = "kestra_subflow";
    const HAS_CALLERS: bool = true;

    fn flow(&self) -> &FlowModel {
        &self.flow
    }

    fn flow_mut(&mut self) -> &mut FlowModel {
        &mut self.flow
    }

    fn problems(flow: &schema::flow::Flow) -> Diagnostics {
        Contract::problems(flow).into_iter().map(diagnostic).collect()
    }

    fn complete(&mut self, source: Option<&FlowSource>) {
        let Some(source) = source else {
            (self.inputs, self.outputs) = (Attr::Unknown, Attr::Unknown);
            self.reference = self.own_reference();
            return;
        };
        let contract = Contract::of(&source.flow);
        self.inputs = Attr::Known(parameters(contract.inputs));
        self.outputs = Attr::Known(parameters(contract.outputs));
        self.reference = self.own_reference();
    }

    fn keep_computed(&mut self, prior: &Self) {
        self.inputs.clone_from(&prior.inputs);
        self.outputs.clone_from(&prior.outputs);
        self.reference.clone_from(&prior.reference);
    }

    /// A state that another provider or release wrote may lack the contract.
    fn has_text(&self, text: &str) -> bool {
        let has_contract = self.inputs.known().is_some() && self.outputs.known().is_some();
        has_contract && self.reference.known().is_some() && self.flow.has_text(text)
    }

    fn remarks(prior: &Self, planned: &Self) -> Diagnostics {
        let inputs = prior.inputs.known().zip(planned.inputs.known());
        let outputs = prior.outputs.known().zip(planned.outputs.known());
        let (Some(inputs), Some(outputs)) = (inputs, outputs) else {
            return Diagnostics::new();
        };
        let breaks = [
            ("inputs that callers give are gone", lost(inputs)),
            ("callers must give inputs that they could leave out", demanded(inputs)),
            ("inputs have another type", retyped(inputs)),
            ("outputs that callers read are gone", lost(outputs)),
            ("outputs have another type", retyped(outputs)),
        ];
        let breaks = breaks.into_iter().filter(|(_, names)| !names.is_empty());
        breaks.map(|(what, names)| contract_breaks(what, &names)).collect()
    }
}

type Parameters = BTreeMap<String, Parameter>;

impl SubflowModel {
    fn own_reference(&self) -> Attr<Reference> {
        Attr::Known(Reference { namespace: self.flow.namespace.clone(), flow_id: self.flow.flow_id.clone() })
    }
}

impl Parameter {
    fn must_be_given(&self) -> bool {
        self.required.known() == Some(&true) && self.default.is_null()
    }
}

fn parameters(declared: impl IntoIterator<Item = (String, ContractParameter)>) -> Parameters {
    let parameter = |parameter: ContractParameter| Parameter {
        r#type: Attr::Known(parameter.kind),
        required: Attr::Known(parameter.required),
        default: parameter.default.map(|default| default.to_string()).into(),
        description: parameter.description.into(),
    };
    declared.into_iter().map(|(name, declared)| (name, parameter(declared))).collect()
}

/// Parameters as they were and as they will be.
type Change<'a> = (&'a Parameters, &'a Parameters);

fn lost((before, after): Change<'_>) -> Vec<&str> {
    let names = before.keys().filter(|name| !after.contains_key(*name));
    names.map(String::as_str).collect()
}

fn demanded((before, after): Change<'_>) -> Vec<&str> {
    let given = |name| before.get(name).is_some_and(Parameter::must_be_given);
    let demanded = after.iter().filter(|(name, parameter)| parameter.must_be_given() && !given(*name));
    demanded.map(|(name, _)| name.as_str()).collect()
}

fn retyped((before, after): Change<'_>) -> Vec<&str> {
    let other = |(name, parameter): &(&String, &Parameter)| {
        before.get(*name).is_some_and(|before| before.r#type != parameter.r#type)
    };
    after.iter().filter(other).map(|(name, _)| name.as_str()).collect()
}

fn contract_breaks(what: &str, names: &[&str]) -> Diagnostic {
    let detail = format!(
        "Callers of this subflow may fail: {what} ({}). Change the callers in the same apply, or keep the old contract.",
        names.join(", ")
    );
    Diagnostic::warning("Contract of the subflow breaks", detail).at(content())
}
