//! What `kestra_flow` and `kestra_subflow` have in common: on the server both are flows.

use std::marker::PhantomData;
use std::sync::Arc;

use client::{Client, Error, Read};
use schema::contract::FlowName;
use schema::diff::Diff;
use schema::flow::Flow;
use tfplugin::diagnostics::{Diagnostic, Diagnostics, Result};
use tfplugin::model::{Attr, Model};
use tfplugin::resource::{
    ApplyError, CreateRequest, DeleteRequest, MoveRequest, Moved, Plan, PlanRequest, ReadRequest, Resource,
    Saved, UpdateRequest,
};
use tfplugin::value::Path;
use tfplugin::{Context, Private};

use super::flow::FlowModel;
use super::subflow::SubflowModel;
use crate::explain::{Explain, already_exists, deleted, explained};
use crate::flow_source::{FlowSource, content};
use crate::kestra::{Kestra, known, revision};
use crate::server_check::Asked;
use crate::walk::PlannedFlow;
use crate::{contracts, server_check, stamp, takeover};

/// A resource type whose objects are flows on the server.
pub(crate) trait FlowKind: Model + Clone {
    const NAME: &'static str;

    fn flow(&self) -> &FlowModel;

    fn flow_mut(&mut self) -> &mut FlowModel;

    /// Rules beyond those of every flow.
    fn problems(flow: &Flow) -> Diagnostics {
        let _ = flow;
        Diagnostics::new()
    }

    /// Fills in what this type computes from the text; with no readable text it is unknown.
    fn complete(&mut self, source: Option<&FlowSource>) {
        let _ = source;
    }

    /// Takes over what this type computes from a text that has not changed.
    fn keep_computed(&mut self, prior: &Self) {
        let _ = prior;
    }

    /// Whether this is an object of the text, with all that is computed from it: nothing has to be read again.
    fn has_text(&self, text: &str) -> bool {
        self.flow().content.as_str() == Some(text)
    }

    /// Takes over everything that comes from a text that has not changed.
    fn keep(&mut self, prior: &Self) {
        let (flow, before) = (self.flow_mut(), prior.flow());
        flow.namespace.clone_from(&before.namespace);
        flow.flow_id.clone_from(&before.flow_id);
        flow.revision = before.revision;
        self.keep_computed(prior);
    }

    /// Whether its callers are of interest: what concerns them is said as long as there are any.
    const HAS_CALLERS: bool = false;

    /// What a planned change means for callers.
    fn remarks(prior: &Self, planned: &Self) -> Diagnostics {
        let _ = (prior, planned);
        Diagnostics::new()
    }
}

/// The resource of a [`FlowKind`].
pub(crate) struct FlowObject<K>(PhantomData<fn() -> K>);

impl<K> FlowObject<K> {
    pub(crate) const fn new() -> Self {
        Self(PhantomData)
    }
}

impl<K: FlowKind> Resource for FlowObject<K> {
    type Client = Kestra;
    type Model = K;

    const NAME: &'static str = K::NAME;

    fn validate(&self, config: &K) -> Result<Diagnostics> {
        let Some(text) = config.flow().content.as_str() else {
            return Ok(Diagnostics::new());
        };
        let source = FlowSource::parse(text)?;
        let mut diagnostics = FlowSource::problems(&source.flow, None);
        diagnostics.extend(K::problems(&source.flow));
        diagnostics.extend(misnamed(config.flow(), &source));
        diagnostics.into_result()
    }

    async fn plan(&self, cx: &Context<Kestra>, request: PlanRequest<K>) -> Result<Plan<K>> {
        let PlanRequest { config, prior, mut planned, private } = request;
        cx.client.plan_tenant(&mut planned.flow_mut().tenant_id);
        let Some(text) = config.flow().content.as_str() else {
            keep_name(prior.as_ref(), &mut planned);
            planned.complete(None);
            if let Some(name) = flow_name(planned.flow()) {
                cx.client.walk().plan(PlannedFlow::unknown(name));
            }
            return Ok(Plan::new(planned, private));
        };
        if let Some(prior) = prior.as_ref().filter(|prior| prior.has_text(text)) {
            planned.keep(prior);
            let mut plan = Plan::new(planned, private);
            if let Some(name) = flow_name(prior.flow()) {
                let found = contracts::check(&cx.client, PlannedFlow::unchanged(name, text), None).await;
                plan.warnings = found.into_result()?;
            }
            return Ok(plan);
        }
        let source = FlowSource::parse(text)?;
        name(&mut planned, &source);
        planned.complete(Some(&source));
        let mut plan = Plan::new(planned, private);
        let changed = PlannedFlow::changed(source.name.clone(), text, Arc::clone(&source.flow));
        let asked = Asked::ask(&cx.client).await;
        let mut found = contracts::check(&cx.client, changed, asked.as_ref()).await;
        let checked = server_check::check(&cx.client, asked.as_ref(), &source, text).await;
        found.extend(checked.unwrap_or_else(|refused| refused));
        plan.warnings = found.into_result()?;
        if let Some(prior) = &prior {
            plan.warnings.extend(starts_differently(prior.flow(), &source));
            let remarks = K::remarks(prior, &plan.planned);
            if !remarks.is_empty() && !callers::<K>(&cx.client, prior).await.is_empty() {
                plan.warnings.extend(remarks);
            }
        }
        Ok(plan)
    }

    async fn plan_delete(&self, cx: &Context<Kestra>, request: DeleteRequest<K>) -> Result<Diagnostics> {
        let callers = callers::<K>(&cx.client, &request.prior).await;
        Ok((!callers.is_empty()).then(|| still_called(&callers)).into_iter().collect())
    }

    async fn create(
        &self,
        cx: &Context<Kestra>,
        request: CreateRequest<K>,
    ) -> Result<Saved<K>, ApplyError<K>> {
        let client = cx.client.client()?;
        cx.client.walk().apply();
        let created = client.flows().create(known(&request.planned.flow().content)).await;
        let created = match arrived(client, request.planned.flow(), created).await {
            Err(error @ Error::AlreadyExists { .. }) => {
                return Err(taken(&cx.client, &request.planned, &error).into());
            }
            created => created.map_err(|error| refused("Could not create the flow", &error))?,
        };
        cx.client.walk().create(FlowName { namespace: created.namespace.clone(), id: created.id.clone() });
        saved(cx, request.planned, &created)
    }

    async fn read(&self, cx: &Context<Kestra>, request: ReadRequest<K>) -> Result<Option<Saved<K>>> {
        let ReadRequest { mut state, mut private } = request;
        let (namespace, flow_id) = named(state.flow());
        let stamp = stamp::of(&private);
        let read = cx.client.client()?.flows().current(namespace, flow_id, stamp.as_ref()).await;
        state.flow_mut().tenant_id = cx.client.tenant();
        match read.explain("Could not read the flow")? {
            Read::Gone => return Ok(None),
            Read::Unchanged { stamp } if state.has_text(known(&state.flow().content)) => {
                stamp::remember(&mut private, Some(&stamp));
                return Ok(Some(Saved::new(state, private)));
            }
            Read::Unchanged { stamp } => stamp::remember(&mut private, Some(&stamp)),
            Read::Found { object, stamp } => {
                adopt(state.flow_mut(), object);
                stamp::remember(&mut private, stamp.as_ref());
            }
        }
        let source = FlowSource::parse(known(&state.flow().content)).ok();
        state.complete(source.as_ref());
        Ok(Some(Saved::new(state, private)))
    }

    async fn update(
        &self,
        cx: &Context<Kestra>,
        request: UpdateRequest<K>,
    ) -> Result<Saved<K>, ApplyError<K>> {
        let client = cx.client.client()?;
        cx.client.walk().apply();
        let (namespace, flow_id) = named(request.planned.flow());
        let text = known(&request.planned.flow().content);
        let updated = client.flows().update(namespace, flow_id, text).await;
        let updated = arrived(client, request.planned.flow(), updated).await;
        let updated = updated.map_err(|error| refused("Could not update the flow", &error))?;
        saved(cx, request.planned, &updated)
    }

    async fn delete(&self, cx: &Context<Kestra>, request: DeleteRequest<K>) -> Result<Diagnostics> {
        cx.client.walk().apply();
        let (namespace, flow_id) = named(request.prior.flow());
        deleted(cx.client.client()?.flows().delete(namespace, flow_id).await, "Could not delete the flow")
    }

    /// A flow that becomes a subflow, or the reverse, stays what it is on the server.
    fn move_state(&self, source: MoveRequest) -> Result<Option<Moved<K>>> {
        takeover::from(&[FlowModel::NAME, SubflowModel::NAME], source)
    }

    /// The content says the names.
    fn generate_config(&self, mut state: K) -> K {
        let flow = state.flow_mut();
        (flow.namespace, flow.flow_id) = (Attr::Null, Attr::Null);
        state
    }
}

/// Who changes a task seldom means to change when the flow runs.
fn starts_differently(prior: &FlowModel, planned: &FlowSource) -> Option<Diagnostic> {
    let diff = Diff::between(&Flow::parse(prior.content.as_str()?).ok()?, &planned.flow);
    let summary = diff.summary().filter(|_| diff.changes_start())?;
    let detail = format!("Beside the flow as it is now, {summary}.");
    Some(Diagnostic::warning("Flow starts differently", detail).at(content()))
}

/// A write whose answer was lost may have arrived all the same: what the server has now decides.
async fn arrived(
    client: &Client,
    planned: &FlowModel,
    written: std::result::Result<client::Flow, Error>,
) -> std::result::Result<client::Flow, Error> {
    let error = match written {
        Err(error) if error.leaves_outcome_unknown() => error,
        certain => return certain,
    };
    let (namespace, flow_id) = named(planned);
    match client.flows().get(namespace, flow_id).await {
        Ok(flow) if flow.source == planned.content.known().cloned() => Ok(flow),
        _ => Err(error),
    }
}

/// The flows that call this one, where that is of interest. It is only good for remarks, so a server that does not say is
/// no failure.
async fn callers<K: FlowKind>(kestra: &Kestra, prior: &K) -> Vec<FlowName> {
    let (true, Some(client)) = (K::HAS_CALLERS, kestra.client_if_ready()) else {
        return Vec::new();
    };
    let (namespace, flow_id) = named(prior.flow());
    client.flows().callers(namespace, flow_id).await.unwrap_or_default()
}

fn still_called(callers: &[FlowName]) -> Diagnostic {
    let names: Vec<String> = callers.iter().map(ToString::to_string).collect();
    let detail = format!(
        "Flows on the server call this subflow, and fail once it is deleted: {}. Change or delete them in the same apply, or \
         keep the subflow.",
        names.join(", ")
    );
    Diagnostic::warning("Subflow is still called", detail)
}

/// The name of a flow, as far as it is known.
fn flow_name(flow: &FlowModel) -> Option<FlowName> {
    let (namespace, id) = (flow.namespace.as_str()?, flow.flow_id.as_str()?);
    Some(FlowName { namespace: namespace.to_owned(), id: id.to_owned() })
}

fn named(flow: &FlowModel) -> (&str, &str) {
    (known(&flow.namespace), known(&flow.flow_id))
}

/// The names in the attributes, where they are set, must be those in the text.
fn misnamed(config: &FlowModel, source: &FlowSource) -> Diagnostics {
    let names = [
        ("namespace", "namespace", &config.namespace, &source.name.namespace),
        ("flow_id", "id", &config.flow_id, &source.name.id),
    ];
    let differing = names.into_iter().filter_map(|(attribute, key, given, written)| {
        let given = given.as_str().filter(|given| given != written)?;
        let detail = format!(
            "The attribute is {given:?} and the flow's `{key}` is {written:?}. Make them the same, or leave out the attribute."
        );
        Some(Diagnostic::error("Flow is named differently", detail).at(Path::root().attribute(attribute)))
    });
    differing.collect()
}

fn name<K: FlowKind>(planned: &mut K, source: &FlowSource) {
    let flow = planned.flow_mut();
    flow.namespace = Attr::Known(source.name.namespace.clone());
    flow.flow_id = Attr::Known(source.name.id.clone());
}

/// A text that is not known yet hardly ever renames the flow; planning a new flow for it would delete the old one.
fn keep_name<K: FlowKind>(prior: Option<&K>, planned: &mut K) {
    let Some(prior) = prior.map(FlowKind::flow) else {
        return;
    };
    let flow = planned.flow_mut();
    if flow.namespace.is_unknown() {
        flow.namespace = prior.namespace.clone();
    }
    if flow.flow_id.is_unknown() {
        flow.flow_id = prior.flow_id.clone();
    }
}

/// What the server has. A text that means the same keeps the spelling in the state, so that it is no difference.
fn adopt(state: &mut FlowModel, found: client::Flow) {
    state.revision = revision(found.revision);
    let Some(source) = found.source else { return };
    let keep = state.content.as_str().is_some_and(|text| schema::meaning::same(text, &source));
    if !keep {
        state.content = Attr::Known(source);
    }
}

fn saved<K: FlowKind>(
    cx: &Context<Kestra>,
    mut planned: K,
    flow: &client::Flow,
) -> Result<Saved<K>, ApplyError<K>> {
    planned.flow_mut().revision = revision(flow.revision);
    planned.flow_mut().tenant_id = cx.client.tenant();
    let source = planned.flow().content.as_str().and_then(|text| FlowSource::parse(text).ok());
    if let Some(source) = &source {
        name(&mut planned, source);
    }
    planned.complete(source.as_ref());
    Ok(Saved::new(planned, Private::default()))
}

/// The server's objections are about the text.
fn refused(summary: &str, error: &Error) -> Diagnostics {
    let about_text = matches!(error, Error::Invalid { .. });
    let diagnostics = explained(summary, error);
    if !about_text {
        return diagnostics;
    }
    diagnostics.into_iter().map(|diagnostic| diagnostic.at(content())).collect()
}

/// Whose flow it is that is already there: another resource's of this apply, or nobody's here.
fn taken<K: FlowKind>(kestra: &Kestra, planned: &K, error: &Error) -> Diagnostics {
    let (namespace, flow_id) = named(planned.flow());
    if flow_name(planned.flow()).is_some_and(|name| kestra.walk().has_created(&name)) {
        let detail = format!(
            "Another resource of this configuration has just created the flow {namespace}/{flow_id}. A flow belongs to one \
             resource: remove one of the two, or give its flow another id."
        );
        return Diagnostic::error("Flow is declared twice", detail).at(content()).into();
    }
    already_exists("Flow already exists", error, K::NAME, &format!("{namespace}/{flow_id}"))
}
