//! Calls that are put off to a later run, where the host can do that.

use crate::diagnostics::{DeferredReason, Diagnostics};
use crate::wire::proto::tfplugin6::{ClientCapabilities, Deferred, deferred::Reason};

/// The deferral to answer with instead of the error; `None` when the host has to see the error.
pub(in crate::wire) fn deferral(
    capabilities: Option<ClientCapabilities>,
    error: &Diagnostics,
) -> Option<Deferred> {
    let reason = error.deferral().filter(|_| capabilities.unwrap_or_default().deferral_allowed)?;
    let reason = match reason {
        DeferredReason::ResourceConfigUnknown => Reason::ResourceConfigUnknown,
        DeferredReason::ProviderConfigUnknown => Reason::ProviderConfigUnknown,
        DeferredReason::AbsentPrereq => Reason::AbsentPrereq,
    };
    Some(Deferred { reason: reason.into() })
}
