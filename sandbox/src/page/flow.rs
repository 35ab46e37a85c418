//! One flow, as it is or as it was: its drawing, its text, what it takes and gives, what starts it, and what is wrong
//! with it.

use jiff::Timestamp;
use maud::{Markup, html};
use schema::{
    KestraLine,
    contract::{Contract, Parameter},
    flow::{Flow as Parsed, Problem, check},
};

use super::{
    address, executions,
    flows::{description, off},
    frame::View,
    namespace::way_into,
    parts, source, triggers,
};
use crate::{
    call::Call,
    fault::Fault,
    reply::Reply,
    store::{
        executions as stored,
        flows::{self, Flow},
    },
};

/// How many of its executions are shown.
const EXECUTIONS: u32 = 5;

pub(super) async fn show(call: Call) -> Reply {
    let flow = wanted(&call).await?;
    let parsed = Parsed::parse(&flow.source).map_err(|problems| Fault::Internal(problems.to_string()))?;
    let problems = check(&parsed, call.line());
    let states = triggers::states(&call.app, &flow).await?;
    let latest = latest(&call, &flow).await?;
    let content = html! {
        (title(&flow))
        @if !description(&flow).is_empty() { p.description { (description(&flow)) } }
        section #problems { (wrong(&problems, call.line())) }
        div.columns {
            section #topology {
                h2 { "Topology" }
                @let drawing = address::topology(&flow.namespace, &flow.id, flow.revision);
                a.drawing href=(drawing) { img src=(drawing) alt={ "The tasks and triggers of " (flow.id) }; }
            }
            div {
                @if !parsed.triggers().is_empty() {
                    section #triggers {
                        h2 { "Triggers" }
                        (triggers::table(&parsed, &states, call.app.executes(), call.line(), Timestamp::now()))
                    }
                }
                (contract(&Contract::of(&parsed)))
                section #executions { h2 { "Executions" } (latest) }
            }
        }
        section #source { h2 { "Source" } (source::show(&flow.source, &parsed, &problems)) }
    };
    View { title: flow.id.clone(), way: way_into(&flow.namespace), content }.reply(&call.app)
}

/// The flow of the address, in the revision that it asks for.
pub(super) async fn wanted(call: &Call) -> Result<Flow, Fault> {
    let (namespace, id) = (call.variable("namespace"), call.variable("id"));
    let missing = Fault::Missing(format!("Namespace {namespace} has no flow {id}."));
    let revision = call.query.number("revision")?;
    let found = call.app.store.read(move |c| flows::existing_or_revision(c, &namespace, &id, revision));
    found.await?.ok_or(missing)
}

fn title(flow: &Flow) -> Markup {
    html! {
        header.title {
            h1 { (flow.id) (off(flow)) @if flow.deleted { " " span.state.bad { "deleted" } } }
            p {
                "Flow of " a href=(address::namespace(&flow.namespace)) { (flow.namespace) }
                " · revision " (flow.revision)
                @if let Some(updated) = &flow.updated { " of " (parts::moment(updated)) }
                " · " a href=(address::revisions(&flow.namespace, &flow.id)) { "all revisions" }
            }
        }
    }
}

/// What the checks of the flow language find, each with its line.
fn wrong(problems: &[Problem], line: KestraLine) -> Markup {
    html! {
        @if problems.is_empty() {
            p.fine { span aria-hidden="true" { "✓" } " Nothing is wrong with it by the rules of Kestra " (line) "." }
        } @else {
            h2 { (parts::count(problems.len(), "problem")) }
            ul.problems {
                @for problem in problems {
                    @let number = problem.span.start.line;
                    li.(problem.severity.as_str()) {
                        strong { (problem.severity.as_str()) } " "
                        a href={ "#L" (number) } { "line " (number) } " "
                        @if problem.path.last().is_some() { code { (problem.path) } " " }
                        (parts::sentence(&problem.message))
                    }
                }
            }
        }
    }
}

fn contract(contract: &Contract) -> Markup {
    html! {
        @if !contract.inputs.is_empty() {
            section #inputs { h2 { "Inputs" } (parameters(contract.inputs.iter(), true)) }
        }
        @if !contract.outputs.is_empty() {
            section #outputs { h2 { "Outputs" } (parameters(contract.outputs.iter(), false)) }
        }
    }
}

fn parameters<'a>(all: impl Iterator<Item = (&'a String, &'a Parameter)>, are_inputs: bool) -> Markup {
    html! {
        table {
            thead { tr { th { "Name" } th { "Type" } @if are_inputs { th { "Required" } th { "Default" } } th { "Description" } } }
            tbody {
                @for (name, parameter) in all {
                    tr {
                        th scope="row" { code { (name) } }
                        td { (parameter.kind) }
                        @if are_inputs {
                            td { @if parameter.must_be_given() { "yes" } @else { "no" } }
                            td { @if let Some(default) = &parameter.default { (parts::value(default)) } }
                        }
                        td { (parameter.description.as_deref().unwrap_or_default()) }
                    }
                }
            }
        }
    }
}

async fn latest(call: &Call, flow: &Flow) -> Result<Markup, Fault> {
    let (namespace, id) = (flow.namespace.clone(), flow.id.clone());
    let found = call.app.store.read(move |c| {
        let newest = stored::newest(c, &namespace, &id, EXECUTIONS)?;
        Ok::<_, Fault>((newest, stored::count(c, &namespace, &id)?))
    });
    let (newest, count) = found.await?;
    Ok(html! {
        @if newest.is_empty() { (parts::nothing("It was never executed.")) } @else { (executions::table(&newest, false)) }
        @if count > newest.len() {
            p { a href=(address::executions_of(&flow.namespace, &flow.id)) { "All " (count) " executions" } }
        }
    })
}
