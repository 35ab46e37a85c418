//! Paged lists: `{"results": [...], "total": n}`.

use std::future::Future;

use serde::Deserialize;

use crate::error::Error;

/// Entries asked for at once. A server may give fewer.
pub(crate) const SIZE: usize = 500;

/// One page of a list.
#[derive(Debug, Deserialize)]
pub(crate) struct Page<T> {
    results: Vec<T>,
    #[serde(default)]
    total: usize,
}

/// Reads page after page, from number 1. Ends at the total or at an empty page: a page past the end says total 0.
pub(crate) async fn all<T, F>(mut fetch: impl FnMut(u32) -> F) -> Result<Vec<T>, Error>
where
    F: Future<Output = Result<Page<T>, Error>>,
{
    let mut all = Vec::new();
    let mut number = 1;
    loop {
        let page = fetch(number).await?;
        let empty = page.results.is_empty();
        all.extend(page.results);
        if empty || all.len() >= page.total {
            return Ok(all);
        }
        number += 1;
    }
}
