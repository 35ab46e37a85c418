//! The server's own opinion of a changed flow, asked while planning. The server knows plugins and other flows, which no
//! offline check does.

use client::{Client, Error, Validation};
use schema::KestraLine;
use tfplugin::diagnostics::{Diagnostic, Diagnostics, Result};

use crate::explain::explained;
use crate::flow_source::{FlowSource, content};
use crate::kestra::Kestra;

/// Checks a changed text: by the rules of the server's line, then by the server. Returns warnings.
///
/// A server that cannot be asked is a warning, as it may come to life during this very apply; one that refuses the
/// credentials is an error, as it will refuse the write too.
pub(crate) async fn check(kestra: &Kestra, source: &FlowSource, text: &str) -> Result<Diagnostics> {
    let Some(client) = kestra.client_if_ready() else {
        return FlowSource::problems(&source.flow, None).into_result();
    };
    let line = line(client).await;
    let mut diagnostics = FlowSource::problems(&source.flow, line).into_result()?;
    match client.flows().validate(text).await {
        Ok(validations) => diagnostics.extend(validations.iter().flat_map(findings)),
        Err(error @ (Error::Unauthorized { .. } | Error::Forbidden { .. } | Error::Cancelled { .. })) => {
            return Err(explained("Could not check the flow", &error));
        }
        Err(error) => diagnostics.push(unchecked(&error)),
    }
    diagnostics.into_result()
}

/// The server's line; a server that does not answer, or a line that is not supported, decides nothing.
async fn line(client: &Client) -> Option<KestraLine> {
    client.server().await.ok()?.version.parse().ok()
}

fn findings(validation: &Validation) -> Vec<Diagnostic> {
    let errors = validation
        .constraints
        .iter()
        .map(|text| Diagnostic::error("Kestra refuses the flow", text.trim()));
    let warnings = validation
        .warnings
        .iter()
        .map(|text| Diagnostic::warning("Kestra warns about the flow", text));
    let deprecations = validation.deprecation_paths.iter().map(|path| {
        Diagnostic::warning(
            "Flow uses something deprecated",
            format!("Kestra says that {path} is deprecated."),
        )
    });
    errors
        .chain(warnings)
        .chain(deprecations)
        .map(|diagnostic| diagnostic.at(content()))
        .collect()
}

fn unchecked(error: &Error) -> Diagnostic {
    let detail = format!("The flow passed the offline check; Kestra itself could not be asked. {error}");
    Diagnostic::warning("Flow is checked offline only", detail)
}
