//! The start of a provider process: what its arguments and its environment ask for, and the exit code.

use std::error::Error;
use std::ffi::OsString;
use std::io::{self, Write as _};
use std::process::ExitCode;
use std::thread::available_parallelism;

use tokio::runtime::{Builder, Runtime};

use super::environment::{Environment, EnvironmentError, SocketSettings};
use super::listener::ListenError;
use super::proto::tfplugin6::provider_server::Provider;
use super::{debug, hosted};
use crate::logging::{self, Program};

/// Why a process cannot serve, or cannot go on.
#[derive(Debug, thiserror::Error)]
pub(super) enum ServeError {
    #[error("this provider takes no arguments but -debug, which lets hosts attach to it; it was given {0:?}")]
    Argument(OsString),
    #[error(transparent)]
    Environment(#[from] EnvironmentError),
    #[error("cannot start the async runtime")]
    Runtime(#[source] io::Error),
    #[error("cannot handle interrupts")]
    Interrupts(#[source] io::Error),
    #[error("cannot make a certificate")]
    Certificate(#[from] rcgen::Error),
    #[error("cannot set up TLS")]
    Tls(#[from] rustls::Error),
    #[error(transparent)]
    Listen(#[from] ListenError),
    #[error("cannot tell the host on stdout where to connect")]
    Announcement(#[source] io::Error),
    #[error("the gRPC server failed")]
    Transport(#[from] tonic::transport::Error),
}

/// Who starts the process, which decides how it begins and when it ends.
#[derive(Debug)]
enum Mode {
    /// A host, which is the process's only client.
    Hosted(Environment),
    /// A developer; hosts come and go.
    Debug(SocketSettings),
}

/// Serves the provider `make` gives, until the host that started this process is done with it or, in debug mode, until
/// it is interrupted.
///
/// To be called from `main` and to give its exit code. A process that no host started says so on stderr and makes no
/// provider.
pub(crate) fn run<P: Provider>(program: &Program, make: impl FnOnce() -> P) -> ExitCode {
    match start(program, make) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // Nobody is left to tell if stderr is closed as well.
            let _ = writeln!(io::stderr(), "{}", message(&error));
            ExitCode::FAILURE
        }
    }
}

fn start<P: Provider>(program: &Program, make: impl FnOnce() -> P) -> Result<(), ServeError> {
    let mode = mode(std::env::args_os().skip(1), |name| std::env::var_os(name))?;
    logging::install(program, |name| std::env::var_os(name));
    let runtime = runtime().map_err(ServeError::Runtime)?;
    let served = match mode {
        Mode::Hosted(environment) => runtime.block_on(hosted::serve(environment, make())),
        Mode::Debug(settings) => runtime.block_on(debug::serve(&settings, program.address, make())),
    };
    // Work of a host that is gone is nothing to wait for.
    runtime.shutdown_background();
    served
}

fn mode(
    mut arguments: impl Iterator<Item = OsString>,
    lookup: impl Fn(&str) -> Option<OsString>,
) -> Result<Mode, ServeError> {
    let Some(first) = arguments.next() else {
        return Ok(Mode::Hosted(Environment::read(lookup)?));
    };
    match std::iter::once(first).chain(arguments).find(|argument| !is_debug(argument)) {
        Some(unknown) => Err(ServeError::Argument(unknown)),
        None => Ok(Mode::Debug(SocketSettings::read(lookup)?)),
    }
}

/// One dash as Go's flags have it, or two.
fn is_debug(argument: &OsString) -> bool {
    argument == "-debug" || argument == "--debug"
}

fn runtime() -> io::Result<Runtime> {
    let workers = available_parallelism().map_or(2, |cores| cores.get().clamp(2, 4));
    Builder::new_multi_thread().worker_threads(workers).enable_all().build()
}

/// A plain sentence for a human who started the program; for the host a log line with its level.
fn message(error: &ServeError) -> String {
    use ServeError::{Argument, Environment};
    if matches!(error, Argument(_) | Environment(EnvironmentError::NotStartedByHost)) {
        return error.to_string();
    }
    let causes = std::iter::successors(Some(error as &dyn Error), |&error| error.source());
    format!("[ERROR] {}", causes.map(ToString::to_string).collect::<Vec<_>>().join(": "))
}
