//! The rules of expressions: what they say can be rendered, and what they refer to is there. Kestra looks at
//! expressions only when it renders them, so it saves flows that break these rules: all are warnings.

mod context;
mod known;
mod names;
mod order;
mod output_names;
mod outputs;
mod words;

use std::ops::Range;

pub(super) use context::context;
pub(super) use names::{inputs, variables};
pub(super) use output_names::names as output_names;
pub(super) use outputs::outputs;
pub(super) use words::{arguments, filters, functions, tests};

use super::super::problem::Problem;
use super::Subject;
use super::enough::ENOUGH;
use crate::expression::{Expression, Malformed, Mistake, Path, Site};

/// Texts that Kestra cannot render, whatever the variables hold.
pub(super) fn malformed(subject: &Subject<'_>) -> Vec<Problem> {
    let problem = |expression: &Expression<'_>| match &expression.template {
        Ok(_) | Err(Malformed { mistake: Mistake::TooDeep { .. }, .. }) => None,
        Err(malformed) => Some(warning("expression", expression, &malformed.range, malformed.to_string())),
    };
    subject.expressions.iter().filter_map(problem).take(ENOUGH).collect()
}

fn warning(
    code: &'static str,
    expression: &Expression<'_>,
    range: &Range<usize>,
    message: String,
) -> Problem {
    Problem::new(code, expression.path.clone(), expression.span(range), message).warning()
}

/// The uses of variables that fail when these hold nothing, in the execution's own context.
fn references<'subject>(
    subject: &'subject Subject<'_>,
) -> impl Iterator<Item = (&'subject Expression<'subject>, &'subject Path)> {
    let own = subject.expressions.iter().filter(|expression| expression.site != Site::Elsewhere);
    let read = own.filter_map(|expression| Some((expression, expression.template.as_ref().ok()?)));
    read.flat_map(|(expression, template)| {
        let unguarded = template.references().into_iter().filter(|reference| !reference.guarded);
        unguarded.map(move |reference| (expression, reference.path))
    })
}
