//! Collections that are empty in every sandbox, because nothing here can fill them: reading them is answered
//! truthfully, writing is not served.

use axum::http::Method;
use serde_json::{Value, json};

use super::flows::YAML;
use crate::{
    call::Call,
    fault::Fault,
    paging::Paging,
    reply::{self, Reply},
    router::{Route, route},
};

pub(super) fn routes() -> Vec<Route> {
    vec![
        route(Method::GET, "/dashboards", nothing),
        route(Method::POST, "/dashboards", create_dashboard).consuming(&[YAML]),
        route(Method::GET, "/dashboards/{id}", missing),
        route(Method::DELETE, "/dashboards/{id}", missing),
    ]
}

async fn nothing(call: Call) -> Reply {
    let paging = Paging::parse(&call.query, "search")?;
    reply::json(&paging.page(Vec::<Value>::new()).json(|none| json!(none)))
}

async fn missing(_: Call) -> Reply {
    Err(Fault::NotFound)
}

async fn create_dashboard(_: Call) -> Reply {
    Err(Fault::Unserved("dashboards".into()))
}
