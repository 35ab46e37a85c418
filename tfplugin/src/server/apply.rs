//! Applying: one create, update or delete, and an answer that never loses an object the server accepted.

use super::ResourceEntry;
use super::object::{clear_write_only, identity, set_id};
use super::spelling::keep_spelling;
use crate::any::Applied;
use crate::context::Context;
use crate::diagnostics::{Diagnostic, Diagnostics};
use crate::private::Private;
use crate::resource::{ApplyError, CreateRequest, DeleteRequest, Saved, UpdateRequest};
use crate::value::Value;

/// A planned change to be made.
pub(crate) struct ApplyRequest {
    /// What the user wrote; null for a delete.
    pub(crate) config: Value,
    /// The object as it is; null for a create.
    pub(crate) prior: Value,
    /// The object to be; null for a delete.
    pub(crate) planned: Value,
    /// What the plan remembered.
    pub(crate) private: Private,
}

/// What was made of it. Beside errors the state tells what exists now.
pub(crate) struct ApplyOutcome {
    pub(crate) state: Value,
    pub(crate) private: Private,
    pub(crate) identity: Option<Value>,
    pub(crate) diagnostics: Diagnostics,
}

impl<C: 'static> ResourceEntry<C> {
    pub(crate) async fn apply(&self, cx: &Context<C>, request: ApplyRequest) -> ApplyOutcome {
        let ApplyRequest { config, prior, planned, private } = request;
        if planned.is_null() {
            return self.delete(cx, prior, private).await;
        }
        let before = prior.clone();
        let intended = self.has_spellings().then(|| planned.clone());
        let named = identity(self, &prior);
        let applied = if prior.is_null() {
            self.resource.create(cx, CreateRequest { config, planned, private: private.clone() }).await
        } else {
            self.resource.update(cx, UpdateRequest { config, prior, planned, private: private.clone() }).await
        };
        let (mut state, private, diagnostics) = settle(applied, before, private);
        if let Some(intended) = &intended {
            keep_spelling(&self.schema().block, intended, &mut state);
        }
        let mut outcome = self.finish(state, private, diagnostics);
        if let Err(changed) = self.keeps_identity(named.as_ref(), outcome.identity.as_ref()) {
            outcome.diagnostics.extend(changed);
        }
        outcome
    }

    async fn delete(&self, cx: &Context<C>, prior: Value, private: Private) -> ApplyOutcome {
        let request = DeleteRequest { prior: prior.clone(), private: private.clone() };
        match self.resource.delete(cx, request).await {
            Ok(warnings) => self.finish(Value::Null, Private::default(), warnings),
            Err(diagnostics) => self.finish(prior, private, diagnostics),
        }
    }

    /// A state that breaks the host's rules would be thrown away and the object forgotten, so it is mended here.
    fn finish(&self, mut state: Value, private: Private, mut diagnostics: Diagnostics) -> ApplyOutcome {
        clear_write_only(&self.schema().block, &mut state);
        set_id(self, &mut state);
        if state.has_unknown() {
            state.null_unknowns();
            if !diagnostics.has_error() {
                diagnostics.push(left_unknown(self.name()));
            }
        }
        ApplyOutcome { identity: identity(self, &state), state, private, diagnostics }
    }
}

/// What goes into the state: the new object, or after a failure the object as the server has it, or the one from before.
fn settle(applied: Applied, before: Value, private: Private) -> (Value, Private, Diagnostics) {
    match applied {
        Ok(Saved { state, private, warnings }) => (state, private, warnings),
        Err(ApplyError { diagnostics, saved: Some(saved) }) => (saved.0, saved.1, diagnostics),
        Err(ApplyError { diagnostics, saved: None }) => (before, private, diagnostics),
    }
}

fn left_unknown(name: &str) -> Diagnostic {
    Diagnostic::error(
        "Provider left values unknown",
        format!(
            "After the change was made, some values of the {name} were still unknown. The object exists and is in the \
             state. This is a bug in the provider; please report it."
        ),
    )
}
