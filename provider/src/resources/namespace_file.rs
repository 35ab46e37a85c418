//! `kestra_namespace_file`: a file of a namespace.

use client::Read;
use tfplugin::diagnostics::{Diagnostic, Diagnostics, Result};
use tfplugin::model::{Attr, Model};
use tfplugin::resource::{
    ApplyError, CreateRequest, DeleteRequest, MoveRequest, Moved, Plan, PlanRequest, ReadRequest, Resource,
    Saved, UpdateRequest,
};
use tfplugin::value::Path;
use tfplugin::{Context, Private};

use crate::explain::{Explain, deleted};
use crate::kestra::{Kestra, known};
use crate::{stamp, takeover};

/// A [file of a namespace](https://kestra.io/docs/concepts/namespace-files): a script or query that flows use.
///
/// A changed content is written in place: flows never see the file missing.
#[derive(Clone, Debug, Default, Model)]
pub(crate) struct NamespaceFileModel {
    /// `namespace/filename`, as for `terraform import`.
    #[attr(computed, id)]
    id: Attr<String>,
    /// Namespace of the file.
    #[attr(required, identity)]
    namespace: Attr<String>,
    /// Path of the file in the namespace, such as `scripts/load.py`. A leading `/` makes no difference to Kestra.
    #[attr(required, identity)]
    filename: Attr<String>,
    /// The content, as UTF-8 text. To show a change, Terraform needs memory for the square of the number of lines: 34 GB for
    /// 65,536 of them.
    #[attr(optional, computed, default = "")]
    content: Attr<String>,
    /// Tenant of the file: that of the provider. Another tenant means another file.
    #[attr(computed, stable, replace)]
    tenant_id: Attr<String>,
}

/// The resource type.
pub(crate) struct NamespaceFile;

impl Resource for NamespaceFile {
    type Client = Kestra;
    type Model = NamespaceFileModel;

    const NAME: &'static str = "kestra_namespace_file";

    fn validate(&self, config: &NamespaceFileModel) -> Result<Diagnostics> {
        let Some(filename) = config.filename.as_str() else {
            return Ok(Diagnostics::new());
        };
        let Some(problem) = problem(filename) else {
            return Ok(Diagnostics::new());
        };
        let detail = format!(
            "The path {filename:?} {problem}. Give the path of a file in the namespace, such as scripts/load.py."
        );
        Err(Diagnostic::error("Invalid file name", detail).at(Path::root().attribute("filename")).into())
    }

    async fn plan(
        &self,
        cx: &Context<Kestra>,
        request: PlanRequest<NamespaceFileModel>,
    ) -> Result<Plan<NamespaceFileModel>> {
        let mut planned = request.planned;
        cx.client.plan_tenant(&mut planned.tenant_id);
        if let Some(prior) = &request.prior {
            planned.keep_spelling(prior);
        }
        Ok(Plan::new(planned, request.private))
    }

    async fn create(
        &self,
        cx: &Context<Kestra>,
        request: CreateRequest<NamespaceFileModel>,
    ) -> Result<Saved<NamespaceFileModel>, ApplyError<NamespaceFileModel>> {
        write(&cx.client, request.planned).await
    }

    async fn read(
        &self,
        cx: &Context<Kestra>,
        request: ReadRequest<NamespaceFileModel>,
    ) -> Result<Option<Saved<NamespaceFileModel>>> {
        let ReadRequest { mut state, mut private } = request;
        let (namespace, filename) = state.name();
        let stamp = stamp::of(&private);
        let read = cx.client.client()?.namespace_files().current(namespace, filename, stamp.as_ref()).await;
        match read.explain("Could not read the namespace file")? {
            Read::Gone => return Ok(None),
            Read::Unchanged { stamp } => stamp::remember(&mut private, Some(&stamp)),
            Read::Found { object, stamp } => {
                // What is not text is a difference all the same, which the next apply repairs.
                state.content = Attr::Known(String::from_utf8_lossy(&object).into_owned());
                stamp::remember(&mut private, stamp.as_ref());
            }
        }
        state.tenant_id = cx.client.tenant();
        Ok(Some(Saved::new(state, private)))
    }

    async fn update(
        &self,
        cx: &Context<Kestra>,
        request: UpdateRequest<NamespaceFileModel>,
    ) -> Result<Saved<NamespaceFileModel>, ApplyError<NamespaceFileModel>> {
        write(&cx.client, request.planned).await
    }

    async fn delete(
        &self,
        cx: &Context<Kestra>,
        request: DeleteRequest<NamespaceFileModel>,
    ) -> Result<Diagnostics> {
        let (namespace, filename) = request.prior.name();
        let outcome = cx.client.client()?.namespace_files().delete(namespace, filename).await;
        deleted(outcome, "Could not delete the namespace file")
    }

    fn move_state(&self, source: MoveRequest) -> Result<Option<Moved<NamespaceFileModel>>> {
        takeover::from(&[Self::NAME], source)
    }
}

impl NamespaceFileModel {
    fn name(&self) -> (&str, &str) {
        (known(&self.namespace), known(&self.filename))
    }

    /// A file with and without its leading `/` is one file. Replacing it by itself would leave it deleted.
    fn keep_spelling(&mut self, prior: &Self) {
        let path = |model: &Self| model.filename.as_str().map(|name| name.trim_start_matches('/').to_owned());
        if path(self).is_some() && path(self) == path(prior) {
            self.filename = prior.filename.clone();
        }
    }
}

/// What keeps a path from being the path of a file.
fn problem(filename: &str) -> Option<&'static str> {
    let mut parts = filename.split('/').filter(|part| !part.is_empty());
    let rules = [
        (filename.trim_matches('/').is_empty(), "is empty"),
        (filename.ends_with('/'), "names a directory"),
        (parts.clone().any(|part| part == ".."), "leaves the namespace with `..`"),
        (parts.clone().any(|part| part.len() > 255), "has a part of more than 255 bytes"),
        (
            parts.next() == Some("_flows"),
            "is in `_flows`, where Kestra keeps flows: use `kestra_flow` for them",
        ),
    ];
    rules.into_iter().find_map(|(broken, problem)| broken.then_some(problem))
}

async fn write(
    kestra: &Kestra,
    mut planned: NamespaceFileModel,
) -> Result<Saved<NamespaceFileModel>, ApplyError<NamespaceFileModel>> {
    let (namespace, filename) = planned.name();
    let content = known(&planned.content).as_bytes().to_vec();
    let put = kestra.client()?.namespace_files().put(namespace, filename, content).await;
    put.explain("Could not write the namespace file")?;
    planned.tenant_id = kestra.tenant();
    Ok(Saved::new(planned, Private::default()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_names_a_file_in_the_namespace() {
        for name in ["a", "/a/b.txt", "a//b", "..a/b..", "queries/_flows/x", "été/日本.txt"] {
            assert_eq!(problem(name), None, "{name}");
        }
        for name in ["", "//", "a/", "..", "a/../b", "_flows/a.yaml", "/_flows/a.yaml"] {
            assert!(problem(name).is_some(), "{name}");
        }
        assert!(problem(&"x".repeat(256)).is_some() && problem(&"x".repeat(255)).is_none());
    }
}
