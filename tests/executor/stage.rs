//! What users write, on a sandbox with an engine: projects of the repository, and roots of a test that call its modules.

use base64::{Engine as _, prelude::BASE64_STANDARD};
use cli::host::Host;
use harness::{Shipped, Workspace};
use tokio::task::block_in_place;

use crate::{acceptance::PROVIDER, examples::copy};

/// A project of the repository that a host has applied.
pub(super) fn applied(host: &Host, sandbox: &Shipped, project: &str) -> Workspace {
    let workspace = Workspace::new(host).rooted_at(project);
    copy(&workspace, &[project]);
    settled(workspace, sandbox)
}

/// A root of a test that calls modules of the repository, with files beside it, which a host has applied.
pub(super) fn calling(host: &Host, sandbox: &Shipped, root: &str, files: &[(&str, &str)]) -> Workspace {
    let workspace = Workspace::new(host);
    workspace.file("main.tf", &format!("{PROVIDER}{root}"));
    for (path, text) in files {
        workspace.file(path, text);
    }
    settled(workspace, sandbox)
}

/// A value as open-source Kestra wants a secret: in a variable `SECRET_<NAME>`.
pub(super) fn base64(text: &str) -> String {
    BASE64_STANDARD.encode(text)
}

fn settled(workspace: Workspace, sandbox: &Shipped) -> Workspace {
    let workspace = workspace.env("KESTRA_URL", sandbox.url());
    copy(&workspace, &["modules", "subflows"]);
    block_in_place(|| {
        workspace.init();
        workspace.apply_and_settle();
    });
    workspace
}
