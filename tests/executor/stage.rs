//! What users write, on a sandbox whose engine has the stand-ins: projects of the repository, and roots of a test that call
//! its modules.

use base64::{Engine as _, prelude::BASE64_STANDARD};
use cli::host::Host;
use harness::{Shipped, Workspace};
use schema::KestraLine;
use tokio::task::block_in_place;

use super::api::{Api, spawned};
use crate::{acceptance::PROVIDER, examples::copy};

/// A sandbox, and the host that applies to it.
pub(super) struct Stage {
    pub(super) host: &'static Host,
    pub(super) line: KestraLine,
    pub(super) sandbox: Shipped,
    pub(super) api: Api,
}

impl Stage {
    /// A sandbox of a line, with secrets as open-source Kestra has them, and with variables of its own.
    pub(super) fn start(
        host: &'static Host,
        line: KestraLine,
        secrets: &[(&str, &str)],
        variables: &[(&str, &str)],
    ) -> Self {
        let secrets: Vec<_> =
            secrets.iter().map(|(name, value)| (format!("SECRET_{name}"), base64(value))).collect();
        let secrets = secrets.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        let variables: Vec<_> = secrets.chain(variables.iter().copied()).collect();
        let (sandbox, api) = spawned(&["--stand-ins", "--emulate", &line.to_string()], &variables);
        Self { host, line, sandbox, api }
    }

    /// Applies a project of the repository.
    pub(super) fn apply(&self, project: &str) {
        let workspace = Workspace::new(self.host).rooted_at(project);
        copy(&workspace, &[project]);
        self.settle(workspace);
    }

    /// Applies a root of a test that calls modules of the repository, with files beside it.
    pub(super) fn apply_root(&self, root: &str, files: &[(&str, &str)]) {
        let workspace = Workspace::new(self.host);
        workspace.file("main.tf", &format!("{PROVIDER}{root}"));
        for (path, text) in files {
            workspace.file(path, text);
        }
        self.settle(workspace);
    }

    fn settle(&self, workspace: Workspace) {
        let workspace = workspace.env("KESTRA_URL", self.sandbox.url());
        copy(&workspace, &["modules", "subflows"]);
        block_in_place(|| {
            workspace.init();
            workspace.apply_and_settle();
        });
    }
}

/// A value as open-source Kestra wants a secret: in a variable `SECRET_<NAME>`.
pub(super) fn base64(text: &str) -> String {
    BASE64_STANDARD.encode(text)
}
