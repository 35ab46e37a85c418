//! One file per resource: its life on a real Terraform CLI, with the shipped provider, against the sandbox.
