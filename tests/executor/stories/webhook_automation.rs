//! The module `webhook-automation`, as the example `automation` uses it: a large order reaches the CRM, the database and the
//! team, a small one nobody.

use harness::Postgres;
use serde_json::{Value, json};
use tokio::task::block_in_place;

use super::{
    super::{
        api::{good, id_of},
        outside::Outside,
    },
    Stage,
};

/// The key of the webhook.
pub(super) const KEY: &str = "open-sesame";

const NAMESPACE: &str = "company.automation";

/// A name that would end a statement of which it became a part.
const CUSTOMER: &str = "Robert'); DROP TABLE large_orders; --";

pub(super) async fn story(stage: &Stage, outside: &Outside) {
    let Some(postgres) = block_in_place(|| Postgres::start("automation")) else { return };
    postgres.run("postgres", &["CREATE DATABASE shop"]);
    postgres.run("shop", &["CREATE TABLE large_orders (id text PRIMARY KEY, customer text)"]);
    stage.apply("examples/automation");
    stage.api.set_kv(NAMESPACE, "crm_url", &format!("{}/crm", outside.url)).await;
    stage.api.set_kv(NAMESPACE, "warehouse_host", postgres.host()).await;
    let rows = || block_in_place(|| postgres.ask("shop", "SELECT id, customer FROM large_orders"));

    let before = outside.requests().len();
    called(stage, &json!({"id": "A-1", "status": "paid", "total": 1000, "customer": "Ann"})).await;
    assert_eq!((rows(), &outside.requests()[before..]), (String::new(), &[] as &[String]), "{}", stage.line);

    called(stage, &json!({"id": "A-2", "status": "paid", "total": 1001, "customer": CUSTOMER})).await;
    assert_eq!(rows(), format!("A-2|{CUSTOMER}\n"), "{}", stage.line);
    let deal = json!({"customer": CUSTOMER, "amount": 1001});
    let message = json!({"text": format!("{CUSTOMER} has ordered for 1001.")});
    let requests = outside.requests().split_off(before);
    assert_eq!(requests.len(), 2, "{requests:#?}");
    for (request, (place, body)) in
        requests.iter().zip([("POST /crm/v1/deals Bearer a card ", deal), ("POST /slack nobody ", message)])
    {
        let sent: Value =
            serde_json::from_str(request.strip_prefix(place).unwrap_or_default()).unwrap_or_default();
        assert_eq!(sent, body, "{request}");
    }
}

/// Calls the webhook and waits until what it starts has ended well.
async fn called(stage: &Stage, body: &Value) {
    let started = good(stage.api.webhook(NAMESPACE, "large-order", KEY, body)).await;
    stage.api.ends(&id_of(&started), "SUCCESS").await;
}
