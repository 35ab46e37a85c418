//! The names by which expressions reach inputs: `a.b` is the child `b` of a FORM, or an input with a dot, never both.

use super::super::inputs::{self, Named};
use super::super::problem::Problem;
use super::Subject;

pub(super) fn conflicts(subject: &Subject<'_>) -> Vec<Problem> {
    let mut inputs: Vec<Named<'_>> = inputs::named(&subject.inputs).collect();
    // What is inside another name then stands right behind it.
    inputs.sort_by(|one, other| one.name.split('.').cmp(other.name.split('.')));
    let mut outer: Option<&Named<'_>> = None;
    let conflict = |input| {
        let conflict = outer.and_then(|outer| conflict(outer, input));
        if conflict.is_none() {
            outer = Some(input);
        }
        conflict
    };
    subject.enough(inputs.iter().filter_map(conflict).collect::<Vec<_>>())
}

fn conflict(outer: &Named<'_>, inner: &Named<'_>) -> Option<Problem> {
    let place = inner.input.get("id")?;
    let (human, words) = match inner.name.strip_prefix(&outer.name)? {
        // Inputs with the same parent have a rule of their own.
        "" if outer.input.path.length() != inner.input.path.length() => (
            format!("`{}` is already the name of another input", inner.name),
            format!("Duplicate input path [{}]", inner.name),
        ),
        rest if rest.starts_with('.') => (
            format!("`{}` cannot be a value and hold `{}` at the same time", outer.name, inner.name),
            format!(
                "Input path '{}' conflicts with '{}'; one cannot be nested under the other.",
                outer.name, inner.name
            ),
        ),
        _ => return None,
    };
    Some(Problem::at("input-path", &place, human).of_flow(words))
}
