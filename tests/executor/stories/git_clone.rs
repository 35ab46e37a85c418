//! A private repository over HTTP: git gets the password of a secret, and what it clones is what a tag names.

use std::{fs, path::PathBuf, sync::Arc};

use axum::{
    Router,
    extract::{Request, State},
    http::{
        StatusCode,
        header::{AUTHORIZATION, WWW_AUTHENTICATE},
    },
    response::{IntoResponse, Response},
};
use harness::missing::lacks;

use super::{
    super::{outside::served, stage::base64},
    Stage, git,
};

pub(super) const SECRET: (&str, &str) = ("GIT_TOKEN", "a \"token\" \\n $HOME");

const NAMESPACE: &str = "company.platform";

/// The whole of a folder that others can only read is no shallow clone: that is what tags are cloned as.
const FLOW: &str = r#"
id: clone
namespace: company.platform
tasks:
  - id: work
    type: io.kestra.plugin.core.flow.WorkingDirectory
    tasks:
      - id: clone
        type: io.kestra.plugin.git.Clone
        url: URL
        tag: v1
        username: ann
        password: "{{ secret('GIT_TOKEN') }}"
      - id: read
        type: io.kestra.plugin.terraform.cli.TerraformCLI
        commands:
          - cat notes.md
"#;

pub(super) async fn story(stage: &Stage) {
    if lacks(&["git"]) {
        return;
    }
    let folder = tempfile::tempdir().expect("a temporary folder");
    let notes = folder.path().join("notes.md");
    git(folder.path(), &["init", "--quiet", "--initial-branch=main"]);
    for tag in ["v1", "v2"] {
        fs::write(&notes, format!("what {tag} says")).expect("a temporary folder");
        git(folder.path(), &["add", "."]);
        git(folder.path(), &["commit", "--quiet", "--message", tag]);
        git(folder.path(), &["tag", tag]);
    }
    git(folder.path(), &["update-server-info"]);
    let login = format!("Basic {}", base64(&format!("ann:{}", SECRET.1)));
    let repository = Arc::new((folder.path().join(".git"), login));
    let url = served(Router::new().fallback(answer).with_state(repository)).await;

    stage.api.put_flow(&FLOW.replace("URL", &url)).await;
    let id = stage.api.ended(NAMESPACE, "clone", &[], "SUCCESS").await;
    stage.api.logged(&id, "what v1 says").await;
    let log = stage.api.messages(&id).await;
    assert!(!log.iter().any(|line| line.contains("token")), "{log:#?}");
}

/// The files of a repository, for Ann alone.
async fn answer(State(served): State<Arc<(PathBuf, String)>>, request: Request) -> Response {
    let (repository, login) = served.as_ref();
    if request.headers().get(AUTHORIZATION).is_none_or(|given| given != login.as_str()) {
        return (StatusCode::UNAUTHORIZED, [(WWW_AUTHENTICATE, "Basic realm=\"notes\"")]).into_response();
    }
    let file = fs::read(repository.join(request.uri().path().trim_start_matches('/')));
    file.map_or(StatusCode::NOT_FOUND.into_response(), IntoResponse::into_response)
}
