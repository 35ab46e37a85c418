//! What one provider process costs: until it answers by itself, and as a host sees it from launch to exit.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};

use harness::{Workspace, for_each_host};

use crate::Row;
use crate::stopwatch::{median, medians, ms};

/// `validate` starts two processes: one for the schema, one for the walk.
const PROCESSES: u32 = 2;

pub(crate) fn rows(provider: &Path) -> Vec<Row> {
    let launch = median(50, || launch(provider));
    let mut rows = vec![("launch to handshake line".to_owned(), ms(launch), "≤ 3 ms".to_owned())];
    for_each_host(|host| {
        let with = Workspace::new(host);
        with.file("main.tf", WITH_PROVIDER);
        with.init();
        let without = Workspace::new(host);
        without.file("main.tf", "output \"nothing\" {\n  value = 1\n}\n");
        without.init();
        let validate = |workspace: &Workspace| drop(workspace.validate().succeeds());
        let (with, without) = medians(15, || validate(&with), || validate(&without));
        let process = with.saturating_sub(without) / PROCESSES;
        let compared = format!("≤ 15 ms; validate {} with, {} without", ms(with), ms(without));
        rows.push((format!("one process as {host} sees it"), ms(process), compared));
    });
    rows
}

const WITH_PROVIDER: &str = r#"
terraform {
  required_providers {
    kestra = { source = "flowsmith/kestra" }
  }
}

provider "kestra" {}

data "kestra_server" "this" {}
"#;

/// From exec to the first line, with mutual TLS as hosts ask for it.
fn launch(provider: &Path) {
    let mut command = Command::new(provider);
    command.env("TF_PLUGIN_MAGIC_COOKIE", COOKIE).env("PLUGIN_PROTOCOL_VERSIONS", "5,6");
    command.env("PLUGIN_CLIENT_CERT", certificate());
    let mut child =
        command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("the provider starts");
    let mut line = String::new();
    let stdout = child.stdout.take().expect("stdout is a pipe");
    BufReader::new(stdout).read_line(&mut line).expect("the provider speaks");
    assert!(line.starts_with("1|6|unix|"), "{line}");
    // A handshake is all that is measured.
    let _ = child.kill();
    let _ = child.wait();
}

const COOKIE: &str = "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2";

/// A P-521 certificate such as hosts make; made once, for making it is the host's cost.
fn certificate() -> &'static str {
    static PEM: std::sync::OnceLock<String> = std::sync::OnceLock::new();
    PEM.get_or_init(|| {
        let key = rcgen::KeyPair::generate_for(&rcgen::PKCS_ECDSA_P521_SHA512).expect("a P-521 key");
        let parameters = rcgen::CertificateParams::new(["localhost".to_owned()]).expect("a name");
        parameters.self_signed(&key).expect("a certificate").pem()
    })
}
