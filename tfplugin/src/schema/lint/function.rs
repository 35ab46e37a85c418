//! Functions and their parameters.

use super::{
    Defect, Problem, at, found, has_collection_of_dynamic, in_deprecation, in_description, is_name, taken,
};
use crate::any::AnyFunction;
use crate::arguments::Parameter;

pub(super) fn problems(function: &dyn AnyFunction) -> Vec<Problem> {
    let place = format!("function {}", function.name());
    let defects = [
        (Defect::Name, !is_name(function.name())),
        (Defect::Dynamic, has_collection_of_dynamic(&function.output())),
    ];
    let own = found(defects)
        .chain(in_deprecation(function.deprecated()))
        .chain(in_description(function.description()))
        .map(at(place.clone()));
    let parameters = function.parameters();
    let taken = taken(parameters.iter().map(|parameter| parameter.name));
    let taken = taken.map(|name| at(format!("{place}: parameter {name}"))(Defect::Duplicate));
    let each = parameters.iter().flat_map(|parameter| in_parameter(parameter, &place));
    own.chain(taken).chain(each).collect()
}

fn in_parameter(parameter: &Parameter, place: &str) -> Vec<Problem> {
    let defects = [
        (Defect::Name, !is_name(parameter.name)),
        (Defect::Dynamic, has_collection_of_dynamic(&parameter.ty)),
    ];
    let place = format!("{place}: parameter {}", parameter.name);
    found(defects).chain(in_description(parameter.description)).map(at(place)).collect()
}
