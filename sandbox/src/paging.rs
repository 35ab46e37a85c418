//! Pages of a listing: `page`, `size` and `sort` of a query, and the `{results, total}` they answer with.

use std::cmp::Ordering;

use serde_json::{Value, json};

use crate::{call::Query, fault::Fault};

/// Which part of a listing a caller wants.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Paging {
    page: usize,
    size: usize,
    sort: Vec<Sort>,
}

/// One column to sort by.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Sort {
    column: String,
    ascending: bool,
}

impl Paging {
    /// Reads `page` (from 1), `size` and `sort=column:direction`; `operation` is Kestra's name of the call, for
    /// its message about a page that is too low.
    pub(crate) fn parse(query: &Query, operation: &str) -> Result<Paging, Fault> {
        let positive = |name: &str, default: i64| match query.number(name)?.unwrap_or(default) {
            number if number >= 1 => Ok(usize::try_from(number).unwrap_or(usize::MAX)),
            _ => Err(Fault::parameter(operation, name, "must be greater than or equal to 1")),
        };
        let (page, size) = (positive("page", 1)?, positive("size", 10)?);
        let sort = query.all("sort").flat_map(|list| list.split(',')).map(sort).collect::<Result<_, _>>()?;
        Ok(Paging { page, size, sort })
    }

    /// Sorts by the wanted columns; `column` gives an item's text in one, or `None` for a column it hasn't.
    pub(crate) fn sort<T>(
        &self,
        items: &mut [T],
        column: impl Fn(&T, &str) -> Option<String>,
    ) -> Result<(), Fault> {
        let known = |sort: &&Sort| items.first().is_none_or(|item| column(item, &sort.column).is_some());
        if let Some(unknown) = self.sort.iter().find(|sort| !known(sort)) {
            return Err(Fault::Internal(format!("there is no column {} to sort by", unknown.column)));
        }
        items.sort_by(|a, b| {
            self.sort.iter().fold(Ordering::Equal, |order, sort| {
                let next = column(a, &sort.column).cmp(&column(b, &sort.column));
                order.then(if sort.ascending { next } else { next.reverse() })
            })
        });
        Ok(())
    }

    /// The items of the wanted page and the total; past the end Kestra counts nothing at all.
    pub(crate) fn page<T>(&self, items: Vec<T>) -> Page<T> {
        let total = items.len();
        let start = (self.page - 1).saturating_mul(self.size);
        let results: Vec<T> = items.into_iter().skip(start).take(self.size).collect();
        let total = if results.is_empty() { 0 } else { total };
        Page { results, total }
    }
}

/// A part of a listing.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Page<T> {
    pub(crate) results: Vec<T>,
    pub(crate) total: usize,
}

impl<T> Page<T> {
    pub(crate) fn json(&self, item: impl Fn(&T) -> Value) -> Value {
        let results: Vec<Value> = self.results.iter().map(item).collect();
        json!({"results": results, "total": self.total})
    }
}

/// `id:asc`; any other direction sorts down, none at all is refused.
fn sort(text: &str) -> Result<Sort, Fault> {
    let (column, direction) =
        text.split_once(':').ok_or_else(|| Fault::Unprocessable("Invalid sort parameter".into()))?;
    Ok(Sort { column: column.into(), ascending: direction.eq_ignore_ascii_case("asc") })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(query: &str, expected: &str) {
        let found = Paging::parse(&Query::parse(query), "searchFlows").and_then(|paging| {
            let mut items = vec!["b", "d", "a", "c"];
            paging.sort(&mut items, |item, column| (column == "id").then(|| (*item).to_owned()))?;
            Ok(paging.page(items))
        });
        let found = match found {
            Ok(page) => format!("{} of {}", page.results.join(""), page.total),
            Err(fault) => fault.to_string(),
        };
        assert_eq!(found, expected, "{query}");
    }

    #[test]
    fn pages() {
        check("", "bdac of 4");
        check("sort=id:asc&size=3", "abc of 4");
        check("sort=id:asc&size=3&page=2", "d of 4");
        check("sort=id:asc&size=3&page=9", " of 0");
        check("sort=id:up", "dcba of 4");
        check("sort=id", "Unprocessable Entity: Invalid sort parameter");
        check("sort=nope:asc", "Internal server error: there is no column nope to sort by");
        check("page=0", "Invalid entity: searchFlows.page: must be greater than or equal to 1");
        check("size=-1", "Invalid entity: searchFlows.size: must be greater than or equal to 1");
        check("page=9223372036854775807&size=9223372036854775807", " of 0");
    }
}
