//! The files that the views need, inside the program. Their addresses name their content, so a browser may keep them.

use std::{
    hash::{DefaultHasher, Hash, Hasher},
    sync::LazyLock,
};

use axum::http::{HeaderValue, Method, header};

use crate::{
    reply,
    router::{Route, route},
};

/// One file: its address, its media type and its text.
pub(super) struct Asset {
    pub(super) address: String,
    media_type: &'static str,
    text: &'static str,
}

pub(super) static STYLE: LazyLock<Asset> =
    LazyLock::new(|| asset("page.css", "text/css; charset=utf-8", include_str!("assets/page.css")));
pub(super) static SCRIPT: LazyLock<Asset> =
    LazyLock::new(|| asset("page.js", "text/javascript; charset=utf-8", include_str!("assets/page.js")));
pub(super) static ICON: LazyLock<Asset> =
    LazyLock::new(|| asset("icon.svg", "image/svg+xml", include_str!("assets/icon.svg")));

fn asset(name: &str, media_type: &'static str, text: &'static str) -> Asset {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    Asset { address: format!("/page/{:016x}/{name}", hasher.finish()), media_type, text }
}

pub(super) fn routes() -> impl Iterator<Item = Route> {
    [&STYLE, &SCRIPT, &ICON].into_iter().map(|asset| {
        let asset: &'static Asset = asset;
        let answer = move |_| async move {
            let mut response = reply::bytes(asset.media_type, asset.text);
            let kept = HeaderValue::from_static("private, max-age=31536000, immutable");
            response.headers_mut().insert(header::CACHE_CONTROL, kept);
            Ok(response)
        };
        route(Method::GET, &asset.address, answer).producing(asset.media_type)
    })
}
