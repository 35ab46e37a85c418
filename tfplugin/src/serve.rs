//! The entry of a provider's binary.

use std::process::ExitCode;

use crate::provider::Provider;
use crate::wire::service::Service;
use crate::wire::{Program, run};

/// Serves a provider to the host that started this process, until that host is done with it. To be called from `main`,
/// whose exit code it gives. Started by anyone else, the process says so on stderr and ends.
///
/// With the argument `-debug` anybody may start the process. It then prints the value of `TF_REATTACH_PROVIDERS` with
/// which hosts attach to it, and serves them until it is interrupted.
pub fn serve<P: Provider>(provider: P) -> ExitCode {
    let program = Program { name: P::NAME, address: P::ADDRESS, crates: P::CRATES };
    run(&program, || Service::new(provider))
}
