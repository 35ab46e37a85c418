//! The rules of retries, of the flow and of each task.

use bigdecimal::ToPrimitive;

use super::super::place::Place;
use super::super::problem::Problem;
use super::Subject;
use super::model::invalid_type;
use super::value::{at_least, duration, duration_of, one_of, required};
use crate::line::KestraLine;

/// A kind of retry, the durations it needs, and which must be shorter than which.
struct Kind {
    name: &'static str,
    durations: &'static [&'static str],
    shorter: &'static [(&'static str, &'static str)],
}

const KINDS: [Kind; 3] = [
    Kind { name: "constant", durations: &["interval"], shorter: &[("interval", "maxDuration")] },
    Kind {
        name: "exponential",
        durations: &["interval", "maxInterval"],
        shorter: &[("interval", "maxDuration"), ("interval", "maxInterval")],
    },
    Kind {
        name: "random",
        durations: &["minInterval", "maxInterval"],
        shorter: &[
            ("minInterval", "maxDuration"),
            ("maxInterval", "maxDuration"),
            ("minInterval", "maxInterval"),
        ],
    },
];

pub(super) fn retry(subject: &Subject<'_>) -> Vec<Problem> {
    let places = [&subject.root].into_iter().chain(&subject.tasks);
    let retries =
        places.filter_map(|place| place.get("retry")).filter(|retry| retry.node.as_mapping().is_some());
    subject.enough(retries.flat_map(|retry| broken(&retry, subject.line)))
}

fn broken(retry: &Place<'_>, line: KestraLine) -> Vec<Problem> {
    let name = retry.text("type");
    let Some(kind) = KINDS.iter().find(|kind| name.as_deref() == Some(kind.name)) else {
        return vec![unknown_kind(retry, name.as_deref())];
    };
    let needed = kind.durations.iter().map(|name| required("retry", retry, name));
    let durations = kind.durations.iter().chain(&["maxDuration"]).map(|name| duration("retry", retry, name));
    let signs = kind.durations.iter().chain(&["maxDuration"]).filter_map(|name| not_positive(retry, name));
    let signs = signs.filter(|_| line == KestraLine::V2_0);
    let order = kind.shorter.iter().map(|(short, long)| too_long(retry, short, long));
    let others = [
        at_least("retry", retry, "maxAttempts", 1),
        one_of("retry", retry, "behavior", &["RETRY_FAILED_TASK", "CREATE_NEW_EXECUTION"]),
    ];
    needed.chain(durations).chain(order).chain(others).flatten().chain(signs).collect()
}

fn not_positive(retry: &Place<'_>, name: &str) -> Option<Problem> {
    let place = retry.get(name)?;
    let words = "must be a positive duration";
    (seconds(retry, name)? <= 0.0).then(|| Problem::at("retry", &place, words).constraint(words))
}

/// A duration in seconds, which Kestra also takes as a number of them.
fn seconds(retry: &Place<'_>, name: &str) -> Option<f64> {
    let number = || retry.get(name)?.literal()?.trim().parse().ok();
    duration_of(retry, name)
        .and_then(|duration| duration.as_nanos().to_f64())
        .map(|nanos| nanos / 1e9)
        .or_else(number)
}

fn unknown_kind(retry: &Place<'_>, name: Option<&str>) -> Problem {
    let human = "must have a `type`: constant, exponential or random";
    Problem::at("retry", retry, human).worded(invalid_type(retry, name))
}

fn too_long(retry: &Place<'_>, short: &str, long: &str) -> Option<Problem> {
    if seconds(retry, short)? < seconds(retry, long)? {
        return None;
    }
    let words = format!("'{short}' must be less than '{long}'");
    Some(Problem::at("retry", &retry.get(short)?, words.clone()).constraint(words))
}
