//! Flows out of the server as an archive, and into it from a file.

use jiff::Timestamp;

use super::{bulk::Identity, search};
use crate::{
    app::App,
    archive::{pack, unpack},
    call::Call,
    fault::Fault,
    flow,
    reply::{self, Reply},
    store::flows,
};

pub(super) async fn export_by_ids(call: Call) -> Reply {
    let app = call.app.clone();
    let wanted: Vec<Identity> = call.json()?;
    let found = app.store.read(move |c| wanted.iter().map(|one| one.find(c)).collect::<Result<Vec<_>, _>>());
    let entry =
        |flow: flows::Flow| (format!("{}.{}.yaml", flow.namespace, flow.id), flow.source.into_bytes());
    reply::attachment("flows.zip", pack(found.await?.into_iter().map(entry).collect())?)
}

/// The same with other names, as in Kestra.
pub(super) async fn export_by_query(call: Call) -> Reply {
    let found = search::find(&call.app, &call.query).await?;
    let entry = |flow: flows::Flow| (format!("{}-{}.yml", flow.namespace, flow.id), flow.source.into_bytes());
    reply::attachment("flows.zip", pack(found.into_iter().map(entry).collect())?)
}

/// Stores the flows of a YAML file or an archive of them, and answers with what could not be stored.
pub(super) async fn import(call: Call) -> Reply {
    let (app, strict) = (call.app.clone(), call.query.flag("failOnError", false));
    let part = call.parts().await?.into_iter().find(|part| part.name == "fileUpload");
    let part = part.ok_or_else(|| Fault::Internal("Required Part [fileUpload] not specified".into()))?;
    let name = part.file_name.unwrap_or_default();
    let files = match name.rsplit_once('.').map(|(_, extension)| extension) {
        Some("yml" | "yaml") => vec![(name, part.content.to_vec())],
        Some("zip") => unpack(&part.content)?,
        extension => {
            let extension = extension.unwrap_or_default();
            return Err(Fault::Argument(format!("Cannot import file of type .{extension}")));
        }
    };
    let mut failed = Vec::new();
    for (name, content) in files {
        for (number, source) in String::from_utf8_lossy(&content).split("---").enumerate() {
            match store(&app, source).await {
                Ok(()) => {}
                Err(fault) if strict => return Err(fault),
                Err(_) => failed.push(format!("{name}(flow number: {number})")),
            }
        }
    }
    reply::json(&failed)
}

async fn store(app: &App, source: &str) -> Result<(), Fault> {
    if source.trim().is_empty() {
        return Ok(());
    }
    let draft = flow::draft(source.to_owned(), app.rules())?;
    app.store.write(move |c| flows::save(c, draft, Timestamp::now())).await?;
    Ok(())
}
