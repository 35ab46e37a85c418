//! The binary as a user meets it who starts it without Terraform: a hint, and nothing on stdout.

use std::process::Command;

#[test]
fn a_hint_on_stderr() {
    let output = Command::new(env!("CARGO_BIN_EXE_terraform-provider-kestra")).env_clear().output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(output.stdout.is_empty());
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("Terraform"), "{said}");
}
