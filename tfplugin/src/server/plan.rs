//! Planning: from what core proposes to what will be, by the rules core checks the answer with.

use std::collections::BTreeSet;

use super::ResourceEntry;
use super::object::{clear_write_only, identity, set_id};
use super::replace::replaced;
use super::spelling::keep_spelling;
use super::walk::{Inside, for_each_pair};
use crate::context::Context;
use crate::diagnostics::{Diagnostics, Result};
use crate::private::Private;
use crate::resource::{DeleteRequest, Plan, PlanRequest};
use crate::schema::{Attribute, Block};
use crate::value::{Path, Value};

/// A change as core proposes it.
pub(crate) struct ProposedChange {
    /// What the user wrote; null for a delete.
    pub(crate) config: Value,
    /// The object as it is; null for a create.
    pub(crate) prior: Value,
    /// Core's merge of both; null for a delete.
    pub(crate) proposed: Value,
    /// What was remembered about the object.
    pub(crate) private: Private,
}

/// A change as it will be made.
pub(crate) struct PlanOutcome {
    pub(crate) planned: Value,
    pub(crate) replace: Vec<Path>,
    pub(crate) private: Private,
    pub(crate) identity: Option<Value>,
    pub(crate) warnings: Diagnostics,
}

impl<C: 'static> ResourceEntry<C> {
    /// What a plan that is put off shows: everything that does not need the resource.
    pub(crate) fn deferred_plan(&self, change: &ProposedChange) -> Value {
        let mut planned = draft(&self.schema().block, change);
        set_id(self, &mut planned);
        planned
    }

    pub(crate) async fn plan(&self, cx: &Context<C>, change: ProposedChange) -> Result<PlanOutcome> {
        if change.proposed.is_null() {
            return self.plan_delete(cx, change).await;
        }
        let block = &self.schema().block;
        let draft = draft(block, &change);
        let prior = change.prior.clone();
        let request = PlanRequest {
            config: change.config,
            prior: (!change.prior.is_null()).then_some(change.prior),
            planned: draft.clone(),
            private: change.private,
        };
        let Plan { mut planned, mut replace, private, warnings } = self.resource.plan(cx, request).await?;
        keep_refinements(&draft, &mut planned);
        clear_write_only(block, &mut planned);
        set_id(self, &mut planned);
        if prior.is_null() {
            replace.clear();
        } else {
            replace.extend(replaced(block, &prior, &planned));
        }
        replace.sort();
        replace.dedup();
        Ok(PlanOutcome {
            // The protocol allows one with unknown parts, but OpenTofu 1.12 cannot store it when an apply plans.
            identity: identity(self, &planned).filter(Value::is_wholly_known),
            planned,
            replace,
            private,
            warnings,
        })
    }

    async fn plan_delete(&self, cx: &Context<C>, change: ProposedChange) -> Result<PlanOutcome> {
        let ProposedChange { prior, private, .. } = change;
        let identity = identity(self, &prior);
        let request = DeleteRequest { prior, private: private.clone() };
        let warnings = self.resource.plan_delete(cx, request).await?;
        Ok(PlanOutcome { planned: Value::Null, replace: Vec::new(), private, identity, warnings })
    }
}

/// The plan before the resource looks at it: defaults filled in, and every computed value unknown if anything changes.
///
/// Nothing may be unknown when nothing changes, or every plan would show a difference.
fn draft(block: &Block, change: &ProposedChange) -> Value {
    let mut planned = change.proposed.clone();
    fill_defaults(block, &change.config, &mut planned);
    keep_spelling(block, &change.prior, &mut planned);
    clear_write_only(block, &mut planned);
    if planned != change.prior {
        forget_computed(block, &change.config, &change.prior, &mut planned);
    }
    planned
}

fn fill_defaults(block: &Block, config: &Value, planned: &mut Value) {
    for_unset(block, config, planned, &mut |attribute, _, value| {
        if let Some(default) = &attribute.default {
            *value = default.clone();
        }
    });
}

fn forget_computed(block: &Block, config: &Value, prior: &Value, planned: &mut Value) {
    for_unset(block, config, planned, &mut |attribute, path, value| {
        if !attribute.mode.is_computed() || attribute.default.is_some() {
            return;
        }
        // Null is a value like any other here: what was decided once, to be nothing, stays so too.
        let kept = prior.at(path).filter(|_| attribute.stable);
        *value = kept.cloned().unwrap_or_else(Value::unknown);
    });
}

type Visit<'a> = dyn FnMut(&Attribute, &Path, &mut Value) + 'a;

/// Visits every attribute that the configuration leaves unset, in nested objects too, with its path and planned value. What is
/// unset in elements of sets stays as core proposed it: they have no partner in the configuration.
fn for_unset(block: &Block, config: &Value, planned: &mut Value, visit: &mut Visit<'_>) {
    for_each_pair(block, config, planned, &Path::root(), &mut |attribute, path, configured, value| {
        if !configured.is_null() {
            return Inside::Visit;
        }
        visit(attribute, path, value);
        Inside::Skip
    });
}

/// A model knows only that a value is unknown; what was certain about it beyond that is taken from the draft. So is a set in
/// which nothing changed: a model holds equal unknown elements once, hosts as often as there are.
fn keep_refinements(draft: &Value, planned: &mut Value) {
    match (draft, planned) {
        (Value::Unknown(refinement), Value::Unknown(planned)) => *planned = refinement.clone(),
        (Value::List(draft), Value::List(planned)) => {
            draft.iter().zip(planned).for_each(|(draft, planned)| keep_refinements(draft, planned));
        }
        (Value::Set(draft), Value::Set(planned)) if as_model(draft) == as_model(planned) => {
            planned.clone_from(draft);
        }
        (Value::Map(draft), Value::Map(planned)) => {
            for (key, planned) in planned {
                if let Some(draft) = draft.get(key) {
                    keep_refinements(draft, planned);
                }
            }
        }
        _ => {}
    }
}

/// The elements of a set as a model holds them: each once, and of unknown ones nothing else.
fn as_model(elements: &[Value]) -> BTreeSet<Value> {
    let mut elements = elements.to_vec();
    elements.iter_mut().for_each(Value::forget_refinements);
    elements.into_iter().collect()
}
