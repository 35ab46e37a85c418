//! Finds inputs that have values, and the names by which expressions and callers reach them.

use std::borrow::Cow;

use super::place::Place;

/// An input that has a value.
pub(crate) struct Named<'flow> {
    /// What expressions call it; with the name of its FORM before it.
    pub(crate) name: String,
    pub(crate) input: Place<'flow>,
}

/// Those of `inputs` that have values, those inside a FORM included; a FORM itself has none.
pub(crate) fn named<'flow>(inputs: &[Place<'flow>]) -> impl Iterator<Item = Named<'flow>> {
    inputs.iter().filter_map(|input| Some((input, name(input)?))).flat_map(|(input, id)| {
        if !is_form(input) {
            return vec![Named { name: id.into_owned(), input: input.clone() }];
        }
        let inside = children(input).into_iter();
        inside.filter_map(|input| Some(Named { name: format!("{id}.{}", name(&input)?), input })).collect()
    })
}

/// The id; inputs of old flows call it `name`.
pub(crate) fn name<'flow>(input: &Place<'flow>) -> Option<Cow<'flow, str>> {
    input.text("id").or_else(|| input.text("name"))
}

/// The inputs that a FORM groups; others have none.
pub(crate) fn children<'flow>(input: &Place<'flow>) -> Vec<Place<'flow>> {
    if is_form(input) { input.items("inputs") } else { Vec::new() }
}

/// Whether the input groups others.
pub(crate) fn is_form(input: &Place<'_>) -> bool {
    input.text("type").as_deref() == Some("FORM")
}

/// Whether the input stands for others, which are kept elsewhere.
pub(crate) fn is_reusable(input: &Place<'_>) -> bool {
    input.text("type").as_deref() == Some("REUSABLE_INPUTS")
}

/// Whether the flow starts without a value; Kestra's default is that it does not.
pub(crate) fn is_optional(input: &Place<'_>) -> bool {
    input.text("required").is_some_and(|required| required.trim() == "false")
}
