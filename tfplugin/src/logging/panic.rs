//! What a panic prints. Hosts take a line that begins with `panic: ` for the death of the provider and show it to the
//! user; a handler's panic is caught and becomes a diagnostic, so it must not look like that.

use std::backtrace::Backtrace;
use std::io::{self, Write as _};
use std::panic::{self, Location, PanicHookInfo};
use std::thread;

/// Replaces the default hook. The calling thread is the one whose panic ends the process; handlers run on others.
pub(super) fn install() {
    let main = thread::current().id();
    panic::set_hook(Box::new(move |info| {
        if thread::current().id() == main { fatal(info) } else { caught(info.location()) }
    }));
}

/// The first line carries the message, as Go's does; the host keeps some of the lines after it.
fn fatal(info: &PanicHookInfo<'_>) {
    let payload = info.payload();
    let message =
        payload.downcast_ref::<&str>().copied().or(payload.downcast_ref::<String>().map(String::as_str));
    let message = message.unwrap_or("without a message");
    let text = format!("panic: {message}\n\nat {}\n{}\n", place(info.location()), Backtrace::capture());
    let _ = io::stderr().lock().write_all(text.as_bytes());
}

/// Says where and not what: the message may quote a value the user keeps secret.
fn caught(location: Option<&Location<'_>>) {
    tracing::error!(location = %place(location), "a task panicked");
}

fn place(location: Option<&Location<'_>>) -> String {
    location.map_or_else(|| "an unknown place".to_owned(), ToString::to_string)
}
