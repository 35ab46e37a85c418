//! Problems for people: each with the lines of the source that it is about.

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};
use schema::flow::{Problem, Severity};

use super::Checked;
use crate::flow_files::FlowFile;

/// What to do about plugins that no catalog knows.
const LEARN: &str =
    "`flowsmith schema add --from-server URL` adds the plugins of a server to what is checked";

/// All problems, and how many there are.
pub(super) fn report(checked: &[Checked]) -> String {
    let told = checked.iter().flat_map(|Checked { file, problems }| {
        problems.iter().map(move |problem| format!("{}\n", shown(file, problem)))
    });
    let mut lines: Vec<String> = told.collect();
    lines.push(summary(checked));
    if checked.iter().flat_map(|checked| &checked.problems).any(is_learnable) {
        lines.push(LEARN.to_owned());
    }
    lines.join("\n")
}

/// Types that Kestra itself is known not to have, no server has: of those there are Kestra's words.
fn is_learnable(problem: &Problem) -> bool {
    problem.code == "unknown-type" && problem.kestra.is_none()
}

fn shown(file: &FlowFile, problem: &Problem) -> String {
    let level = match problem.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let path = file.path.display().to_string();
    let place = AnnotationKind::Primary.span(range(file, problem)).label(problem.path.to_string());
    let title = level.primary_title(problem.message.as_str()).id(problem.code);
    let report = [title.element(Snippet::source(file.source.as_str()).path(path).annotation(place))];
    Renderer::styled().render(&report)
}

/// What spans many lines is marked at its first one.
fn range(file: &FlowFile, problem: &Problem) -> std::ops::Range<usize> {
    let range = problem.span.range();
    let text = file.source.get(range.clone()).unwrap_or_default();
    let first_line = text.lines().next().map_or(0, str::len);
    range.start..range.start + first_line
}

fn summary(checked: &[Checked]) -> String {
    let count = |severity| {
        let problems = checked.iter().flat_map(|checked| &checked.problems);
        problems.filter(|problem| problem.severity == severity).count()
    };
    let (flows, errors, warnings) = (checked.len(), count(Severity::Error), count(Severity::Warning));
    format!("{}: {}, {}", counted(flows, "flow"), counted(errors, "error"), counted(warnings, "warning"))
}

fn counted(number: usize, what: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {what}{plural}")
}
