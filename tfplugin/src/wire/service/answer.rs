//! How each answer says that the call failed. Hosts turn a gRPC status into a useless sentence, so failures are
//! diagnostics inside a successful answer.

use super::proto;
use crate::diagnostics::Diagnostics;
use crate::wire::convert;

/// An answer of the provider service.
pub(super) trait Answer: Send + 'static {
    /// The answer of which there is nothing but diagnostics: to a call that failed, and as the last word of a stream.
    fn only(diagnostics: Diagnostics) -> Self;
}

/// Most answers have a list of diagnostics and are otherwise empty when the call failed.
macro_rules! with_diagnostics {
    ($($message:ident)*) => {
        $(
            #[allow(clippy::needless_update, reason = "some answers are nothing but diagnostics")]
            impl Answer for proto::$message::Response {
                fn only(diagnostics: Diagnostics) -> Self {
                    Self { diagnostics: convert::diagnostics(diagnostics), ..Default::default() }
                }
            }
        )*
    };
}

with_diagnostics! {
    get_metadata get_provider_schema validate_provider_config configure_provider
    validate_resource_config upgrade_resource_state get_resource_identity_schemas upgrade_resource_identity
    read_resource plan_resource_change apply_resource_change import_resource_state move_resource_state
    generate_resource_config validate_data_resource_config read_data_source
    validate_ephemeral_resource_config open_ephemeral_resource renew_ephemeral_resource close_ephemeral_resource
    get_functions validate_list_resource_config plan_action validate_action_config
}

impl Answer for proto::stop_provider::Response {
    fn only(diagnostics: Diagnostics) -> Self {
        Self { error: diagnostics.to_string() }
    }
}

impl Answer for proto::call_function::Response {
    fn only(diagnostics: Diagnostics) -> Self {
        let error = proto::FunctionError { text: diagnostics.to_string(), function_argument: None };
        Self { error: Some(error), ..Default::default() }
    }
}

impl Answer for proto::list_resource::Event {
    fn only(diagnostics: Diagnostics) -> Self {
        Self { diagnostic: convert::diagnostics(diagnostics), ..Default::default() }
    }
}

/// Hosts wait for a `completed` event, whatever happened.
impl Answer for proto::invoke_action::Event {
    fn only(diagnostics: Diagnostics) -> Self {
        use proto::invoke_action::event::{Completed, Type};
        Self { r#type: Some(Type::Completed(Completed { diagnostics: convert::diagnostics(diagnostics) })) }
    }
}

/// The panic's text stays out: it may hold values. The log says where it happened.
pub(super) fn panicked(rpc: &str) -> Diagnostics {
    Diagnostics::error(
        "Provider bug",
        format!(
            "The provider failed in an unforeseen way while it handled {rpc}. Other objects are not affected. Please \
             report it with the log of a run with TF_LOG_PROVIDER=ERROR, which says where it happened."
        ),
    )
}
