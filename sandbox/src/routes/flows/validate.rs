//! Validation without saving: always 200, one report per document.

use std::sync::LazyLock;

use regex::Regex;
use rusqlite::Connection;
use serde::Serialize;

use crate::{
    call::Call,
    fault::Fault,
    flow::{self, Inspection},
    reply::{self, Reply},
    store::{self, flows},
};

/// What Kestra says about one document; the lists are there only when it could be read.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Report {
    index: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    filename: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    namespace: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    flow: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    constraints: Option<String>,
    outdated: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    deprecation_paths: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    warnings: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    infos: Option<Vec<String>>,
}

pub(super) async fn validate(call: Call) -> Reply {
    let app = call.app.clone();
    // Read before the store is asked: in memory, its one connection would keep every write waiting meanwhile.
    let rules = call.app.rules();
    let inspect = |(filename, source): (_, String)| (filename, flow::inspect(&source, rules));
    let documents: Vec<_> = documents(call).await?.into_iter().map(inspect).collect();
    let reports = app.store.read(move |c| {
        let report = |(index, (filename, inspection))| report(c, index, filename, &inspection);
        documents.into_iter().enumerate().map(report).collect::<Result<Vec<_>, store::Error>>()
    });
    reply::json(&reports.await?)
}

/// The documents of a request, each with its file's name when it has one.
async fn documents(call: Call) -> Result<Vec<(Option<String>, String)>, Fault> {
    match call.media_type().as_str() {
        "multipart/form-data" => {
            let parts = call.parts().await?.into_iter().filter(|part| part.name == "flows");
            Ok(parts
                .map(|part| (part.file_name, String::from_utf8_lossy(&part.content).into_owned()))
                .collect())
        }
        _ => Ok(split(call.text().trim()).into_iter().map(|source| (None, source)).collect()),
    }
}

/// A separator is a line of dashes; unlike a bulk update, dashes inside a text are none.
fn split(text: &str) -> Vec<String> {
    static SEPARATOR: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"\n+---\n*?").expect("a constant pattern"));
    let mut documents: Vec<String> = SEPARATOR.split(text).map(str::to_owned).collect();
    // Java's split drops what is empty at the end, except when nothing is left.
    while documents.len() > 1 && documents.last().is_some_and(String::is_empty) {
        documents.pop();
    }
    documents
}

fn report(
    connection: &Connection,
    index: usize,
    filename: Option<String>,
    inspection: &Inspection,
) -> Result<Report, store::Error> {
    let mut report = Report {
        index,
        filename,
        namespace: None,
        flow: None,
        constraints: inspection.constraints(),
        outdated: false,
        deprecation_paths: None,
        warnings: None,
        infos: None,
    };
    let Some(identified) = inspection.model() else {
        return Ok(report);
    };
    report.namespace = identified.namespace().map(Into::into);
    report.flow = identified.id().map(Into::into);
    report.outdated = outdated(connection, inspection)?;
    report.deprecation_paths = Some(inspection.deprecated().to_vec());
    report.infos = Some(inspection.aliases());
    report.warnings = Some(warnings(connection, inspection)?);
    Ok(report)
}

/// Calls of flows that are not there or not enabled.
fn warnings(connection: &Connection, inspection: &Inspection) -> Result<Vec<String>, store::Error> {
    let mut warnings = Vec::new();
    for (namespace, id) in inspection.subflows() {
        match flows::existing(connection, &namespace, &id)? {
            None => warnings.push(format!("The subflow '{id}' not found in namespace '{namespace}'.")),
            Some(found) if found.body.get("disabled") == Some(&true.into()) => {
                warnings.push(format!("The subflow '{id}' is disabled in namespace '{namespace}'."));
            }
            Some(_) => {}
        }
    }
    Ok(warnings)
}

/// A text that names a revision other than the next one was made from an older state.
fn outdated(connection: &Connection, inspection: &Inspection) -> Result<bool, store::Error> {
    let Some(flow) = inspection.model() else {
        return Ok(false);
    };
    let (Some(revision), Some(namespace), Some(id)) = (flow.revision(), flow.namespace(), flow.id()) else {
        return Ok(false);
    };
    Ok(revision != flows::next_revision(connection, &namespace, &id)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_are_split_at_lines_of_dashes() {
        for (text, expected) in [
            ("a", &["a"][..]),
            ("a\n---\nb", &["a", "\nb"]),
            ("a\n---", &["a"]),
            ("---\na", &["---\na"]),
            ("a: |\n  x\n  ---\n  y", &["a: |\n  x\n  ---\n  y"]),
            ("", &[""]),
        ] {
            assert_eq!(split(text), expected, "{text:?}");
        }
    }
}
