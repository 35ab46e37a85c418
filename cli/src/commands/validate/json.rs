//! Problems for programs.

use schema::{flow::Problem, yaml::Position};
use serde_json::{Value, json};

use super::Checked;

/// A list of problems. Lines and columns count from 1, columns in characters; `end` is the first place behind.
pub(super) fn report(checked: &[Checked]) -> String {
    let problems = checked.iter().flat_map(|checked| {
        let file = checked.file.path.display().to_string();
        checked.problems.iter().map(move |found| problem(&file, found))
    });
    format!("{:#}", problems.collect::<Value>())
}

fn problem(file: &str, problem: &Problem) -> Value {
    json!({
        "file": file,
        "severity": problem.severity.as_str(),
        "code": problem.code,
        "path": problem.path.to_string(),
        "message": problem.message,
        "start": position(problem.span.start),
        "end": position(problem.span.end),
    })
}

fn position(position: Position) -> Value {
    json!({ "line": position.line, "column": position.column })
}
