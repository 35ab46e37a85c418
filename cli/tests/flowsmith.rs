//! The binary as a person or a script meets it: exit codes, the ready line, and what it refuses.

use std::{
    io::{BufRead, BufReader},
    process::{Child, Command, ExitStatus, Stdio},
};

use client::{Auth, Client, Config, Error, PutOptions};

/// A `flowsmith sandbox` of its own process, killed if the test forgets it.
struct Sandbox {
    process: Child,
    url: String,
}

impl Sandbox {
    fn start(arguments: &[&str]) -> Self {
        let mut command = flowsmith(&["sandbox", "--port", "0"]);
        let mut process = command.args(arguments).stdout(Stdio::piped()).spawn().expect("flowsmith starts");
        let stdout = process.stdout.take().expect("a pipe");
        let mut line = String::new();
        BufReader::new(stdout).read_line(&mut line).expect("a line");
        let ready = line.trim_end().strip_prefix("sandbox ready at ");
        let url = ready.unwrap_or_else(|| panic!("{line:?}")).to_owned();
        Self { url, process }
    }

    fn client(&self, auth: Auth) -> Client {
        let config = Config { url: self.url.clone(), auth, ..Config::default() };
        Client::new(config).expect("a usable address")
    }

    fn terminate(mut self) -> ExitStatus {
        let kill = Command::new("kill").arg(self.process.id().to_string()).status();
        assert!(kill.expect("kill starts").success());
        self.process.wait().expect("the sandbox ends")
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn flowsmith(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_flowsmith"));
    command.args(arguments).env_remove("FLOWSMITH_SANDBOX_AUTH");
    command
}

#[test]
fn it_says_its_version() {
    let output = flowsmith(&["--version"]).output().unwrap();
    assert_eq!(
        String::from_utf8(output.stdout).unwrap(),
        format!("flowsmith {}\n", env!("CARGO_PKG_VERSION"))
    );
    assert!(output.status.success());
}

#[test]
fn bad_arguments_are_refused_with_a_reason() {
    let check = |arguments: &[&str], code: i32, reason: &str| {
        let output = flowsmith(arguments).output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(code), "{arguments:?}: {said}");
        assert!(said.contains(reason) && !said.contains("hunter2"), "{arguments:?}: {said}");
    };
    check(&[], 2, "Usage");
    check(&["sandbox"], 2, "--data");
    check(&["sandbox", "--memory", "--data", "x"], 2, "cannot be used with");
    check(&["sandbox", "--memory", "--host", "0.0.0.0"], 1, "protect it with --auth");
    check(&["sandbox", "--memory", "--auth", "hunter2"], 1, "colon between");
    check(&["demo", "--host", "/no/such/terraform"], 1, "not an executable file");
}

#[cfg(unix)]
#[test]
fn a_host_may_be_named_by_a_relative_path() {
    let folder = tempfile::tempdir().unwrap();
    std::os::unix::fs::symlink("/bin/ls", folder.path().join("host")).unwrap();
    let output = flowsmith(&["demo", "--host", "./host"]).current_dir(folder.path()).output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    // It was started, which is all that `ls` can do for the demo.
    assert!(said.contains("`host init` failed"), "{said}");
}

#[tokio::test]
async fn the_sandbox_serves_and_stops_cleanly_with_its_data() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("not/there/yet");
    let data = data.to_str().unwrap();

    let sandbox = Sandbox::start(&["--data", data]);
    let client = sandbox.client(Auth::None);
    client.kv().put("company", "kept", "\"yes\"".into(), &PutOptions::default()).await.unwrap();
    assert!(sandbox.terminate().success(), "SIGTERM is a clean stop");

    let sandbox = Sandbox::start(&["--data", data]);
    let value = sandbox.client(Auth::None).kv().get("company", "kept").await.unwrap();
    assert_eq!(value.value, "yes");
}

#[tokio::test]
async fn only_the_given_user_gets_in() {
    let sandbox = Sandbox::start(&["--memory", "--auth", "ann@example.com:Hunter22"]);
    let list = async |auth: Auth| sandbox.client(auth).kv().list("company").await;
    assert!(matches!(list(Auth::None).await, Err(Error::Unauthorized { .. })));
    let right = Auth::Basic { username: "ann@example.com".into(), password: "Hunter22".into() };
    assert_eq!(list(right).await.unwrap(), []);
}
