//! Diagnostics and the attribute paths in them.

use crate::diagnostics::{Diagnostic, Diagnostics, Severity};
use crate::value::{Path, Step};
use crate::wire::proto::tfplugin6::{self as proto, attribute_path::step::Selector};

pub(in crate::wire) fn diagnostics(diagnostics: Diagnostics) -> Vec<proto::Diagnostic> {
    diagnostics.into_iter().map(diagnostic).collect()
}

fn diagnostic(Diagnostic { severity, summary, detail, attribute }: Diagnostic) -> proto::Diagnostic {
    let severity = match severity {
        Severity::Error => proto::diagnostic::Severity::Error,
        Severity::Warning => proto::diagnostic::Severity::Warning,
    };
    let attribute = (!attribute.is_root()).then(|| attribute_path(&attribute));
    proto::Diagnostic { severity: severity.into(), summary, detail, attribute }
}

pub(crate) fn attribute_path(path: &Path) -> proto::AttributePath {
    let selector = |step: &Step| match step {
        Step::Attribute(name) => Selector::AttributeName(name.clone()),
        Step::Key(key) => Selector::ElementKeyString(key.clone()),
        Step::Index(index) => Selector::ElementKeyInt(*index),
    };
    let step = |step| proto::attribute_path::Step { selector: Some(selector(step)) };
    proto::AttributePath { steps: path.steps().iter().map(step).collect() }
}
