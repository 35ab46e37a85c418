//! Kestra's query filters: `filters[field][OPERATOR]=value`, and `filters[labels][OPERATOR][key]=value`.

use regex::Regex;

use crate::{call::Query, fault::Fault};

/// Every field some resource of Kestra 1.3 can be filtered by, in the order of its message.
const FIELDS: &str = "childFilter, metadata, triggerState, endDate, parentPath, triggerExecutionId, type, \
    taskRunId, path, flowRevision, assetId, scope, id, state, flowId, expirationDate, timeRange, workerId, level, \
    kind, created, triggerId, version, labels, q, executionId, existingOnly, namespace, updated, startDate, \
    taskId, username";

/// How a filter compares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Operator {
    Equals,
    NotEquals,
    GreaterThan,
    LessThan,
    GreaterThanOrEqualTo,
    LessThanOrEqualTo,
    In,
    NotIn,
    StartsWith,
    EndsWith,
    Contains,
    Regex,
    Prefix,
}

const OPERATORS: [(&str, Operator); 13] = [
    ("EQUALS", Operator::Equals),
    ("NOT_EQUALS", Operator::NotEquals),
    ("GREATER_THAN", Operator::GreaterThan),
    ("LESS_THAN", Operator::LessThan),
    ("GREATER_THAN_OR_EQUAL_TO", Operator::GreaterThanOrEqualTo),
    ("LESS_THAN_OR_EQUAL_TO", Operator::LessThanOrEqualTo),
    ("IN", Operator::In),
    ("NOT_IN", Operator::NotIn),
    ("STARTS_WITH", Operator::StartsWith),
    ("ENDS_WITH", Operator::EndsWith),
    ("CONTAINS", Operator::Contains),
    ("REGEX", Operator::Regex),
    ("PREFIX", Operator::Prefix),
];

/// One condition on one field.
#[derive(Clone, Debug)]
pub(crate) struct Filter {
    pub(crate) field: String,
    pub(crate) operator: Operator,
    /// The label's key, for filters on labels.
    pub(crate) key: Option<String>,
    pub(crate) value: String,
    pattern: Option<Regex>,
}

impl Filter {
    pub(crate) fn new(
        field: &str,
        operator: Operator,
        key: Option<&str>,
        value: &str,
    ) -> Result<Filter, Fault> {
        let pattern = (operator == Operator::Regex).then(|| Regex::new(value)).transpose();
        let pattern = pattern.map_err(|cause| Fault::Argument(format!("bad regular expression: {cause}")))?;
        Ok(Filter { field: field.into(), operator, key: key.map(Into::into), value: value.into(), pattern })
    }

    /// Whether a text passes. Dates are ISO-8601 instants in UTC, which compare as text.
    pub(crate) fn matches(&self, text: &str) -> bool {
        let value = self.value.as_str();
        match self.operator {
            Operator::Equals => text == value,
            Operator::NotEquals => text != value,
            Operator::GreaterThan => text > value,
            Operator::LessThan => text < value,
            Operator::GreaterThanOrEqualTo => text >= value,
            Operator::LessThanOrEqualTo => text <= value,
            Operator::In => value.split(',').any(|one| text == one),
            Operator::NotIn => value.split(',').all(|one| text != one),
            Operator::StartsWith => text.starts_with(value),
            Operator::EndsWith => text.ends_with(value),
            Operator::Contains => text.contains(value),
            Operator::Regex => self.pattern.as_ref().is_some_and(|pattern| pattern.is_match(text)),
            Operator::Prefix => is_or_is_below(text, value),
        }
    }

    /// The same, for a free-text search in any of `texts`.
    pub(crate) fn finds(&self, texts: &[&str]) -> bool {
        let value = self.value.to_lowercase();
        let found = texts.iter().any(|text| text.to_lowercase().contains(&value));
        found != (self.operator == Operator::NotEquals)
    }
}

/// Whether a namespace is `parent` or one of its children.
pub(crate) fn is_or_is_below(namespace: &str, parent: &str) -> bool {
    namespace.strip_prefix(parent).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

/// The filters of a query; `fields` are those the resource knows.
pub(crate) fn parse(query: &Query, fields: &[&str]) -> Result<Vec<Filter>, Fault> {
    query
        .iter()
        .filter_map(|(name, value)| name.strip_prefix("filters[").map(|rest| (rest, value)))
        .map(|(rest, value)| one(rest, value, fields))
        .collect()
}

/// `rest` is what follows `filters[`, such as `labels][EQUALS][team]`.
fn one(rest: &str, value: &str, fields: &[&str]) -> Result<Filter, Fault> {
    let mut parts = rest.trim_end_matches(']').split("][");
    let field = parts.next().unwrap_or_default();
    let operator = parts.next().unwrap_or_default();
    if !FIELDS.split(", ").any(|known| known == field) {
        return Err(Fault::Argument(format!("Unsupported field '{field}'. Expected one of: [{FIELDS}]")));
    }
    let Some((_, operator)) = OPERATORS.iter().find(|(name, _)| *name == operator) else {
        return Err(Fault::Argument(format!("Unsupported operator '{operator}'")));
    };
    if !fields.contains(&field) {
        return Err(Fault::BadRequest(format!(
            "Invalid query filters: field '{field}' is not supported here"
        )));
    }
    Filter::new(field, *operator, parts.next(), value)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(filter: &str, text: &str, expected: bool) {
        let filters = parse(&Query::parse(filter), &["namespace"]).unwrap();
        assert_eq!(filters.iter().all(|filter| filter.matches(text)), expected, "{filter} on {text}");
    }

    #[test]
    fn operators() {
        for (operator, yes, no) in [
            ("EQUALS]=a.b", "a.b", "a"),
            ("NOT_EQUALS]=a.b", "a", "a.b"),
            ("IN]=a,b", "b", "c"),
            ("NOT_IN]=a,b", "c", "a"),
            ("STARTS_WITH]=a.", "a.b", "b.a"),
            ("ENDS_WITH]=.b", "a.b", "b.a"),
            ("CONTAINS]=.", "a.b", "ab"),
            ("REGEX]=^a%2B$", "aaa", "ab"),
            ("PREFIX]=a.b", "a.b.c", "a.bc"),
            ("GREATER_THAN]=2026", "2027", "2026"),
            ("LESS_THAN_OR_EQUAL_TO]=2026", "2026", "2027"),
        ] {
            let filter = format!("filters[namespace][{operator}");
            check(&filter, yes, true);
            check(&filter, no, false);
        }
    }

    #[test]
    fn refusals() {
        for (filter, expected) in [
            ("filters[foo][EQUALS]=x", "Illegal argument: Unsupported field 'foo'."),
            ("filters[namespace][NEAR]=x", "Illegal argument: Unsupported operator 'NEAR'"),
            ("filters[level][EQUALS]=x", "Bad Request: Invalid query filters"),
            ("filters[namespace][REGEX]=(", "Illegal argument: bad regular expression"),
            ("filters[", "Illegal argument: Unsupported field ''."),
        ] {
            let fault = parse(&Query::parse(filter), &["namespace"]).unwrap_err().to_string();
            assert!(fault.starts_with(expected), "{filter}: {fault}");
        }
    }
}
