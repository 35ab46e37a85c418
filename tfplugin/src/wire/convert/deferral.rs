//! Calls that are put off to a later run, where the host can do that.

use crate::diagnostics::{DeferredReason, Diagnostics};
use crate::wire::proto::tfplugin6::{ClientCapabilities, Deferred, deferred::Reason};

/// Whether the host can put a call off.
pub(in crate::wire) fn allows_deferral(capabilities: Option<ClientCapabilities>) -> bool {
    capabilities.is_some_and(|capabilities| capabilities.deferral_allowed)
}

/// The deferral to answer with instead of the error; `None` when the host has to see the error.
pub(in crate::wire) fn deferral(
    capabilities: Option<ClientCapabilities>,
    error: &Diagnostics,
) -> Option<Deferred> {
    let reason = error.deferral().filter(|_| allows_deferral(capabilities))?;
    let reason = match reason {
        DeferredReason::ResourceConfigUnknown => Reason::ResourceConfigUnknown,
        DeferredReason::ProviderConfigUnknown => Reason::ProviderConfigUnknown,
        DeferredReason::AbsentPrereq => Reason::AbsentPrereq,
    };
    Some(Deferred { reason: reason.into() })
}
