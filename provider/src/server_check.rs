//! The server's own opinion of a changed flow, asked while planning. The server knows plugins and other flows, which no
//! offline check does.

use client::{Client, Error, Server, Validation};
use schema::KestraLine;
use schema::contract::{FlowName, calls};
use schema::fixtures;
use schema::flow::Flow;
use tfplugin::diagnostics::{Diagnostic, Diagnostics, Result};

use crate::explain::explained;
use crate::flow_source::{FlowSource, content};
use crate::kestra::Kestra;

/// Checks a changed text: by the rules of the server's line, then by the server. Returns warnings.
///
/// A server that cannot be asked is a warning, as it may come to life during this very apply; one that refuses the
/// credentials is an error, as it will refuse the write too.
pub(crate) async fn check(
    kestra: &Kestra,
    asked: Option<&Asked<'_>>,
    source: &FlowSource,
    text: &str,
) -> Result<Diagnostics> {
    let mut diagnostics = FlowSource::problems(&source.flow, asked.and_then(Asked::line)).into_result()?;
    let Some(asked) = asked else { return Ok(diagnostics) };
    if has_fixtures(&source.flow) && !asked.has_fixtures() {
        return Err(no_fixtures());
    }
    match asked.opinion(text).await {
        Ok(validations) => {
            let coming = coming(kestra, source);
            let expected = |warning: &str| coming.iter().any(|subflow| is_missed_by(subflow, warning));
            diagnostics.extend(validations.iter().flat_map(|validation| findings(validation, &expected)));
        }
        Err(error @ (Error::Unauthorized { .. } | Error::Forbidden { .. } | Error::Cancelled { .. })) => {
            return Err(explained("Could not check the flow", &error));
        }
        Err(error) => diagnostics.push(unchecked(&error)),
    }
    diagnostics.into_result()
}

type Answer<T> = std::result::Result<T, Error>;

/// The server, asked who it is when a changed flow is planned. Who did not answer a moment ago is not asked again for this
/// flow: each time takes all attempts.
pub(crate) struct Asked<'kestra> {
    client: &'kestra Client,
    server: Answer<Server>,
}

impl<'kestra> Asked<'kestra> {
    /// Asks the server; `None` while nobody knows where it is.
    pub(crate) async fn ask(kestra: &'kestra Kestra) -> Option<Self> {
        let client = kestra.client_if_ready()?;
        Some(Self { client, server: client.server().await })
    }

    /// The server's line; a server that does not answer, or a line that is not supported, decides nothing.
    pub(crate) fn line(&self) -> Option<KestraLine> {
        self.server.as_ref().ok()?.line().ok()
    }

    /// The client, to ask for more.
    ///
    /// # Errors
    /// The server cannot be reached, or gave no answer that says anything.
    pub(crate) fn client(&self) -> Answer<&'kestra Client> {
        let is_silent =
            |error: &Error| matches!(error, Error::Unreachable { .. }) || error.leaves_outcome_unknown();
        match &self.server {
            Err(error) if is_silent(error) => Err(error.clone()),
            _ => Ok(self.client),
        }
    }

    /// Whether the server has fixtures; one that does not answer may.
    fn has_fixtures(&self) -> bool {
        self.server.as_ref().map_or(true, Server::has_fixtures)
    }

    async fn opinion(&self, text: &str) -> Answer<Vec<Validation>> {
        self.client()?.flows().validate(text).await
    }
}

fn has_fixtures(flow: &Flow) -> bool {
    flow.tasks().iter().any(|task| task.text("type").is_some_and(|name| name == fixtures::TYPE))
}

fn no_fixtures() -> Diagnostics {
    let detail = "The server has no fixtures, which this flow has for tasks. Start `flowsmith sandbox --engine` and let \
        the provider's `url` or KESTRA_URL point there.";
    Diagnostic::error("Flow is for tests only", detail).at(content()).into()
}

/// The subflows of a flow that are planned in this walk too: the server cannot know them yet.
fn coming(kestra: &Kestra, source: &FlowSource) -> Vec<FlowName> {
    let called = calls(&source.flow).into_iter().map(|call| call.callee);
    called.filter(|callee| kestra.walk().planned(callee).is_some()).collect()
}

/// The server names a missing subflow by its quoted id and namespace, whatever the words around them.
fn is_missed_by(subflow: &FlowName, warning: &str) -> bool {
    [&subflow.namespace, &subflow.id].iter().all(|name| warning.contains(&format!("'{name}'")))
}

fn findings(validation: &Validation, expected: &dyn Fn(&str) -> bool) -> Vec<Diagnostic> {
    let errors =
        validation.constraints.iter().map(|text| Diagnostic::error("Kestra refuses the flow", text.trim()));
    let warnings = validation
        .warnings
        .iter()
        .filter(|text| !expected(text))
        .map(|text| Diagnostic::warning("Kestra warns about the flow", text));
    let deprecations = validation.deprecation_paths.iter().map(|path| {
        Diagnostic::warning(
            "Flow uses something deprecated",
            format!("Kestra says that {path} is deprecated."),
        )
    });
    errors.chain(warnings).chain(deprecations).map(|diagnostic| diagnostic.at(content())).collect()
}

fn unchecked(error: &Error) -> Diagnostic {
    let detail = format!("The flow passed the offline check; Kestra itself could not be asked. {error}");
    Diagnostic::warning("Flow is checked offline only", detail)
}
