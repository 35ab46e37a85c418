//! The drawing of a flow, the same that `flowsmith graph` makes.

use axum::http::{HeaderValue, header};
use schema::{flow::Flow, graph::Graph};

use super::flow::wanted;
use crate::{
    call::Call,
    fault::Fault,
    reply::{self, Reply},
};

pub(super) const SVG: &str = "image/svg+xml";

/// The drawing has its colours inside; nothing else may come with it.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'";

pub(super) async fn draw(call: Call) -> Reply {
    let flow = wanted(&call).await?;
    let parsed = Flow::parse(&flow.source).map_err(|problems| Fault::Internal(problems.to_string()))?;
    let mut response = reply::bytes(SVG, Graph::of_flow(&parsed).svg());
    response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    Ok(response)
}
