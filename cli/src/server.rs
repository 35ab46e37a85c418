//! The Kestra server that a command asks: the provider's environment variables say where it is, and who is asking.

use client::{Client, Config};

/// A client of the server at `url`, or else at `KESTRA_URL`.
///
/// # Errors
/// There is no address, or a variable has a value that cannot work.
pub(crate) fn connect(url: Option<&str>) -> anyhow::Result<Client> {
    let settings = provider::settings_of_environment(url)?;
    Ok(Client::new(Config { user_agent: Config::default().user_agent, ..settings })?)
}
