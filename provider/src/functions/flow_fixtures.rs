//! `flow_fixtures`: a flow to test, some of whose tasks do nothing but end as the test wants.

use std::collections::BTreeMap;

use schema::fixtures::{Fixture, FixtureError, with_fixtures};
use tfplugin::{Arguments, Function, FunctionError};

/// Puts fixtures in place of tasks of a flow, to test what the other tasks make of them.
///
/// The tasks are found by their ids, however deep they are. A fixture keeps what the flow decides about its task, such as
/// `runIf`, `retry` and `allowFailure`. Triggers are taken out: a flow under test must not start by itself. All else means
/// the same; the text is in canonical form, without comments. Only `flowsmith sandbox --engine` takes a flow with fixtures,
/// and executes it; see `kestra_execution`.
#[derive(Arguments)]
pub(crate) struct FlowFixturesArguments {
    /// The flow as YAML.
    source: String,
    /// A JSON document by the id of each task to replace: `outputs`, the map that the task leaves, in which no expression is
    /// rendered; `state`, one of `SUCCESS` (without it), `WARNING`, `FAILED` and `SKIPPED`; `description`.
    fixtures: BTreeMap<String, String>,
}

/// The function.
pub(crate) struct FlowFixtures;

impl Function for FlowFixtures {
    type Arguments = FlowFixturesArguments;
    type Output = String;

    const NAME: &'static str = "flow_fixtures";

    fn call(&self, arguments: FlowFixturesArguments) -> Result<String, FunctionError> {
        let fixtures = arguments.fixtures.into_iter().map(|(id, document)| {
            let fixture: Fixture = serde_json::from_str(&document).map_err(|error| {
                FunctionError::about("fixtures", format!("the fixture of `{id}` is no good: {error}"))
            })?;
            Ok((id, fixture))
        });
        let fixtures = fixtures.collect::<Result<_, FunctionError>>()?;
        let argument = |error: &FixtureError| match error {
            FixtureError::Unreadable(_) => "source",
            FixtureError::NoTask { .. } | FixtureError::Inside { .. } => "fixtures",
        };
        with_fixtures(&arguments.source, &fixtures)
            .map_err(|error| FunctionError::about(argument(&error), error.to_string()))
    }
}
