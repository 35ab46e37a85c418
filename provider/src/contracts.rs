//! Calls between flows, checked while planning. A wrong call is an error where this walk plans both flows and changes one
//! of them: after the apply, the call would fail. Beside what only the server has, it is a warning, as that may change
//! before the call is made.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use client::Client;
use schema::KestraLine;
use schema::contract::{Call, Contract, FlowName, calls};
use schema::flow::{Flow, Problem, Severity};
use tfplugin::diagnostics::{Diagnostic, Diagnostics};

use crate::flow_source::{content, diagnostic};
use crate::kestra::Kestra;
use crate::server_check;
use crate::walk::PlannedFlow;

const SUMMARY: &str = "Call does not fit the flow that is called";

/// Notes a flow that is planned, and checks the calls that it makes, and those that others make to it. Whichever flow
/// of the walk is planned last sees the other, so that the verdict does not hang on the order.
pub(crate) async fn check(kestra: &Kestra, planned: &PlannedFlow) -> Diagnostics {
    kestra.walk().plan(planned.clone());
    let mut found = Diagnostics::new();
    for caller in kestra.walk().callers(&planned.name) {
        found.extend(calls_of(kestra, &caller, planned));
    }
    if let Some(flow) = &planned.flow {
        found.extend(made_by(kestra, planned, flow).await);
    }
    found
}

/// What an earlier planned flow gets wrong about this one.
fn calls_of(kestra: &Kestra, caller: &PlannedFlow, callee: &PlannedFlow) -> Option<Diagnostic> {
    let flow = caller.flow.as_ref().filter(|_| caller.name != callee.name)?;
    let problems = calls(flow).into_iter().flat_map(|call| between(caller, flow, &call, callee)).collect();
    let said = told(problems)?;
    Some(misfit(kestra, format!("In the flow {}, which calls this one: {said}", caller.name)))
}

/// What a flow gets wrong about others.
async fn made_by(kestra: &Kestra, planned: &PlannedFlow, flow: &Flow) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for call in calls(flow).into_iter().filter(|call| call.callee != planned.name) {
        match kestra.walk().planned(&call.callee) {
            Some(callee) if call.revision.is_none() => {
                found.extend(told(between(planned, flow, &call, &callee)).map(|said| misfit(kestra, said)));
            }
            _ if planned.is_changed => found.extend(beside_server(kestra, flow, &call).await),
            _ => {}
        }
    }
    if planned.is_changed {
        let lines = KestraLine::given_or_all(server_check::line(kestra).await);
        found.extend(kestra.walk().circle(flow, lines).map(|problem| diagnostic(lenient(kestra, problem))));
    }
    found
}

/// What is wrong with a call between two planned flows. What both have been before is nothing to stop an apply for.
fn between(caller: &PlannedFlow, flow: &Flow, call: &Call<'_>, callee: &PlannedFlow) -> Vec<Problem> {
    let is_meant = call.callee == callee.name && call.revision.is_none();
    let contract = callee.contract().filter(|_| is_meant && (caller.is_changed || callee.is_changed));
    contract.map(|contract| contract.broken_by(flow, call)).unwrap_or_default()
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

async fn beside_server(kestra: &Kestra, caller: &Flow, call: &Call<'_>) -> Option<Diagnostic> {
    let client = kestra.client_if_ready()?;
    let deployed = kestra.deployed().get(client, &call.callee, call.revision).await?;
    let said = told(deployed.contract.broken_by(caller, call))?;
    let detail = format!(
        "{said}\nThis is about revision {} of {}, which the server has. If the same apply changes that flow, let this one \
         depend on it, so that it is checked beside what that flow will be.",
        deployed.revision, call.callee
    );
    Some(Diagnostic::warning(SUMMARY, detail).at(content()))
}

/// Contracts of flows that only the server has, asked for once in a walk.
#[derive(Default)]
pub(crate) struct DeployedContracts(Mutex<BTreeMap<Key, Option<Arc<Deployed>>>>);

type Key = (FlowName, Option<u64>);

struct Deployed {
    contract: Contract,
    revision: u64,
}

impl DeployedContracts {
    /// The contract of a flow, or of one revision of it. One that the server does not give is nothing to compare with.
    async fn get(&self, client: &Client, name: &FlowName, revision: Option<u64>) -> Option<Arc<Deployed>> {
        let key = (name.clone(), revision);
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&key).cloned();
        if let Some(known) = known {
            return known;
        }
        let deployed = fetch(client, name, revision).await.map(Arc::new);
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(key, deployed.clone());
        deployed
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
