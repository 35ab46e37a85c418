//! `flow_validate`: what is wrong with a flow, as a value: for `check` blocks, tests and conditions of one's own.

use schema::KestraLine;
use schema::flow::{Problem as FlowProblem, check_source};
use tfplugin::model::{Attr, Model};
use tfplugin::{Arguments, Function, FunctionError};

/// Checks a flow without a server, and lists what is wrong with it.
///
/// The list is empty for a flow that is right. `kestra_flow` makes the same checks by itself.
#[derive(Arguments)]
pub(crate) struct FlowValidateArguments {
    /// The flow as YAML.
    source: String,
    /// The line of Kestra that has to accept it, `1.3` or `2.0`; what no line accepts when null.
    #[argument(nullable)]
    kestra: Option<String>,
}

/// Something that is wrong with a flow.
#[derive(Clone, Debug, Default, Model)]
pub(crate) struct Problem {
    /// `error` if Kestra refuses the flow, otherwise `warning`.
    #[attr(computed)]
    severity: Attr<String>,
    /// The name of the rule.
    #[attr(computed)]
    code: Attr<String>,
    /// What it is about, such as `tasks[0].type`.
    #[attr(computed)]
    path: Attr<String>,
    /// What is wrong and what to do.
    #[attr(computed)]
    message: Attr<String>,
    /// The line of the text, from 1.
    #[attr(computed)]
    line: Attr<i64>,
    /// The column in characters, from 1.
    #[attr(computed)]
    column: Attr<i64>,
}

/// The function.
pub(crate) struct FlowValidate;

impl Function for FlowValidate {
    type Arguments = FlowValidateArguments;
    type Output = Vec<Problem>;

    const NAME: &'static str = "flow_validate";

    fn call(&self, arguments: FlowValidateArguments) -> Result<Vec<Problem>, FunctionError> {
        let line = arguments.kestra.map(|line| line.parse::<KestraLine>()).transpose();
        let line = line.map_err(|error| FunctionError::about("kestra", error.to_string()))?;
        let (_, problems) = check_source(&arguments.source, KestraLine::given_or_all(line));
        Ok(problems.into_iter().map(Problem::from).collect())
    }
}

impl From<FlowProblem> for Problem {
    fn from(found: FlowProblem) -> Self {
        let number = |number: usize| i64::try_from(number).ok().into();
        Self {
            severity: Attr::from(found.severity.as_str()),
            code: Attr::from(found.code),
            path: Attr::Known(found.path.to_string()),
            message: Attr::Known(found.message),
            line: number(found.span.start.line),
            column: number(found.span.start.column),
        }
    }
}
