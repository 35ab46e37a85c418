//! `terraform-provider-kestra`: started by Terraform or OpenTofu, never by hand.

fn main() -> std::process::ExitCode {
    provider::main()
}
