//! The labels of executions: those of the flow, those of the caller, and those that only Kestra sets.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use crate::{call::Query, fault::Fault, store::flows::Flow};

/// On an execution made from another.
pub(super) const REPLAY: &str = "system.replay";

/// On an execution another was made from.
pub(super) const REPLAYED: &str = "system.replayed";

/// What belongs together carries the same value here; a caller may give it.
const CORRELATION: &str = "system.correlationId";

const SYSTEM: &str = "system.";

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Label {
    pub(crate) key: String,
    pub(crate) value: String,
}

impl Label {
    fn new(key: &str, value: &str) -> Label {
        Label { key: key.into(), value: value.into() }
    }

    fn is_system(&self) -> bool {
        self.key.starts_with(SYSTEM)
    }

    fn refused(&self) -> Fault {
        let Label { key, value } = self;
        Fault::Argument(format!(
            "System labels can only be set by Kestra itself, offending label: {key}={value}"
        ))
    }
}

/// The labels of a query: `labels=key:value`, any number of them.
pub(crate) fn given(query: &Query) -> Result<Vec<Label>, Fault> {
    let split = |text: &str| {
        let split = text.split_once(':').map(|(key, value)| Label::new(key, value));
        split.ok_or_else(|| Fault::Unprocessable("Can't split the queryString parameter by ':'".into()))
    };
    let labels = query.all("labels").map(split).collect::<Result<Vec<Label>, Fault>>()?;
    match labels.iter().find(|label| label.is_system() && label.key != CORRELATION) {
        Some(system) => Err(system.refused()),
        None => Ok(labels),
    }
}

/// The labels in a document of a flow or an execution.
pub(crate) fn of(body: &Map<String, Value>) -> Vec<Label> {
    let labels = body.get("labels").cloned().unwrap_or_default();
    serde_json::from_value(labels).unwrap_or_default()
}

/// What an execution has in common with those it belongs to.
pub(crate) fn correlation(body: &Map<String, Value>) -> Option<String> {
    of(body).into_iter().find(|label| label.key == CORRELATION).map(|label| label.value)
}

/// The labels of a new execution; a later one takes the place of an earlier one with its key.
pub(super) fn of_new(flow: &Flow, given: Vec<Label>, from: &str, id: &str) -> Vec<Label> {
    let own = of(&flow.body).into_iter().filter(|label| !label.is_system());
    let (correlation, given): (Vec<Label>, Vec<Label>) =
        given.into_iter().partition(|label| label.key == CORRELATION);
    let correlation = correlation.into_iter().next().unwrap_or_else(|| Label::new(CORRELATION, id));
    let all = own.chain(given).chain([Label::new("system.from", from), correlation]);
    all.fold(Vec::new(), |mut labels, label| {
        match labels.iter_mut().find(|known: &&mut Label| known.key == label.key) {
            Some(known) => known.value = label.value,
            None => labels.push(label),
        }
        labels
    })
}

/// The labels after someone set them: those that were given, and the system's, which cannot change.
pub(crate) fn set(before: &[Label], given: Vec<Label>) -> Result<Vec<Label>, Fault> {
    let system: Vec<&Label> = before.iter().filter(|label| label.is_system()).collect();
    if let Some(offending) = given.iter().find(|label| label.is_system() && !system.contains(label)) {
        return Err(offending.refused());
    }
    let mut kept: Vec<Label> = system.into_iter().filter(|label| !given.contains(label)).cloned().collect();
    kept.sort_by(|one, other| one.key.cmp(&other.key));
    Ok(given.into_iter().filter(|label| !label.key.is_empty()).chain(kept).collect())
}

/// Sets one of the system's labels to `true`.
pub(super) fn mark(body: &mut Map<String, Value>, key: &str) {
    let mut labels = of(body);
    if !labels.iter().any(|label| label.key == key) {
        labels.push(Label::new(key, "true"));
    }
    body.insert("labels".into(), json!(labels));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(labels: &[Label]) -> String {
        let text = |label: &Label| format!("{}={}", label.key, label.value);
        labels.iter().map(text).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn labels_of_a_query() {
        for (query, expected) in [
            ("labels=a:b&labels=c:d:e", "a=b c=d:e"),
            ("labels=system.correlationId:x", "system.correlationId=x"),
            ("labels=a", "Unprocessable Entity: Can't split the queryString parameter by ':'"),
            (
                "labels=system.x:y",
                "Illegal argument: System labels can only be set by Kestra itself, offending label: system.x=y",
            ),
        ] {
            let found =
                given(&Query::parse(query)).map_or_else(|fault| fault.to_string(), |labels| texts(&labels));
            assert_eq!(found, expected, "{query}");
        }
    }

    #[test]
    fn the_systems_labels_stay() {
        let before = [Label::new("a", "1"), Label::new("system.from", "api"), Label::new(CORRELATION, "x")];
        let after = set(&before, vec![Label::new("b", "2")]).unwrap();
        assert_eq!(texts(&after), "b=2 system.correlationId=x system.from=api");
        assert!(set(&before, before.to_vec()).is_ok(), "what stays as it is may be repeated");
        assert!(set(&before, vec![Label::new("system.from", "ui")]).is_err());
    }
}
