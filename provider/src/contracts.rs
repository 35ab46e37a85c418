//! Calls between flows, checked while planning. A wrong call is an error where this walk plans both flows and changes one
//! of them: after the apply, the call would fail. Beside what only the server has, it is a warning, as that may change
//! before the call is made.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use client::Client;
use schema::KestraLine;
use schema::contract::{Call, Caller, Contract, FlowName, calls};
use schema::flow::{Flow, Problem, Severity};
use tfplugin::diagnostics::{Diagnostic, Diagnostics};
use tokio::sync::OnceCell;

use crate::flow_source::{content, diagnostic};
use crate::kestra::Kestra;
use crate::server_check::Asked;
use crate::walk::PlannedFlow;

const SUMMARY: &str = "Call does not fit the flow that is called";

/// Notes a flow that is planned, and checks the calls that it makes, and those that others make to it. Whichever flow
/// of the walk is planned last sees the other, so that the verdict does not hang on the order.
pub(crate) async fn check(kestra: &Kestra, planned: PlannedFlow, asked: Option<&Asked<'_>>) -> Diagnostics {
    let planned = kestra.walk().plan(planned);
    let callers = kestra.walk().callers(&planned.name);
    let contract = if callers.is_empty() { None } else { planned.contract() };
    let broken = |contract: &Contract| -> Diagnostics {
        callers.iter().filter_map(|caller| calls_of(kestra, caller, &planned, contract)).collect()
    };
    let mut found = contract.as_ref().map(broken).unwrap_or_default();
    if let Some(flow) = &planned.flow {
        found.extend(made_by(kestra, &planned, flow, asked).await);
    }
    found
}

/// What an earlier planned flow gets wrong about this one.
fn calls_of(
    kestra: &Kestra,
    planned: &PlannedFlow,
    callee: &PlannedFlow,
    contract: &Contract,
) -> Option<Diagnostic> {
    let flow = planned.flow.as_ref().filter(|_| planned.name != callee.name && may_break(planned, callee))?;
    let caller = Caller::new(flow);
    let is_meant = |call: &&Call<'_>| call.callee == callee.name && call.revision.is_none();
    let calls = caller.calls().iter().filter(is_meant);
    let said = told(calls.flat_map(|call| caller.breaks(contract, call)).collect())?;
    Some(misfit(kestra, format!("In the flow {}, which calls this one: {said}", planned.name)))
}

/// What a flow gets wrong about others.
async fn made_by(
    kestra: &Kestra,
    planned: &PlannedFlow,
    flow: &Flow,
    asked: Option<&Asked<'_>>,
) -> Vec<Diagnostic> {
    let found = calls_made_by(kestra, planned, flow, asked).await;
    if !planned.is_changed {
        return found;
    }
    let lines = KestraLine::given_or_all(asked.and_then(Asked::line));
    let circle = kestra.walk().circle(flow, lines).map(|problem| diagnostic(lenient(kestra, problem)));
    found.into_iter().chain(circle).collect()
}

async fn calls_made_by(
    kestra: &Kestra,
    planned: &PlannedFlow,
    flow: &Flow,
    asked: Option<&Asked<'_>>,
) -> Vec<Diagnostic> {
    let mut beside = Vec::new();
    for call in calls(flow).into_iter().filter(|call| call.callee != planned.name) {
        let callee = callee(kestra, planned, &call, asked).await;
        beside.extend(callee.map(|callee| (call, callee)));
    }
    let caller = Caller::new(flow);
    beside.iter().filter_map(|(call, callee)| callee.misfit(kestra, &caller, call)).collect()
}

/// The flow that is called.
enum Callee {
    /// As it will be after the apply.
    Planned(Contract),
    /// As the server has it.
    Deployed(Arc<Deployed>),
}

/// What there is to compare a call with.
async fn callee(
    kestra: &Kestra,
    caller: &PlannedFlow,
    call: &Call<'_>,
    asked: Option<&Asked<'_>>,
) -> Option<Callee> {
    match kestra.walk().planned(&call.callee).filter(|_| call.revision.is_none()) {
        Some(callee) if may_break(caller, &callee) => callee.contract().map(Callee::Planned),
        None if caller.is_changed => {
            let client = asked?.client().ok()?;
            let deployed = kestra.deployed().get(client, &call.callee, call.revision).await;
            deployed.map(Callee::Deployed)
        }
        _ => None,
    }
}

impl Callee {
    fn misfit(&self, kestra: &Kestra, caller: &Caller<'_>, call: &Call<'_>) -> Option<Diagnostic> {
        match self {
            Callee::Planned(contract) => Some(misfit(kestra, told(caller.breaks(contract, call))?)),
            Callee::Deployed(deployed) => {
                let said = told(caller.breaks(&deployed.contract, call))?;
                Some(misfit_of_server(&said, &call.callee, deployed.revision))
            }
        }
    }
}

/// What both flows have been before is nothing to stop an apply for.
fn may_break(caller: &PlannedFlow, callee: &PlannedFlow) -> bool {
    caller.is_changed || callee.is_changed
}

/// All problems of a call, as hosts show only the first of several warnings that are alike.
fn told(problems: Vec<Problem>) -> Option<String> {
    let told: Vec<String> = problems.iter().map(ToString::to_string).collect();
    (!told.is_empty()).then(|| told.join("\n"))
}

/// A plan has been accepted when flows are written: what is found only now must not end the apply.
fn misfit(kestra: &Kestra, detail: String) -> Diagnostic {
    let is_applying = kestra.walk().is_applying();
    let misfit =
        if is_applying { Diagnostic::warning(SUMMARY, detail) } else { Diagnostic::error(SUMMARY, detail) };
    misfit.at(content())
}

fn lenient(kestra: &Kestra, problem: Problem) -> Problem {
    let severity = if kestra.walk().is_applying() { Severity::Warning } else { problem.severity };
    Problem { severity, ..problem }
}

fn misfit_of_server(said: &str, callee: &FlowName, revision: u64) -> Diagnostic {
    let detail = format!(
        "{said}\nThis is about revision {revision} of {callee}, which the server has. If the same apply changes that flow, \
         let this one depend on it, so that it is checked beside what that flow will be."
    );
    Diagnostic::warning(SUMMARY, detail).at(content())
}

/// Contracts of flows that only the server has, asked for once in a walk.
#[derive(Default)]
pub(crate) struct DeployedContracts(Mutex<BTreeMap<Key, Answer>>);

type Key = (FlowName, Option<u64>);

/// Who asks while the answer is on its way waits for it.
type Answer = Arc<OnceCell<Option<Arc<Deployed>>>>;

struct Deployed {
    contract: Contract,
    revision: u64,
}

impl DeployedContracts {
    /// The contract of a flow, or of one revision of it. One that the server does not give is nothing to compare with.
    async fn get(&self, client: &Client, name: &FlowName, revision: Option<u64>) -> Option<Arc<Deployed>> {
        let answer = self.answer((name.clone(), revision));
        answer.get_or_init(async || fetch(client, name, revision).await.map(Arc::new)).await.clone()
    }

    fn answer(&self, key: Key) -> Answer {
        let mut answers = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(answers.entry(key).or_default())
    }
}

async fn fetch(client: &Client, name: &FlowName, revision: Option<u64>) -> Option<Deployed> {
    let flows = client.flows();
    let found = match revision {
        Some(revision) => flows.get_revision(&name.namespace, &name.id, revision).await,
        None => flows.get(&name.namespace, &name.id).await,
    };
    let found = found.ok()?;
    let flow = Flow::parse(&found.source?).ok()?;
    Some(Deployed { contract: Contract::of(&flow), revision: found.revision })
}
