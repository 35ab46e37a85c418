//! `plugins`: what flows may be made of on a server.

use reqwest::Method;
use serde_json::Value;

use crate::call::Call;
use crate::client::Client;
use crate::error::Error;
use crate::retry::Repeat;

impl Client {
    /// Kestra's JSON schema of a flow, with every plugin of the server: some hundred kilobytes, or some megabytes where there
    /// are many plugins.
    ///
    /// # Errors
    /// As every call.
    pub async fn flow_schema(&self) -> Result<Value, Error> {
        let route = self.instance(Method::GET, &["plugins", "schemas", "flow"])?;
        self.send(Call::new(route, Repeat::Harmless)).await?.json()
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{answer, asked, client, server};

    #[tokio::test]
    async fn the_schema_of_flows_is_no_tenants() {
        let server = server(vec![answer(200, r#"{"definitions":{}}"#)]).await;
        let schema = client(server.uri()).flow_schema().await.unwrap();
        assert_eq!(schema["definitions"], serde_json::json!({}));
        assert_eq!(asked(&server).await, ["GET /api/v1/plugins/schemas/flow"]);
    }
}
