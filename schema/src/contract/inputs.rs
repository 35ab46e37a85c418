//! What a call gives to the flow that it starts: everything that flow asks for, nothing it does not know, and values of
//! its types.

use std::collections::BTreeMap;

use super::call::Call;
use super::caller::Caller;
use super::fits::mistake;
use super::{Contract, Parameter};
use crate::catalog::did_you_mean;
use crate::flow::{Place, Problem, Step};

pub(super) const CODE: &str = "subflow-input";

pub(super) fn problems(contract: &Contract, caller: &Caller<'_>, call: &Call<'_>) -> Vec<Problem> {
    let inputs = call.place.get("inputs");
    if inputs.as_ref().is_some_and(|inputs| inputs.node.as_mapping().is_none()) {
        return Vec::new();
    }
    let given = given(inputs.as_ref());
    let known = given.iter().filter_map(|(name, place)| Some((name, contract.inputs.get(*name)?, place)));
    let ill_typed =
        known.filter_map(|(name, input, place)| Some((name, input, place, mistake(input, place.node)?)));
    let ill_typed =
        ill_typed.map(|(name, input, place, words)| is_ill_typed(call, (name, input), place, &words));
    let unknown = given.iter().filter(|(name, _)| !contract.inputs.contains_key(**name) && !contract.is_open);
    let unknown = unknown.map(|(name, place)| is_unknown(contract, call, name, place));
    let demanded = contract.inputs.iter().filter(|(_, input)| input.must_be_given());
    let missing =
        demanded.filter(|(name, _)| !given.contains_key(name.as_str()) && !caller.has_defaults(call));
    let missing = missing.map(|(name, input)| is_missing(call, inputs.as_ref(), name, input));
    ill_typed.chain(unknown).chain(missing).collect()
}

/// The values by the names of their inputs; those of a FORM have dotted names, not a map of their own.
fn given<'flow>(inputs: Option<&Place<'flow>>) -> BTreeMap<&'flow str, Place<'flow>> {
    let entries = inputs.into_iter().flat_map(Place::entries);
    entries.filter(|(_, value)| !value.node.is_null()).collect()
}

fn is_ill_typed(
    call: &Call<'_>,
    (name, input): (&str, &Parameter),
    place: &Place<'_>,
    words: &str,
) -> Problem {
    let message =
        format!("the input `{name}` ({}) of {} does not take this: {words}", input.kind, call.callee);
    Problem::at(CODE, place, message)
}

fn is_unknown(contract: &Contract, call: &Call<'_>, name: &str, place: &Place<'_>) -> Problem {
    let known = || contract.inputs.keys().map(String::as_str);
    let is_inside = |input: &&str| input.strip_prefix(name).is_some_and(|rest| rest.starts_with('.'));
    let inside: Vec<&str> = known().filter(is_inside).collect();
    let cure = match inside.as_slice() {
        [] => did_you_mean(name, known()),
        dotted => format!("; a FORM's inputs have dotted names: {}", dotted.join(", ")),
    };
    Problem::at(CODE, place, format!("{} has no input `{name}`{cure}", call.callee))
}

fn is_missing(call: &Call<'_>, inputs: Option<&Place<'_>>, name: &str, input: &Parameter) -> Problem {
    let message = format!("{} needs the input `{name}` ({})", call.callee, input.kind);
    match inputs {
        Some(inputs) => {
            let path = inputs.path.then(Step::Key(name.to_owned()));
            Problem::new(CODE, path, inputs.node.span, message)
        }
        None => Problem::missing(CODE, &call.place, "inputs", message),
    }
}
