//! `kv_ref`: a KV entry by its key.

use tfplugin::{Arguments, Function, FunctionError, validate};

use super::quoted::quoted;

/// Refers to an entry of Kestra's key-value store.
///
/// `kv_ref("limit", null)` is `{{ kv('limit') }}`: the entry of the flow's own namespace, read when the flow runs.
#[derive(Arguments)]
pub(crate) struct KvRefArguments {
    /// The key of the entry.
    #[argument(validate = validate::length(1..))]
    key: String,
    /// The namespace of the entry; the flow's own when null.
    #[argument(nullable)]
    namespace: Option<String>,
}

/// The function.
pub(crate) struct KvRef;

impl Function for KvRef {
    type Arguments = KvRefArguments;
    type Output = String;

    const NAME: &'static str = "kv_ref";

    fn call(&self, arguments: KvRefArguments) -> Result<String, FunctionError> {
        let namespace = arguments.namespace.map(|namespace| format!(", namespace={}", quoted(&namespace)));
        Ok(format!("{{{{ kv({}{}) }}}}", quoted(&arguments.key), namespace.unwrap_or_default()))
    }
}
