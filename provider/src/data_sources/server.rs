//! `data.kestra_server`: what the server is, so that configurations can leave out what it lacks.

use client::Edition;
use tfplugin::diagnostics::Result;
use tfplugin::model::{Attr, Model};
use tfplugin::{Context, DataSource, Reply};

use crate::explain::Explain;
use crate::kestra::Kestra;

/// The Kestra server behind the provider.
#[derive(Clone, Debug, Default, Model)]
pub(crate) struct ServerModel {
    /// Its version, such as `1.3.34`.
    #[attr(computed)]
    version: Attr<String>,
    /// Its edition: `OSS` or `EE`.
    #[attr(computed)]
    edition: Attr<String>,
    /// Identity of the installation.
    #[attr(computed)]
    uuid: Attr<String>,
    /// The tenant that the provider works in.
    #[attr(computed)]
    tenant_id: Attr<String>,
}

/// The data source.
pub(crate) struct Server;

impl DataSource for Server {
    type Client = Kestra;
    type Model = ServerModel;

    const NAME: &'static str = "kestra_server";

    async fn read(&self, cx: &Context<Kestra>, _query: ServerModel) -> Result<Reply<ServerModel>> {
        let server = cx.client.client()?.server().await.explain("Could not ask the server what it is")?;
        let edition = match server.edition {
            Edition::OpenSource => "OSS",
            Edition::Enterprise => "EE",
        };
        let answer = ServerModel {
            version: Attr::Known(server.version),
            edition: Attr::from(edition),
            uuid: server.uuid.into(),
            tenant_id: cx.client.tenant(),
        };
        Ok(answer.into())
    }
}
