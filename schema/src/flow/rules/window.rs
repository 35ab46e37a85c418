//! The rules of the windows in which a trigger waits for several executions: what goes together with what.

use super::super::place::Place;
use super::super::problem::Problem;
use super::Subject;

/// The model of 1.3, which names the kind of window.
const NAMED: &str = "io.kestra.core.models.triggers.TimeWindow";
/// The model of 2.0, whose properties tell the kind of window.
const TOLD: &str = "io.kestra.core.models.triggers.Window";

/// A kind of window: what it needs, and what it cannot have, with Kestra's words for each.
struct Kind {
    name: &'static str,
    needs: &'static [(&'static str, &'static str)],
    forbids: &'static [(&'static str, &'static str)],
}

const WINDOW: (&str, &str) = ("window", "a window");
const ADVANCE: (&str, &str) = ("windowAdvance", "a window advance");
const START: (&str, &str) = ("startTime", "a start time");
const END: (&str, &str) = ("endTime", "an end time");
const DEADLINE: (&str, &str) = ("deadline", "a deadline");
const EVERY: (&str, &str) = ("every", "an every duration");
const OFFSET: (&str, &str) = ("offset", "an offset");
const FROM: (&str, &str) = ("from", "a from time");
const TO: (&str, &str) = ("to", "a to time");
const LOOKBACK: (&str, &str) = ("lookback", "a lookback duration");

/// The kinds that a window of 1.3 names; the first is what a window is that names none.
static NAMES: [Kind; 4] = [
    Kind { name: "DURATION_WINDOW", needs: &[], forbids: &[DEADLINE, START, END] },
    Kind { name: "DAILY_TIME_DEADLINE", needs: &[DEADLINE], forbids: &[WINDOW, ADVANCE, START, END] },
    Kind { name: "DAILY_TIME_WINDOW", needs: &[START, END], forbids: &[WINDOW, ADVANCE, DEADLINE] },
    Kind { name: "SLIDING_WINDOW", needs: &[], forbids: &[DEADLINE, START, END, ADVANCE] },
];

/// The kinds of 2.0, each after the property that tells it; the first that is there counts.
static TELLING: [(&str, Kind); 4] = [
    (
        "deadline",
        Kind { name: "DAILY_TIME_DEADLINE", needs: &[], forbids: &[EVERY, OFFSET, FROM, TO, LOOKBACK] },
    ),
    ("from", Kind { name: "DAILY_TIME_WINDOW", needs: &[TO], forbids: &[EVERY, OFFSET, LOOKBACK] }),
    ("to", Kind { name: "DAILY_TIME_WINDOW", needs: &[FROM], forbids: &[EVERY, OFFSET, LOOKBACK] }),
    ("lookback", Kind { name: "SLIDING_WINDOW", needs: &[], forbids: &[EVERY, OFFSET] }),
];

pub(super) fn windows(subject: &Subject<'_>) -> Vec<Problem> {
    let named = subject.uses.of_class(NAMED).filter_map(|window| {
        let kind = window.text("type");
        let kind = NAMES.iter().find(|known| kind.as_deref().unwrap_or(NAMES[0].name) == known.name)?;
        broken(window, kind, "Time window")
    });
    let told = subject.uses.of_class(TOLD).filter_map(|window| {
        let (_, kind) = TELLING.iter().find(|(name, _)| window.get(name).is_some())?;
        broken(window, kind, "Window")
    });
    subject.enough(named.chain(told))
}

fn broken(window: &Place<'_>, kind: &Kind, called: &str) -> Option<Problem> {
    let name = kind.name;
    let forbidden = kind.forbids.iter().find_map(|(property, spoken)| {
        Some((window.get(property)?, format!("{called} of type `{name}` cannot have {spoken}.")))
    });
    let missing = || {
        let (_, spoken) = kind.needs.iter().find(|(property, _)| window.get(property).is_none())?;
        Some((window.clone(), format!("{called} of type `{name}` must have {spoken}.")))
    };
    let (place, words) = forbidden.or_else(missing)?;
    let human = words.trim_end_matches('.').to_owned();
    let problem = Problem::at("window", &place, human);
    Some(Problem { path: window.path.clone(), ..problem }.constraint(words))
}
