//! The managed resources: one file each, and one row in the table.

mod execution;
mod execution_end;
mod flow;
mod flow_object;
mod kv;
mod kv_check;
pub(crate) mod kv_value;
mod namespace;
mod namespace_file;
mod subflow;

use tfplugin::AnyResource;

use crate::kestra::Kestra;

/// Every resource type of the provider.
pub(crate) static RESOURCES: &[&dyn AnyResource<Kestra>] = &[
    &execution::Execution,
    &flow::FLOW,
    &subflow::SUBFLOW,
    &kv::Kv,
    &namespace::Namespace,
    &namespace_file::NamespaceFile,
];
