//! One binary, two programs: `flowsmith`, or the provider when a Terraform CLI starts it under the provider's name.

use std::process::ExitCode;

fn main() -> ExitCode {
    if cli::started_as_provider() { provider::main() } else { cli::main() }
}
