//! The provider functions: pure, offline, one file each, and one row in the table.

mod cron_next;
mod expr;
mod flow_decode;
mod flow_encode;
mod flow_fixtures;
mod flow_graph;
mod flow_merge;
mod flow_relocate;
mod flow_validate;
mod json;
mod kv_ref;
mod literal;
mod part;
mod quoted;
mod secret_ref;
mod subflow_task;
mod task;
mod trigger;

use tfplugin::AnyFunction;

/// Every function of the provider.
pub(crate) static FUNCTIONS: &[&dyn AnyFunction] = &[
    &cron_next::CronNext,
    &expr::Expr,
    &flow_decode::FlowDecode,
    &flow_encode::FlowEncode,
    &flow_fixtures::FlowFixtures,
    &flow_graph::FlowGraph,
    &flow_merge::FlowMerge,
    &flow_relocate::FlowRelocate,
    &flow_validate::FlowValidate,
    &kv_ref::KvRef,
    &literal::Literal,
    &secret_ref::SecretRef,
    &subflow_task::SubflowTask,
    &task::Task,
    &trigger::Trigger,
];
