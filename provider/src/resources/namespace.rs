//! `kestra_namespace`: a namespace with settings of its own, which only Kestra Enterprise has.

use client::{AllowedNamespace as Allowed, Client, Edition, Error, Namespace as Settings};
use serde_json::{Map, Value as Json};
use tfplugin::diagnostics::{Diagnostic, Diagnostics, Result};
use tfplugin::model::{Attr, Model};
use tfplugin::resource::{
    ApplyError, CreateRequest, DeleteRequest, MoveRequest, Moved, Plan, PlanRequest, ReadRequest, Resource,
    Saved, UpdateRequest,
};
use tfplugin::value::Path;
use tfplugin::{Context, Private};

use crate::explain::{Explain, already_exists, deleted};
use crate::kestra::{Kestra, known};
use crate::takeover;

/// A [namespace](https://kestra.io/docs/workflow-components/namespace) with settings of its own. Needs Kestra Enterprise: in
/// the open-source edition a namespace is only a name and exists as soon as something is in it.
///
/// Settings that are not attributes here stay as they are on the server.
#[derive(Clone, Debug, Default, Model)]
pub(crate) struct NamespaceModel {
    /// The namespace, as for `terraform import`.
    #[attr(computed, id)]
    id: Attr<String>,
    /// The namespace, such as `company.team`.
    #[attr(required, identity)]
    namespace_id: Attr<String>,
    /// What the namespace is for.
    #[attr(optional)]
    description: Attr<String>,
    /// Variables of all flows in the namespace, as a YAML map.
    #[attr(optional)]
    variables: Attr<String>,
    /// Namespaces that may use the flows and files of this one; every one may when none is named.
    #[attr(block)]
    allowed_namespaces: Attr<Vec<AllowedNamespace>>,
    /// Tenant of the namespace: that of the provider. Another tenant means another namespace.
    #[attr(computed, stable, replace)]
    tenant_id: Attr<String>,
}

/// A namespace that may use this one.
#[derive(Clone, Debug, Default, Model)]
pub(crate) struct AllowedNamespace {
    /// The other namespace.
    #[attr(required)]
    namespace: Attr<String>,
}

/// The resource type.
pub(crate) struct Namespace;

impl Resource for Namespace {
    type Client = Kestra;
    type Model = NamespaceModel;

    const NAME: &'static str = "kestra_namespace";

    fn validate(&self, config: &NamespaceModel) -> Result<Diagnostics> {
        config.variables_on_server()?;
        Ok(Diagnostics::new())
    }

    async fn plan(
        &self,
        cx: &Context<Kestra>,
        request: PlanRequest<NamespaceModel>,
    ) -> Result<Plan<NamespaceModel>> {
        let mut planned = request.planned;
        cx.client.plan_tenant(&mut planned.tenant_id);
        if let Some(prior) = &request.prior {
            planned.keep_spelling(prior);
        }
        if let Some(client) = cx.client.client_if_ready() {
            let server = client.server().await.explain("Could not ask the server for its edition")?;
            needs_enterprise(server.edition)?;
        }
        Ok(Plan::new(planned, request.private))
    }

    async fn create(
        &self,
        cx: &Context<Kestra>,
        request: CreateRequest<NamespaceModel>,
    ) -> Result<Saved<NamespaceModel>, ApplyError<NamespaceModel>> {
        let mut planned = request.planned;
        let settings = planned.on_server(Map::new())?;
        let client = cx.client.client()?;
        let created = client.namespaces().create(&settings).await;
        match arrived(client, &planned, created).await {
            Err(error @ Error::AlreadyExists { .. }) => {
                let diagnostics =
                    already_exists("Namespace already exists", &error, Self::NAME, &settings.id);
                return Err(diagnostics.into());
            }
            created => created.explain("Could not create the namespace")?,
        };
        planned.tenant_id = cx.client.tenant();
        Ok(Saved::new(planned, Private::default()))
    }

    async fn read(
        &self,
        cx: &Context<Kestra>,
        request: ReadRequest<NamespaceModel>,
    ) -> Result<Option<Saved<NamespaceModel>>> {
        let ReadRequest { mut state, private } = request;
        let found = match cx.client.client()?.namespaces().get(known(&state.namespace_id)).await {
            Err(error) if error.is_gone() => return Ok(None),
            found => found.explain("Could not read the namespace")?,
        };
        state.adopt(found);
        state.tenant_id = cx.client.tenant();
        Ok(Some(Saved::new(state, private)))
    }

    async fn update(
        &self,
        cx: &Context<Kestra>,
        request: UpdateRequest<NamespaceModel>,
    ) -> Result<Saved<NamespaceModel>, ApplyError<NamespaceModel>> {
        let mut planned = request.planned;
        let namespaces = cx.client.client()?.namespaces();
        let before =
            namespaces.get(known(&planned.namespace_id)).await.explain("Could not read the namespace")?;
        let settings = planned.on_server(before.extra)?;
        namespaces.update(&settings).await.explain("Could not update the namespace")?;
        planned.tenant_id = cx.client.tenant();
        Ok(Saved::new(planned, request.private))
    }

    async fn delete(
        &self,
        cx: &Context<Kestra>,
        request: DeleteRequest<NamespaceModel>,
    ) -> Result<Diagnostics> {
        let outcome = cx.client.client()?.namespaces().delete(known(&request.prior.namespace_id)).await;
        deleted(outcome, "Could not delete the namespace")
    }

    fn move_state(&self, source: MoveRequest) -> Result<Option<Moved<NamespaceModel>>> {
        takeover::from(&[Self::NAME], source)
    }
}

/// A create whose answer was lost may have arrived all the same: what the server has now decides.
async fn arrived(
    client: &Client,
    planned: &NamespaceModel,
    created: std::result::Result<Settings, Error>,
) -> std::result::Result<Settings, Error> {
    let error = match created {
        Err(error) if error.leaves_outcome_unknown() => error,
        certain => return certain,
    };
    match client.namespaces().get(known(&planned.namespace_id)).await {
        Ok(found) if planned.means(&found) => Ok(found),
        _ => Err(error),
    }
}

impl NamespaceModel {
    /// Whether the server's settings are those that are planned.
    fn means(&self, found: &Settings) -> bool {
        let mut read = self.clone();
        read.adopt(found.clone());
        read.to_value() == self.to_value()
    }

    /// The settings to send, beside those that are not attributes here.
    fn on_server(&self, extra: Map<String, Json>) -> Result<Settings> {
        let allowed = self.allowed_namespaces.known().into_iter().flatten();
        let allowed =
            allowed.map(|allowed| Allowed { namespace: known(&allowed.namespace).to_owned() }).collect();
        Ok(Settings {
            id: known(&self.namespace_id).to_owned(),
            description: self.description.known().cloned(),
            variables: self.variables_on_server()?,
            allowed_namespaces: Some(allowed),
            extra,
        })
    }

    fn variables_on_server(&self) -> Result<Option<Map<String, Json>>> {
        self.variables.as_str().map(variables).transpose()
    }

    /// Plans no change where only the spelling of the variables differs, as after an import.
    fn keep_spelling(&mut self, prior: &Self) {
        let variables = |model: &Self| model.variables_on_server().ok().flatten();
        if variables(self).is_some() && variables(self) == variables(prior) {
            self.variables = prior.variables.clone();
        }
    }

    /// Takes over what the server has. What means the same keeps the spelling in the state; nothing and empty are the same.
    fn adopt(&mut self, found: Settings) {
        let description = found.description.filter(|text| !text.is_empty());
        if self.description.as_str().filter(|text| !text.is_empty()) != description.as_deref() {
            self.description = description.into();
        }
        let given =
            |variables: Option<Map<String, Json>>| variables.filter(|variables| !variables.is_empty());
        let variables = given(found.variables);
        if self.variables_on_server().ok().map(given) != Some(variables.clone()) {
            self.variables = variables.map(|variables| Json::Object(variables).to_string()).into();
        }
        let allowed = found.allowed_namespaces.into_iter().flatten();
        let allowed = allowed.map(|allowed| AllowedNamespace { namespace: Attr::Known(allowed.namespace) });
        self.allowed_namespaces = Attr::Known(allowed.collect());
    }
}

fn variables(text: &str) -> Result<Map<String, Json>> {
    let invalid = |problem: String| {
        Diagnostic::error("Invalid variables", problem).at(Path::root().attribute("variables")).into()
    };
    let node = schema::yaml::parse(text).map_err(|error| invalid(error.to_string()))?;
    match node.to_json() {
        Json::Object(variables) => Ok(variables),
        _ => Err(invalid("Variables are a YAML map of names to values, such as `region: eu`.".to_owned())),
    }
}

fn needs_enterprise(edition: Edition) -> Result<()> {
    match edition {
        Edition::Enterprise => Ok(()),
        Edition::OpenSource => Err(Diagnostics::error(
            "Namespaces need Kestra Enterprise",
            "The server is the open-source edition, where a namespace is only a name: it exists as soon as a flow, file or KV \
             entry is in it, and has no settings. Remove this resource; everything else works without it. To serve both \
             editions from one configuration, count it by `data.kestra_server`.",
        )),
    }
}
