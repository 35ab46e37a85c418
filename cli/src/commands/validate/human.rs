//! Problems for people: each with the lines of the source that it is about.

use annotate_snippets::{AnnotationKind, Level, Origin, Renderer, Snippet};
use schema::{
    flow::{Problem, Severity},
    yaml::Position,
};

use super::Checked;
use crate::flow_files::FlowFile;

/// What to do about plugins that no catalog knows.
const LEARN: &str =
    "`flowsmith schema add --from-server URL` adds the plugins of a server to what is checked";

/// Longer lines, in bytes, are not shown.
const LONGEST_LINE: usize = 10_000;

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
    let Position { offset, line: number, column } = problem.span.start;
    let (start, line) = line_at(&file.source, offset);
    let title = level.primary_title(problem.message.as_str()).id(problem.code);
    let report = if line.len() > LONGEST_LINE {
        title.element(Origin::path(path).line(number).char_column(column))
    } else {
        // What spans many lines is marked at its first one.
        let marked = offset - start..problem.span.end.offset.min(start + line.len()) - start;
        let place = AnnotationKind::Primary.span(marked).label(problem.path.to_string());
        title.element(Snippet::source(line).line_start(number).path(path).annotation(place))
    };
    Renderer::styled().render(&[report])
}

/// The line around a byte, and where it starts. The rest of a long text has nothing to do with the problem.
fn line_at(source: &str, offset: usize) -> (usize, &str) {
    let start = source[..offset].rfind(['\n', '\r']).map_or(0, |at| at + 1);
    (start, source[start..].split(['\n', '\r']).next().unwrap_or_default())
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
