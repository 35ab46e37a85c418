//! The rules of files that inputs have when nobody uploads one.

use super::super::place::{Place, is_expression};
use super::super::problem::Problem;
use super::Subject;
use super::inputs;
use crate::expression::{self, Kind, Node, Template};
use crate::line::KestraLine;

/// Where Kestra finds a default file: on the server, or among the namespace's.
const SCHEMES: [&str; 2] = ["file:", "nsfile:"];

pub(super) fn schemes(subject: &Subject<'_>) -> Vec<Problem> {
    let is_file = |input: &Place<'_>| input.text("type").as_deref() == Some("FILE");
    let files = inputs::all(subject).into_iter().filter(is_file);
    subject.enough(files.filter_map(|input| broken(&input, subject.line)))
}

fn broken(input: &Place<'_>, line: KestraLine) -> Option<Problem> {
    let place = input.get("defaults")?;
    let text = place.node.text()?;
    let (human, words) = if is_expression(&text) {
        let template = expression::parse(&text, line).ok()?;
        if !needs_an_execution(&template) {
            return None;
        }
        (
            "the default of a file is rendered when the flow is saved, when there are no variables yet"
                .to_owned(),
            "inputs of type 'FILE' only support `defaults` with expression that can be rendered immediately",
        )
    } else if SCHEMES.iter().any(|scheme| text.starts_with(scheme)) {
        return None;
    } else {
        (
            format!("`{text}` is no default for a file; write its `nsfile:///` or `file:///` address"),
            "inputs of type 'FILE' only support `defaults` as local files using a file URI or as namespace files using a nsfile URI",
        )
    };
    let problem = Problem::at("input-file", &place, human);
    Some(Problem { path: input.path.clone(), ..problem }.constraint(words))
}

/// Functions that read something outside of the template.
const READERS: [&str; 8] =
    ["secret", "kv", "read", "fileURI", "fileExists", "http", "credential", "namespace"];

/// Whether a template uses what is there only in an execution.
fn needs_an_execution(template: &Template) -> bool {
    let reads = |node: &Node| match &node.kind {
        Kind::Call(name, _) => READERS.contains(&name.text.as_str()),
        Kind::Path(path) => template.nodes().len() == 1 && path.segments.is_empty(),
        _ => false,
    };
    template.references().iter().any(|reference| !reference.guarded) || template.nodes().iter().any(reads)
}
