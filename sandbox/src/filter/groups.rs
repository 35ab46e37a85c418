//! Conditions that belong together: what 2.0 joins with `and` and `or`, one group inside another at most.

use std::collections::BTreeMap;

use super::Filter;
use crate::fault::Fault;

/// The most conditions one query may have; people write a handful, and each is tried on everything that is searched.
const LIMIT: usize = 100;

/// Everything a query asks for: all of its own filters, and its groups.
#[derive(Clone, Debug, Default)]
pub(crate) struct Filters {
    filters: Vec<Filter>,
    /// By the number each has in the query.
    all: BTreeMap<u16, Filters>,
    any: BTreeMap<u16, Filters>,
}

impl Filters {
    /// Whether something passes that each filter is tried on with `passes`.
    pub(crate) fn pass(&self, passes: &impl Fn(&Filter) -> bool) -> bool {
        self.filters.iter().all(passes)
            && self.all.values().all(|group| group.pass(passes))
            && (self.any.is_empty() || self.any.values().any(|group| group.pass(passes)))
    }

    /// One more filter that everything has to pass.
    pub(crate) fn push(&mut self, filter: Filter) {
        self.filters.push(filter);
    }

    /// One more filter, at the place its name in a query says: `and][0][or][1][` and so on stand before its field.
    ///
    /// Returns what follows that place, and where to put the filter.
    pub(super) fn place<'a>(&mut self, name: &'a str) -> Result<(&'a str, &mut Filters), Fault> {
        let (mut rest, mut group) = (name, self);
        for _ in 0..=2 {
            let Some((inner, number, behind)) = step(rest) else { return Ok((rest, group)) };
            let groups = if inner == "or" { &mut group.any } else { &mut group.all };
            (rest, group) = (behind, groups.entry(number).or_default());
        }
        Err(Fault::Filters("a group of filters can hold groups, but those hold none".into()))
    }

    /// The same with every filter replaced.
    pub(crate) fn try_map<E>(self, map: &impl Fn(Filter) -> Result<Filter, E>) -> Result<Filters, E> {
        let mapped = |(number, group): (u16, Filters)| Ok((number, group.try_map(map)?));
        Ok(Filters {
            filters: self.filters.into_iter().map(map).collect::<Result<_, E>>()?,
            all: self.all.into_iter().map(mapped).collect::<Result<_, E>>()?,
            any: self.any.into_iter().map(mapped).collect::<Result<_, E>>()?,
        })
    }
}

/// Refuses a query with more conditions than anyone can mean.
pub(super) fn check(count: usize) -> Result<(), Fault> {
    if count <= LIMIT {
        return Ok(());
    }
    Err(Fault::Filters(format!("the sandbox takes at most {LIMIT} filters")))
}

/// `or][0][rest` taken apart.
fn step(name: &str) -> Option<(&str, u16, &str)> {
    let (logical, rest) = name.split_once("][")?;
    let (number, rest) = rest.split_once("][")?;
    ["and", "or"].contains(&logical).then_some((logical, number.parse().ok()?, rest))
}

#[cfg(test)]
mod tests {
    use schema::KestraLine::{V1_3, V2_0};

    use super::super::parse;
    use crate::call::Query;

    const FIELDS: [&str; 2] = ["namespace", "flowId"];

    fn check(query: &str, passing: &[&str]) {
        let filters = parse(&Query::parse(query), &FIELDS, V2_0).unwrap();
        for flow in ["a/f", "a/g", "b/f", "b/g"] {
            let (namespace, id) = flow.split_once('/').unwrap();
            let text = |field: &str| if field == "flowId" { id } else { namespace };
            let passes = filters.pass(&|filter| filter.matches(text(&filter.field)));
            assert_eq!(passes, passing.contains(&flow), "{flow} of {query}");
        }
    }

    #[test]
    fn groups_join_conditions() {
        check("", &["a/f", "a/g", "b/f", "b/g"]);
        check("filters[namespace][EQUALS]=a&filters[flowId][EQUALS]=f", &["a/f"]);
        check("filters[or][0][namespace][EQUALS]=a&filters[or][1][flowId][EQUALS]=f", &["a/f", "a/g", "b/f"]);
        check(
            "filters[and][0][namespace][EQUALS]=a&filters[and][1][or][0][flowId][EQUALS]=g\
             &filters[and][1][or][1][namespace][EQUALS]=b",
            &["a/g"],
        );
        check(
            "filters[or][0][and][0][namespace][EQUALS]=a&filters[or][0][and][1][flowId][EQUALS]=f\
             &filters[or][1][and][0][namespace][EQUALS]=b&filters[or][1][and][1][flowId][EQUALS]=g",
            &["a/f", "b/g"],
        );
    }

    #[test]
    fn what_nests_too_deep_or_is_too_much_is_refused() {
        let many = "filters[namespace][EQUALS]=a&".repeat(101);
        for (line, query, expected) in [
            (
                V2_0,
                "filters[or][0][and][0][or][0][namespace][EQUALS]=a",
                "Bad Request: Invalid query filters: a group",
            ),
            (
                V2_0,
                many.as_str(),
                "Bad Request: Invalid query filters: the sandbox takes at most 100 filters",
            ),
            (V2_0, "filters[or][x][namespace][EQUALS]=a", "Illegal argument: Unsupported field 'or'."),
            (V1_3, "filters[or][0][namespace][EQUALS]=a", "Illegal argument: Unsupported field 'or'."),
        ] {
            let refused = parse(&Query::parse(query), &FIELDS, line).unwrap_err().to_string();
            assert!(refused.starts_with(expected), "{query}: {refused}");
        }
    }
}
