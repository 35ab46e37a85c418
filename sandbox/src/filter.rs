//! Kestra's query filters: `filters[field][OPERATOR]=value`, and `filters[labels][OPERATOR][key]=value`.

mod groups;

pub(crate) use groups::Filters;
use jiff::Timestamp;
use regex::{Regex, RegexBuilder};
use schema::KestraLine::{self, V1_3, V2_0};
use serde_json::{Map, Value};

use crate::{call::Query, fault::Fault};

/// Every field some resource of a line can be filtered by, in the order of its message.
fn known_fields(line: KestraLine) -> &'static str {
    match line {
        V1_3 => FIELDS_1_3,
        V2_0 => FIELDS_2_0,
    }
}

const FIELDS_1_3: &str = "childFilter, metadata, triggerState, endDate, parentPath, triggerExecutionId, type, \
    taskRunId, path, flowRevision, assetId, scope, id, state, flowId, expirationDate, timeRange, workerId, level, \
    kind, created, triggerId, version, labels, q, executionId, existingOnly, namespace, updated, startDate, \
    taskId, username";

const FIELDS_2_0: &str = "attemptNumber, childFilter, metadata, triggerState, endDate, parentPath, source, type, \
    taskRunId, path, flowRevision, action, details, id, state, locked, timeRange, workerId, level, kind, \
    policyScope, created, triggerId, enforcement, groupList, version, labels, tags, executionId, name, assignee, \
    updated, startDate, status, instance_owner, nextExecutionDate, external_id, triggerExecutionId, expired_at, \
    enabled, assetId, scope, artifactId, flowId, email, expirationDate, severity, resources, userId, parentId, q, \
    existingOnly, namespace, lastTriggeredDate, taskId, username";

/// The most memory that a regular expression may take, in bytes.
const PATTERN_LIMIT: usize = 1 << 20;

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
    NotContains,
    Regex,
    Prefix,
    IsNull,
    IsNotNull,
}

/// What each line compares with: the first line that has the operator, its name, and what it means.
const OPERATORS: [(KestraLine, &str, Operator); 16] = [
    (V1_3, "EQUALS", Operator::Equals),
    (V1_3, "NOT_EQUALS", Operator::NotEquals),
    (V1_3, "GREATER_THAN", Operator::GreaterThan),
    (V1_3, "LESS_THAN", Operator::LessThan),
    (V1_3, "GREATER_THAN_OR_EQUAL_TO", Operator::GreaterThanOrEqualTo),
    (V1_3, "LESS_THAN_OR_EQUAL_TO", Operator::LessThanOrEqualTo),
    (V1_3, "IN", Operator::In),
    (V1_3, "NOT_IN", Operator::NotIn),
    (V1_3, "STARTS_WITH", Operator::StartsWith),
    (V1_3, "ENDS_WITH", Operator::EndsWith),
    (V1_3, "CONTAINS", Operator::Contains),
    (V1_3, "REGEX", Operator::Regex),
    (V1_3, "PREFIX", Operator::Prefix),
    (V2_0, "NOT_CONTAINS", Operator::NotContains),
    (V2_0, "IS_NULL", Operator::IsNull),
    (V2_0, "IS_NOT_NULL", Operator::IsNotNull),
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
        let pattern = || RegexBuilder::new(value).size_limit(PATTERN_LIMIT).build();
        let pattern = (operator == Operator::Regex).then(pattern).transpose();
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
            Operator::NotContains => !text.contains(value),
            Operator::IsNull => false,
            Operator::IsNotNull => true,
            Operator::Regex => self.pattern.as_ref().is_some_and(|pattern| pattern.is_match(text)),
            Operator::Prefix => is_or_is_below(text, value),
        }
    }

    /// Whether something without a value passes.
    pub(crate) fn matches_nothing(&self) -> bool {
        use Operator::{IsNull, NotContains, NotEquals, NotIn};
        matches!(self.operator, NotEquals | NotIn | NotContains | IsNull)
    }

    /// The same, for a date of any form; a date nobody set and a value that is no date never pass.
    pub(crate) fn matches_date(&self, text: &str) -> bool {
        let comparable = |text: &str| text.parse::<Timestamp>().map(|date| format!("{date:.9}"));
        let (Ok(date), Ok(value)) = (comparable(text), comparable(&self.value)) else { return false };
        Filter { value, ..self.clone() }.matches(&date)
    }

    /// The same, for a label of a document. One that differs and one that is missing are the same to a negative filter.
    pub(crate) fn matches_label(&self, body: &Map<String, Value>) -> bool {
        let labels = body.get("labels").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        let label =
            labels.iter().find(|label| label.get("key").and_then(Value::as_str) == self.key.as_deref());
        match label.and_then(|label| label.get("value")?.as_str()) {
            Some(value) => self.matches(value),
            None => self.matches_nothing(),
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
    schema::namespace::inside(namespace, parent).is_some()
}

/// The namespace of Kestra's own flows.
const SYSTEM: &str = "system";

/// Whose flows a namespace holds: `SYSTEM` or `USER`.
pub(crate) fn scope(namespace: &str) -> &'static str {
    if is_or_is_below(namespace, SYSTEM) { "SYSTEM" } else { "USER" }
}

/// The filters of a query; `fields` are those the resource knows.
pub(crate) fn parse(query: &Query, fields: &[&str], line: KestraLine) -> Result<Filters, Fault> {
    let named = |(name, value)| Some((str::strip_prefix(name, "filters[")?, value));
    let given: Vec<(&str, &str)> = query.iter().filter_map(named).collect();
    groups::check(given.len())?;
    let mut filters = Filters::default();
    for (name, value) in given {
        let (name, group) = if line == V2_0 { filters.place(name)? } else { (name, &mut filters) };
        group.push(one(name, value, fields, line)?);
    }
    Ok(filters)
}

/// A parameter that filters replaced: its name, the field it asks about, and how.
pub(crate) type Older = (&'static str, &'static str, Operator);

/// The filters of a query, and those that older parameters stand for, of which 2.0 knows nothing any more.
pub(crate) fn with_older(
    query: &Query,
    fields: &[&str],
    older: &[Older],
    line: KestraLine,
) -> Result<Filters, Fault> {
    let mut filters = parse(query, fields, line)?;
    if line == V2_0 {
        return Ok(filters);
    }
    for (parameter, field, operator) in older {
        let given: Vec<&str> = query.all(parameter).filter(|value| !value.is_empty()).collect();
        if !given.is_empty() {
            filters.push(Filter::new(field, *operator, None, &given.join(","))?);
        }
    }
    if fields.contains(&"labels") {
        query.all("labels").try_for_each(|text| label(text).map(|filter| filters.push(filter)))?;
    }
    Ok(filters)
}

/// The filters of a query, and the parameter `q`, which both lines still have where few fields are asked about.
pub(crate) fn with_q(query: &Query, fields: &[&str], line: KestraLine) -> Result<Filters, Fault> {
    let mut filters = parse(query, fields, line)?;
    if let Some(q) = query.one("q") {
        filters.push(Filter::new("q", Operator::Equals, None, q)?);
    }
    Ok(filters)
}

/// `labels=key:value`.
fn label(text: &str) -> Result<Filter, Fault> {
    let split = text.split_once(':');
    let (key, value) =
        split.ok_or_else(|| Fault::Unprocessable("Can't split the queryString parameter by ':'".into()))?;
    Filter::new("labels", Operator::Equals, Some(key), value)
}

/// `rest` is what follows `filters[` and the groups, such as `labels][EQUALS][team]`.
fn one(rest: &str, value: &str, fields: &[&str], line: KestraLine) -> Result<Filter, Fault> {
    let mut parts = rest.trim_end_matches(']').split("][");
    let field = parts.next().unwrap_or_default();
    let operator = parts.next().unwrap_or_default();
    let all = known_fields(line);
    if !all.split(", ").any(|known| known == field) {
        return Err(Fault::Argument(format!("Unsupported field '{field}'. Expected one of: [{all}]")));
    }
    let mut known = OPERATORS.iter().filter(|(since, ..)| *since <= line);
    let Some((.., operator)) = known.find(|(_, name, _)| *name == operator) else {
        return Err(Fault::Argument(format!("Unsupported operator '{operator}'")));
    };
    if !fields.contains(&field) {
        return Err(Fault::Filters(format!("field '{field}' is not supported here")));
    }
    Filter::new(field, *operator, parts.next(), value)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(filter: &str, text: &str, expected: bool) {
        let filters = parse(&Query::parse(filter), &["namespace"], V2_0).unwrap();
        assert_eq!(filters.pass(&|filter| filter.matches(text)), expected, "{filter} on {text}");
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
            ("NOT_CONTAINS]=.", "ab", "a.b"),
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
            (
                "filters[namespace][REGEX]=(a{999}){999}",
                "Illegal argument: bad regular expression: Compiled regex exceeds",
            ),
            ("filters[", "Illegal argument: Unsupported field ''."),
        ] {
            let fault = parse(&Query::parse(filter), &["namespace"], V2_0).unwrap_err().to_string();
            assert!(fault.starts_with(expected), "{filter}: {fault}");
        }
    }

    #[test]
    fn a_line_has_its_own_operators() {
        for (line, expected) in [(V1_3, false), (V2_0, true)] {
            let filters = parse(&Query::parse("filters[labels][IS_NULL][team]="), &["labels"], line);
            assert_eq!(
                filters.is_ok_and(|filters| filters.pass(&Filter::matches_nothing)),
                expected,
                "{line}"
            );
        }
    }
}
