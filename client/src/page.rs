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

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn pages_are_read_to_the_end() {
        // The answers by page as (results, total), and how many pages are read.
        let cases: [(&[(usize, usize)], usize); 5] = [
            (&[(0, 0)], 1),
            (&[(3, 3)], 1),
            (&[(500, 501), (1, 501)], 2),
            // A server that caps the size.
            (&[(100, 250), (100, 250), (50, 250)], 3),
            // Entries deleted meanwhile: the page past the end says total 0.
            (&[(500, 501), (0, 0)], 2),
        ];
        for (pages, expected) in cases {
            let mut asked = Vec::new();
            let all = all(|number| {
                asked.push(number);
                let (results, total) = pages[number as usize - 1];
                std::future::ready(Ok(Page { results: vec![(); results], total }))
            });
            let entries: usize = pages.iter().map(|(results, _)| results).sum();
            assert_eq!(all.await.unwrap().len(), entries, "{pages:?}");
            assert_eq!(asked, (1..=expected as u32).collect::<Vec<_>>(), "{pages:?}");
        }
    }
}
