//! Files that executions were started with, and those they have made.

use serde_json::json;

use super::existing_or;
use crate::{
    call::Call,
    execution::inputs::folder,
    fault::Fault,
    reply::{self, Reply},
    store::execution_files,
};

pub(super) async fn download(call: Call) -> Reply {
    let (uri, content) = file(&call).await?;
    reply::attachment(uri.rsplit('/').next().unwrap_or_default(), content)
}

pub(super) async fn metas(call: Call) -> Reply {
    let (_, content) = file(&call).await?;
    reply::json(&json!({"size": content.len()}))
}

/// A file below the folder of the execution, with its address.
async fn file(call: &Call) -> Result<(String, Vec<u8>), Fault> {
    let uri = call.query.required("path")?.to_owned();
    let execution = existing_or(call, |id| format!("Unable to find execution id '{id}'")).await?;
    let folder = folder(execution.namespace(), execution.flow_id(), execution.id());
    if !uri.strip_prefix(&folder).is_some_and(|rest| rest.starts_with('/')) {
        return Err(Fault::Argument("Invalid prefix path".into()));
    }
    let wanted = uri.clone();
    let content = call.app.store.read(move |c| execution_files::get(c, &wanted)).await?;
    let content = content.ok_or_else(|| Fault::Missing(format!("{uri} (File not found)")))?;
    Ok((uri, content))
}
