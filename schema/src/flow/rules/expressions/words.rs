//! Functions, filters and tests exist on the line, and take the arguments they get.

use super::super::Subject;
use super::super::enough::ENOUGH;
use super::{Problem, warning};
use crate::catalog::did_you_mean;
use crate::expression::vocabulary::{FILTERS, FUNCTIONS, SUCCESSORS, TESTS, Word, find, known};
use crate::expression::{Arguments, Expression, Kind, Name, Node, Template};

pub(in super::super) fn functions(subject: &Subject<'_>) -> Vec<Problem> {
    unknown(subject, "unknown-function", "function", FUNCTIONS, |node, template| match &node.kind {
        Kind::Call(name, _) if !template.defines(&name.text) => Some(name),
        _ => None,
    })
}

pub(in super::super) fn filters(subject: &Subject<'_>) -> Vec<Problem> {
    unknown(subject, "unknown-filter", "filter", FILTERS, |node, _| match &node.kind {
        Kind::Filter(_, name, _) => Some(name),
        _ => None,
    })
}

pub(in super::super) fn tests(subject: &Subject<'_>) -> Vec<Problem> {
    unknown(subject, "unknown-test", "test", TESTS, |node, _| match &node.kind {
        Kind::Test(_, name, _) => Some(name),
        _ => None,
    })
}

/// The nodes of all expressions that could be read.
fn nodes<'subject>(
    subject: &'subject Subject<'_>,
) -> impl Iterator<Item = (&'subject Expression<'subject>, &'subject Template, &'subject Node)> {
    let read = subject.expressions.iter().filter_map(|text| Some((text, text.template.as_ref().ok()?)));
    read.flat_map(|(text, template)| template.nodes().iter().map(move |node| (text, template, node)))
}

/// Names of the sort `what` that are not among `words`; `name` gives those of a node.
fn unknown(
    subject: &Subject<'_>,
    code: &'static str,
    what: &str,
    words: &'static [Word],
    name: for<'node> fn(&'node Node, &'node Template) -> Option<&'node Name>,
) -> Vec<Problem> {
    let named = nodes(subject).filter_map(|(text, template, node)| Some((text, name(node, template)?)));
    named
        .filter(|(_, name)| find(words, &name.text, subject.line).is_none())
        .map(|(text, name)| {
            let successor = SUCCESSORS.iter().find(|(old, _)| *old == name.text);
            let cure = match successor {
                Some((_, new)) => format!("; use {new}"),
                None => did_you_mean(&name.text, known(words, subject.line).map(|word| word.name)),
            };
            let message = format!("Kestra {} has no {what} `{}`{cure}", subject.line, name.text);
            warning(code, text, &name.range, message)
        })
        .take(ENOUGH)
        .collect()
}

/// Arguments are as many as there may be, and have names that exist.
pub(in super::super) fn arguments(subject: &Subject<'_>) -> Vec<Problem> {
    let calls = nodes(subject).filter_map(|(text, template, node)| {
        let (name, arguments, words) = match &node.kind {
            Kind::Call(name, arguments) if !template.defines(&name.text) => (name, arguments, FUNCTIONS),
            Kind::Filter(_, name, arguments) => (name, arguments, FILTERS),
            _ => return None,
        };
        let word = find(words, &name.text, subject.line)?;
        Some((text, template, word, arguments))
    });
    calls
        .filter_map(|(text, template, word, arguments)| bad_argument(text, template, word, arguments))
        .take(ENOUGH)
        .collect()
}

fn bad_argument(
    text: &Expression<'_>,
    template: &Template,
    word: &Word,
    arguments: &Arguments,
) -> Option<Problem> {
    let names = word.arguments?;
    if let Some(surplus) = arguments.positional.get(names.len()) {
        let message = format!("`{}` takes at most {}", word.name, names.join(", "));
        return Some(warning("argument", text, &template.nodes()[*surplus].range, message));
    }
    let (unknown, _) = arguments.named.iter().find(|(name, _)| !names.contains(&name.text.as_str()))?;
    let message =
        format!("`{}` has no argument `{}`; it takes {}", word.name, unknown.text, names.join(", "));
    Some(warning("argument", text, &unknown.range, message))
}
