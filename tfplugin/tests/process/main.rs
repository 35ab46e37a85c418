//! A provider as a process, seen by its host: what it prints, whom it lets in, how it ends.
//!
//! The host here is a real one in the ways that matter: it starts the program, reads its line, dials the socket with the
//! kind of certificate go-plugin makes, and calls over gRPC.
#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "a test and its helpers end at the first surprise")]

mod calls;
mod debug;
mod ending;
mod handshake;
mod host;
mod messages;
mod standard_streams;
mod stderr;
mod tls;
mod work;
