//! `flowsmith demo` as a newcomer runs it: one installed binary, any Terraform CLI, and nothing left behind.

use std::{fs, path::Path, process::Command};

use harness::{binaries, for_each_host};

/// The demo from a copy of the binary that lies alone in a folder, with temporary files in another.
fn demo(folder: &Path, arguments: &[&str]) -> Command {
    let installed = folder.join("flowsmith");
    if !installed.exists() {
        fs::hard_link(binaries::flowsmith(), &installed)
            .or_else(|_| fs::copy(binaries::flowsmith(), &installed).map(drop))
            .expect("an installed flowsmith");
    }
    let temporary = folder.join("tmp");
    fs::create_dir_all(&temporary).expect("a folder for temporary files");
    let mut command = Command::new(installed);
    command.arg("demo").args(arguments).current_dir(folder).env("TMPDIR", temporary);
    command
}

#[test]
fn an_installed_binary_is_enough() {
    for_each_host(|host| {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let program = host.program().to_str().expect("a printable path");
        let output = demo(folder.path(), &["--host", program]).output().expect("flowsmith starts");
        let (said, complained) =
            (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        assert!(output.status.success(), "{said}{complained}");
        for expected in ["Apply complete!", "No changes.", "company.sales", "flow daily-orders"] {
            assert!(said.contains(expected), "no {expected:?} in {said}");
        }
        let left = fs::read_dir(folder.path().join("tmp")).expect("the folder of temporary files").count();
        assert_eq!(left, 0, "the demo left something behind");
    });
}

#[test]
fn a_failing_step_shows_the_hosts_own_words() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let output = demo(folder.path(), &["--host", "/bin/ls"]).output().expect("flowsmith starts");
    let (said, complained) =
        (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert_eq!(output.status.code(), Some(1), "{said}{complained}");
    assert!(said.contains("✗ init"), "{said}");
    assert!(complained.contains("`ls init` failed") && complained.contains("ls: "), "{complained}");
}

#[test]
fn what_is_kept_can_be_opened_again() {
    for_each_host(|host| {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let program = host.program().to_str().expect("a printable path");
        let output = demo(folder.path(), &["--keep", "--host", program]).output().expect("flowsmith starts");
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        let kept = said.lines().find_map(|line| line.strip_prefix("Kept in ")?.split(';').next());
        let kept = Path::new(kept.unwrap_or_else(|| panic!("{said}")));
        for file in ["sandbox.sqlite", "examples/quickstart/terraform.tfstate", "modules/flow/main.tf"] {
            assert!(kept.join(file).is_file(), "{file} is not in {}", kept.display());
        }
    });
}
