//! The rules Terraform core lives by, each as a function of values: what it proposes, what it accepts, what it decides.
//!
//! They know schemas and values and no messages, so that each can be read and tested by itself.

mod action;
mod compatible;
mod conformance;
mod identity;
mod notation;
mod plan_valid;
mod problem;
mod proposed_new;
mod refinement;

#[cfg(test)]
pub(super) mod fixture;

pub use action::Action;
pub(super) use action::{Replacement, decide, requires_replace};
pub(super) use compatible::object_compatible;
pub(super) use conformance::{unknown_paths, write_only_paths};
pub(super) use identity::{IdentityProblem, Known, identity_problem};
pub(super) use plan_valid::plan_valid;
pub(super) use problem::Problem;
pub(super) use proposed_new::proposed_new;
