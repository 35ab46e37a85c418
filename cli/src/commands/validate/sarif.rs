//! Problems for code scanning services: [SARIF 2.1.0](https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html).

use std::{collections::BTreeSet, path::Path};

use schema::flow::Problem;
use serde_json::{Value, json};

use super::Checked;

/// One run with a result per problem.
pub(super) fn report(checked: &[Checked]) -> String {
    let problems =
        checked.iter().flat_map(|checked| checked.problems.iter().map(|p| (&*checked.file.path, p)));
    let codes: BTreeSet<&str> = problems.clone().map(|(_, problem)| problem.code).collect();
    let rules: Value = codes.into_iter().map(|code| json!({ "id": code })).collect();
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": { "name": "flowsmith", "version": env!("CARGO_PKG_VERSION"), "rules": rules } },
            "columnKind": "unicodeCodePoints",
            "results": problems.map(|(path, problem)| result(path, problem)).collect::<Value>(),
        }],
    });
    format!("{log:#}")
}

fn result(path: &Path, problem: &Problem) -> Value {
    let (start, end) = (problem.span.start, problem.span.end);
    json!({
        "ruleId": problem.code,
        "level": problem.severity.as_str(),
        "message": { "text": problem.message },
        "locations": [{
            "physicalLocation": {
                "artifactLocation": { "uri": uri(path) },
                "region": {
                    "startLine": start.line, "startColumn": start.column,
                    "endLine": end.line, "endColumn": end.column,
                },
            },
            "logicalLocations": [{ "fullyQualifiedName": problem.path.to_string() }],
        }],
    })
}

/// A relative reference, with `/` on every system.
fn uri(path: &Path) -> String {
    let parts = path.components().map(|part| part.as_os_str().to_string_lossy().replace(' ', "%20"));
    parts.collect::<Vec<_>>().join("/").replace("//", "/")
}
