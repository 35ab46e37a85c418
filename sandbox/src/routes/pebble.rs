//! The words of Kestra's expressions: what its editor offers while one types.

use axum::http::Method;
use schema::{
    KestraLine::V2_0,
    expression::vocabulary::{FILTERS, FUNCTIONS, Word, known},
};
use serde_json::{Value, json};

use crate::{
    call::Call,
    reply::{self, Reply},
    router::{Route, route},
};

pub(super) fn routes() -> Vec<Route> {
    vec![
        route(Method::GET, "/api/v1/pebble/filters", filters),
        route(Method::GET, "/api/v1/pebble/functions", functions).only(V2_0),
    ]
}

async fn filters(call: Call) -> Reply {
    let mut names: Vec<&str> = known(FILTERS, call.line()).map(|word| word.name).collect();
    names.sort_unstable();
    reply::json(&names)
}

/// The functions with their arguments, whose defaults only Kestra knows.
async fn functions(call: Call) -> Reply {
    let mut words: Vec<&Word> = known(FUNCTIONS, call.line()).collect();
    words.sort_unstable_by_key(|word| word.name);
    let argument = |name: &&str| json!({"name": name});
    let function = |word: &&Word| {
        let arguments: Vec<Value> = word.arguments.unwrap_or_default().iter().map(argument).collect();
        json!({"name": word.name, "arguments": arguments})
    };
    reply::json(&words.iter().map(function).collect::<Vec<Value>>())
}
